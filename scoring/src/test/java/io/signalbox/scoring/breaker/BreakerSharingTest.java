package io.signalbox.scoring.breaker;

import static io.signalbox.scoring.AttemptResult.FAILURE;
import static io.signalbox.scoring.AttemptResult.SUCCESS;
import static io.signalbox.scoring.breaker.BreakerState.CLOSED;
import static io.signalbox.scoring.breaker.BreakerState.HALF_OPEN;
import static io.signalbox.scoring.breaker.BreakerState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BreakerSharingTest {
  private final BreakerDriver here = new BreakerDriver();
  private final BreakerDriver there = new BreakerDriver();

  @Test
  void aNewerGenerationIsTakenOver() {
    there.opened();
    assertThat(here.breaker.merge(there.breaker.snapshot(), here.now)).isPresent();
    assertThat(here.state()).isEqualTo(OPEN);
    assertThat(here.last().cause()).isEqualTo(TransitionCause.SHARED);
    assertThat(here.breaker.snapshot()).isEqualTo(there.breaker.snapshot());
    assertThat(here.breaker.merge(there.breaker.snapshot(), here.now)).as("again").isEmpty();
  }

  @Test
  void anOlderGenerationChangesNothing() {
    BreakerSnapshot old = there.breaker.snapshot();
    here.opened();
    assertThat(here.breaker.merge(old, here.now)).isEmpty();
    assertThat(here.state()).isEqualTo(OPEN);
  }

  @Test
  void whenBothDecidedAtTheSameTimeTheMoreCautiousDecisionWinsOnBoth() {
    here.opened();
    there.breaker.reset(there.now, "by hand");
    BreakerSnapshot fromHere = here.breaker.snapshot();
    BreakerSnapshot fromThere = there.breaker.snapshot();
    assertThat(fromHere.generation()).isEqualTo(fromThere.generation());
    here.breaker.merge(fromThere, here.now);
    there.breaker.merge(fromHere, there.now);
    assertThat(here.breaker.snapshot()).isEqualTo(there.breaker.snapshot());
    assertThat(here.state()).isEqualTo(OPEN);
  }

  @Test
  void aResetReachesTheOthers() {
    there.opened();
    here.breaker.merge(there.breaker.snapshot(), here.now);
    here.breaker.reset(here.now, "repaired");
    there.breaker.merge(here.breaker.snapshot(), there.now);
    assertThat(there.state()).isEqualTo(CLOSED);
  }

  @Test
  void callsUnderWayWhenAnotherNodesStateArrivesChangeNothing() {
    Permit.Granted early = here.acquire();
    there.halfOpened();
    here.now = there.now;
    here.breaker.merge(there.breaker.snapshot(), here.now);
    here.report(early, FAILURE);
    assertThat(here.state()).isEqualTo(HALF_OPEN);
  }

  @Test
  void aNodeWhoseClockIsAheadCannotKeepItOpenForLonger() {
    there.now += 3_600_000;
    there.opened();
    here.breaker.merge(there.breaker.snapshot(), here.now);
    assertThat(here.breaker.snapshot().openUntilMillis()).isEqualTo(here.now + 300_000);
  }

  @Test
  void aRestartKeepsTheDoubledTimeoutAndTheSuccessesOfTrials() {
    there.halfOpened();
    there.call(FAILURE);
    there.now += 120_000;
    there.calls(2, SUCCESS);
    here.now = there.now;
    here.breaker.restore(there.breaker.snapshot(), here.now);
    assertThat(here.heard).as("restoring is no transition").isEmpty();
    here.call(SUCCESS);
    assertThat(here.state()).isEqualTo(CLOSED);
    BreakerDriver third = new BreakerDriver();
    third.now = there.now;
    third.breaker.restore(there.breaker.snapshot(), third.now);
    third.call(FAILURE);
    assertThat(third.last().openUntilMillis()).isEqualTo(third.now + 240_000);
  }

  @Test
  void damagedNumbersArePutRight() {
    here.breaker.restore(
        new BreakerSnapshot(OPEN, 7, 0, Long.MAX_VALUE, -5, -1, false, "damaged"), here.now);
    assertThat(here.breaker.snapshot())
        .isEqualTo(
            new BreakerSnapshot(OPEN, 7, 0, here.now + 300_000, 60_000, 0, false, "damaged"));
  }
}
