package io.signalbox.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.health.Readiness.Phase;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final long LEAST = 1_000;
  private static final Standby ROOM = new Standby(true, false, 0);

  private static Readiness ready(boolean ledger, Standby standby, long free) {
    return new Readiness(Phase.UP, ledger, true, standby, free, LEAST);
  }

  @Test
  void isReadyBetweenStartAndDrain() {
    assertThat(ready(true, Standby.NONE, 5_000).reasons()).isEmpty();
    assertThat(new Readiness(Phase.STARTING, true, true, ROOM, 5_000, LEAST).reasons())
        .containsExactly("starting");
    assertThat(new Readiness(Phase.DRAINING, true, true, ROOM, 5_000, LEAST).reasons())
        .containsExactly("draining");
  }

  @Test
  void goesBeforeTheDiskIsSoFullThatNothingIsAccepted() {
    assertThat(ready(true, ROOM, LEAST).reasons()).containsExactly("disk_nearly_full");
    assertThat(ready(true, ROOM, 1_249).reasons()).containsExactly("disk_nearly_full");
    assertThat(ready(true, ROOM, 1_250).reasons()).isEmpty();
  }

  @Test
  void aLedgerThatIsAwayIsNoMatterWhileTheSpoolTakes() {
    assertThat(ready(false, Standby.NONE, 5_000).reasons()).containsExactly("ledger_away");
    assertThat(ready(false, ROOM, 5_000).reasons()).isEmpty();
    assertThat(ready(false, new Standby(true, true, 0.94), 5_000).reasons()).isEmpty();
    assertThat(ready(false, new Standby(true, true, 0.95), 5_000).reasons())
        .containsExactly("spool_nearly_full");
    assertThat(ready(false, new Standby(false, true, 1), 5_000).reasons())
        .containsExactly("ledger_away", "spool_nearly_full");
  }

  @Test
  void aLedgerThatOnlyAnswersReadersIsNoMatterWhileTheSpoolTakes() {
    assertThat(new Readiness(Phase.UP, true, false, Standby.NONE, 5_000, LEAST).reasons())
        .containsExactly("ledger_refuses");
    assertThat(new Readiness(Phase.UP, false, false, Standby.NONE, 5_000, LEAST).reasons())
        .containsExactly("ledger_away");
    assertThat(new Readiness(Phase.UP, true, false, ROOM, 5_000, LEAST).reasons()).isEmpty();
  }

  @Test
  void aFullSpoolThatIsNotInUseIsNoMatter() {
    assertThat(ready(true, new Standby(false, false, 1), 5_000).reasons()).isEmpty();
  }
}
