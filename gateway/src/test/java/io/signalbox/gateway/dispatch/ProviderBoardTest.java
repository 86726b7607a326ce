package io.signalbox.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.Canary;
import io.signalbox.gateway.bus.ProviderMessages.LimitsNow;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.rate.RateDesk;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProviderBoardTest {
  private static final long NOW = 1_767_225_600_000L;

  private static final Evidence EVIDENCE = Evidence.answered(200, null, null);
  private static final Outcome SENT = new Outcome.Sent("id", EVIDENCE);
  private static final Outcome UNKNOWN =
      new Outcome.Unknown(Evidence.unanswered(Progress.BODY_WRITTEN, "timeout", "no answer"));

  private final ProviderBoard board =
      new ProviderBoard(
          10, new CoolDownRange(Duration.ofSeconds(1), Duration.ofMinutes(5)), RateDesk.ALONE);

  @Test
  void whatWaitsForAProviderThatGoesIsHandedOn() {
    assertThat(board.update(state(1, Stage.ACTIVE))).isEmpty();
    BoardEntry entry = board.find("a");
    assertThat(entry).isNotNull();
    WorkItem waiting = WorkItems.fresh();
    assertThat(entry.park(waiting)).isTrue();
    assertThat(board.update(state(2, Stage.ACTIVE))).isEmpty();
    assertThat(board.update(state(2, Stage.STOPPED))).containsExactly(waiting);
    assertThat(board.find("a")).isNull();
  }

  @Test
  void oneProviderNeverTakesAllThereIs() {
    board.update(state(1, Stage.ACTIVE));
    BoardEntry entry = board.find("a");
    assertThat(entry).isNotNull();
    assertThat(entry.limits(0)).isEqualTo(new LimitsNow(8, 10, 0, 0));
    answers(entry, 200, 50);
    assertThat(entry.limits(0)).isEqualTo(new LimitsNow(10, 10, 0, 0));
    fill(entry);
    assertThat(entry.inFlight()).isEqualTo(10);
    assertThat(entry.readiness(0)).isEqualTo(BoardEntry.Readiness.BUSY);
  }

  @Test
  void aProviderThatHangsIsLeftWithTwoAtATime() {
    board.update(state(1, Stage.ACTIVE));
    BoardEntry entry = entry();
    List<BoardEntry.Reservation> hanging = fill(entry);
    for (BoardEntry.Reservation each : hanging) {
      entry.ended(each, UNKNOWN, 1_000, 1_000, NOW);
    }
    assertThat(entry.limits(NOW).concurrency()).isEqualTo(2);
    assertThat(fill(entry)).hasSize(2);
  }

  @Test
  void anUnknownOutcomeBeforeTheTimeoutSaysNothingOfHanging() {
    board.update(state(1, Stage.ACTIVE));
    BoardEntry entry = entry();
    for (BoardEntry.Reservation each : fill(entry)) {
      entry.ended(each, UNKNOWN, 899, 1_000, NOW);
    }
    assertThat(entry.limits(NOW).concurrency()).isEqualTo(8);
  }

  @Test
  void withoutAdaptingItGetsItsMaximumFromTheBeginning() {
    board.update(state(1, Stage.ACTIVE, new ProviderLimits(9, false, 0, 1)));
    BoardEntry entry = entry();
    List<BoardEntry.Reservation> all = fill(entry);
    assertThat(all).hasSize(9);
    for (BoardEntry.Reservation each : all) {
      entry.ended(each, UNKNOWN, 1_000, 1_000, NOW);
    }
    assertThat(fill(entry)).hasSize(9);
  }

  @Test
  void aProviderThatSaysTooManyCoolsDownAndThenGetsLess() {
    board.update(state(1, Stage.ACTIVE));
    BoardEntry entry = entry();
    answers(entry, 50, 10);
    BoardEntry.Reservation refused = entry.reserve(NOW);
    entry.ended(refused, new Outcome.Throttled(Duration.ofSeconds(2), EVIDENCE), 10, 1_000, NOW);

    assertThat(entry.reasonAgainst(NOW + 1_999)).isEqualTo("cooling_down");
    assertThat(entry.limits(NOW).perSecond()).isEqualTo(0.9 * 50 / 2);
    assertThat(entry.limits(NOW).configuredPerSecond()).isZero();
    assertThat(entry.reasonAgainst(NOW + 2_000)).isNull();
  }

  @Test
  void noMoreThanTheirRoomWaitOutsideTheLanes() {
    board.update(state(1, Stage.ACTIVE));
    BoardEntry entry = entry();
    for (int i = 0; i < BoardEntry.MAX_PARKED; i++) {
      assertThat(entry.park(WorkItems.fresh())).isTrue();
    }
    assertThat(entry.park(WorkItems.fresh())).isFalse();
    assertThat(entry.unparkAll()).hasSize(BoardEntry.MAX_PARKED);
  }

  @Test
  void newsOfAnOlderGenerationChangeNothing() {
    board.update(state(2, Stage.ACTIVE));
    board.update(state(1, Stage.DRAINING));
    board.update(state(1, Stage.STOPPED));

    BoardEntry entry = board.find("a");
    assertThat(entry).isNotNull();
    assertThat(entry.state().generation()).isEqualTo(2);
    assertThat(entry.readiness(0)).isEqualTo(BoardEntry.Readiness.READY);
  }

  @Test
  void aProviderIsNotCalledMoreOftenThanItsRate() {
    board.update(limited(2));
    BoardEntry entry = board.find("a");
    assertThat(entry).isNotNull();
    entry.reserve(NOW);
    entry.reserve(NOW);

    assertThat(entry.readiness(NOW)).isEqualTo(BoardEntry.Readiness.BUSY);
    assertThat(entry.reasonAgainst(NOW)).isEqualTo("rate_limited");
    assertThat(entry.readiness(NOW + 499)).isEqualTo(BoardEntry.Readiness.BUSY);
    assertThat(entry.readiness(NOW + 500)).isEqualTo(BoardEntry.Readiness.READY);
  }

  @Test
  void anAttemptThatDoesNotBeginGivesItsTokenBack() {
    board.update(limited(1));
    BoardEntry entry = entry();
    BoardEntry.Reservation planned = entry.reserve(NOW);
    assertThat(entry.nextTokenAtMillis(NOW)).isEqualTo(NOW + 1_000);
    assertThat(board.nextTokenAtMillis(NOW)).isEqualTo(NOW + 1_000);

    entry.giveBack(planned, NOW);

    assertThat(entry.inFlight()).isZero();
    assertThat(entry.readiness(NOW)).isEqualTo(BoardEntry.Readiness.READY);
    assertThat(board.nextTokenAtMillis(NOW)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aSwapDoesNotFillTheRateAgain() {
    board.update(limited(1));
    BoardEntry entry = board.find("a");
    assertThat(entry).isNotNull();
    entry.reserve(NOW);

    board.update(state(2, Stage.ACTIVE, 1));

    assertThat(entry.reasonAgainst(NOW)).isEqualTo("rate_limited");
  }

  private BoardEntry entry() {
    BoardEntry entry = board.find("a");
    assertThat(entry).isNotNull();
    return entry;
  }

  /** Takes all permits that there are. */
  private static List<BoardEntry.Reservation> fill(BoardEntry entry) {
    List<BoardEntry.Reservation> taken = new ArrayList<>();
    while (entry.readiness(NOW) == BoardEntry.Readiness.READY) {
      taken.add(entry.reserve(NOW));
    }
    return taken;
  }

  /** So many answers while all permits are in use. */
  @Test
  void aShareOfTheAttemptsGoesToAGenerationOnTrialUntilThatEnds() {
    board.update(state(1, Stage.ACTIVE));
    board.canary(new Canary("a", 2, 0.1));
    assertThat(onTrial(2)).isBetween(850, 1_150);
    board.canary(new Canary("a", 2, 0));
    assertThat(onTrial(2)).isZero();

    board.canary(new Canary("a", 3, 0.5));
    assertThat(onTrial(3)).isBetween(4_700, 5_300);
    board.update(state(3, Stage.ACTIVE));
    assertThat(onTrial(3)).as("all, once it has taken over").isEqualTo(10_000);
    board.canary(new Canary("a", 2, 0.5));
    assertThat(onTrial(2)).as("one that is older").isZero();
    board.canary(new Canary("unknown", 9, 0.5));
  }

  private int onTrial(long generation) {
    NotificationIds ids = new NotificationIds(Clock.systemUTC(), 0);
    int taken = 0;
    for (int i = 0; i < 10_000; i++) {
      taken += entry().generationFor(new AttemptId(ids.next(), 1)) == generation ? 1 : 0;
    }
    return taken;
  }

  private static void answers(BoardEntry entry, int count, long tookMillis) {
    int answered = 0;
    while (answered < count) {
      for (BoardEntry.Reservation each : fill(entry)) {
        entry.ended(each, SENT, tookMillis, 1_000, NOW);
        answered++;
        if (answered == count) {
          break;
        }
      }
    }
  }

  private static ProviderState limited(double maxPerSecond) {
    return state(1, Stage.ACTIVE, maxPerSecond);
  }

  private static ProviderState state(long generation, Stage stage) {
    return state(generation, stage, 0);
  }

  private static ProviderState state(long generation, Stage stage, double maxPerSecond) {
    return state(generation, stage, ProviderLimits.of(1_000, maxPerSecond));
  }

  private static ProviderState state(long generation, Stage stage, ProviderLimits limits) {
    return new ProviderState(
        "a",
        "plugin",
        "1",
        generation,
        Set.of(Channel.EMAIL),
        1,
        100,
        limits,
        Duration.ofSeconds(1),
        false,
        stage,
        new BreakerView("closed", 1, 0, 1, false, "", 0),
        List.of());
  }
}
