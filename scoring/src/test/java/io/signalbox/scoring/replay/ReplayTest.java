package io.signalbox.scoring.replay;

import static io.signalbox.scoring.replay.RecordedOutcome.REJECTED;
import static io.signalbox.scoring.replay.RecordedOutcome.SENT;
import static io.signalbox.scoring.replay.RecordedOutcome.TRANSIENT;
import static io.signalbox.scoring.replay.RecordedOutcome.UNKNOWN;
import static io.signalbox.scoring.replay.Records.attempt;
import static io.signalbox.scoring.replay.Records.best;
import static io.signalbox.scoring.replay.Records.byPriority;
import static io.signalbox.scoring.replay.Records.confirmed;
import static io.signalbox.scoring.replay.Records.notification;
import static io.signalbox.scoring.replay.Records.pinned;
import static io.signalbox.scoring.replay.Records.policy;
import static io.signalbox.scoring.replay.Records.provider;
import static io.signalbox.scoring.replay.Records.settings;
import static io.signalbox.scoring.replay.Records.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.scoring.replay.ReplayPolicy.OnUnknown;
import io.signalbox.scoring.replay.ReplayReport.Coverage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final List<ReplayProvider> A_AND_B = List.of(provider("a", 1), provider("b", 2));

  @Test
  void theSamePolicyChangesNothing() {
    List<RecordedNotification> recorded =
        List.of(
            notification(attempt("a", 0, 50, SENT)),
            notification(attempt("a", 1_000, 10, TRANSIENT), attempt("b", 1_010, 90, SENT)),
            notification(attempt("a", 2_000, 50, REJECTED)));

    ReplayReport report = Replay.run(recorded, A_AND_B, best(), settings());

    assertThat(report.other()).isEqualTo(report.recorded());
    assertThat(report.recorded().successes()).isEqualTo(2);
    assertThat(report.recorded().meanLatencyMillis()).isEqualTo(75);
    assertThat(report.recorded().attempts()).isEqualTo(4);
    assertThat(report.coverage()).isEqualTo(new Coverage(4, 4, 0, 0, 0));
    assertThat(report.coverage().directShare()).isEqualTo(1);
    assertThat(report.difference().success()).isEqualTo(new Interval(0, 0, 0));
  }

  @Test
  void goingStraightToTheOneThatWorksSavesTheFailedAttempt() {
    RecordedNotification failedOver =
        notification(attempt("a", 0, 10, TRANSIENT), attempt("b", 10, 90, SENT));

    ReplayReport report =
        Replay.run(List.of(failedOver, failedOver), A_AND_B, pinned("b"), settings());

    assertThat(report.recorded().meanLatencyMillis()).isEqualTo(100);
    assertThat(report.other().meanLatencyMillis()).isEqualTo(90);
    assertThat(report.difference().latencyMillis()).isEqualTo(new Interval(-10, -10, -10));
    assertThat(report.other().attempts()).isEqualTo(2);
    assertThat(report.recordedShare()).isEqualTo(Map.of("a", 0.5, "b", 0.5));
    assertThat(report.otherShare()).isEqualTo(Map.of("b", 1.0));
  }

  @Test
  void anOpenBreakerIsGoneAroundAsLongAsTheRecordSaysItWasOpen() {
    List<RecordedNotification> recorded = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      long at = i * 100L;
      recorded.add(notification(attempt("a", at, 10, TRANSIENT), attempt("b", at + 10, 20, SENT)));
    }

    ReplayReport report = Replay.run(recorded, A_AND_B, byPriority(), settings());

    // Five failures in a row open a's breaker; it stays open for a minute.
    assertThat(report.other().successes()).isEqualTo(8);
    assertThat(report.other().attempts()).isEqualTo(5 * 2 + 3);
    assertThat(report.recorded().attempts()).isEqualTo(16);
  }

  @Test
  void stoppingAtUnknownOutcomesTradesSuccessForDuplicates() {
    RecordedNotification twice =
        notification(attempt("a", 0, 100, UNKNOWN), attempt("b", 100, 20, SENT));

    ReplayReport failover = Replay.run(List.of(twice), A_AND_B, best(), settings());
    ReplayReport stop =
        Replay.run(
            List.of(twice), A_AND_B, policy("weighted", null, OnUnknown.STOP, 3, 1), settings());

    assertThat(failover.other().duplicates()).isEqualTo(1);
    assertThat(failover.recorded().duplicates()).isEqualTo(1);
    assertThat(stop.other().duplicates()).isZero();
    assertThat(stop.difference().success().value()).isEqualTo(-1);
    assertThat(stop.difference().duplicates().value()).isEqualTo(-1);
  }

  @Test
  void aReceiptInTimeExplainsAnUnknownOutcome() {
    List<RecordedNotification> recorded =
        List.of(
            notification(confirmed(attempt("a", 0, 100, UNKNOWN), 2_000)),
            notification(attempt("b", 300_000, 20, SENT)));

    Side patient = Replay.run(recorded, A_AND_B, waiting(2_000, 3, 1), settings()).other();
    Side hasty = Replay.run(recorded, A_AND_B, waiting(1_999, 3, 1), settings()).other();

    assertThat(patient.duplicates()).isZero();
    assertThat(hasty.duplicates()).as("sent again before it was known").isEqualTo(1);
    assertThat(List.of(patient.successes(), hasty.successes())).containsOnly(2);
  }

  @Test
  void theCheapestCostsLess() {
    List<RecordedNotification> recorded =
        List.of(
            notification(attempt("a", 0, 50, SENT)), notification(attempt("b", 1_000, 50, SENT)));

    ReplayReport report =
        Replay.run(
            recorded,
            List.of(provider("a", 1, 0.5), provider("b", 2, 0.125)),
            policy("cheapest", null, OnUnknown.FAILOVER, 3, 1),
            settings());

    assertThat(report.recorded().cost()).isEqualTo(0.625);
    assertThat(report.other().cost()).isEqualTo(0.25);
    assertThat(report.coverage()).isEqualTo(new Coverage(2, 1, 1, 0, 0));
    assertThat(report.difference().cost().value()).isEqualTo(-0.1875);
  }

  @Test
  void laterRoundsComeAfterTheMeanBackoff() {
    RecordedNotification second =
        notification(attempt("a", 0, 10, TRANSIENT), attempt("a", 700, 20, SENT));

    ReplayReport report =
        Replay.run(
            List.of(second),
            List.of(provider("a", 1)),
            policy("weighted", null, OnUnknown.FAILOVER, 3, 2),
            settings());

    // The first attempt, half of the base of 1 s, and the second attempt.
    assertThat(report.other().meanLatencyMillis()).isEqualTo(10 + 500 + 20);
    assertThat(report.recorded().meanLatencyMillis()).isEqualTo(720);
    assertThat(report.coverage().direct()).isEqualTo(2);
  }

  @Test
  void whatNobodyEverTriedIsNotCompared() {
    ReplayReport report =
        Replay.run(
            List.of(notification(attempt("a", 0, 50, SENT))),
            List.of(provider("a", 1), provider("c", 2)),
            pinned("c"),
            settings());

    assertThat(report.notComparable()).isEqualTo(1);
    assertThat(report.coverage()).isEqualTo(new Coverage(1, 0, 0, 0, 1));
    assertThat(report.recorded().notifications()).isZero();
    assertThat(report.other().success()).isEqualTo(new Interval(0, 0, 0));
  }

  @Test
  void evidenceOfOtherTimesIsTold() {
    ReplayReport report =
        Replay.run(
            List.of(
                notification(attempt("a", 0, 50, SENT)),
                notification(attempt("b", 3_600_000, 50, SENT))),
            A_AND_B,
            pinned("b"),
            settings());

    assertThat(report.coverage()).isEqualTo(new Coverage(2, 1, 0, 1, 0));
  }

  @Test
  void theSameSeedGivesTheSameReportWhateverTheOrderOfTheInput() {
    Random random = new Random(42);
    List<RecordedNotification> recorded = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      boolean works = random.nextInt(3) > 0;
      recorded.add(
          works
              ? notification(attempt("a", i * 50L, 20 + i % 7, SENT))
              : notification(
                  attempt("a", i * 50L, 20, TRANSIENT), attempt("b", i * 50L + 20, 30, SENT)));
    }
    ReplayReport first = Replay.run(recorded, A_AND_B, pinned("b"), settings());
    assertThat(Replay.run(recorded, A_AND_B, pinned("b"), settings())).isEqualTo(first);
    Collections.reverse(recorded);
    assertThat(Replay.run(recorded, A_AND_B, pinned("b"), settings()).recorded())
        .isEqualTo(first.recorded());
    assertThat(first.difference().latencyMillis().low())
        .isLessThanOrEqualTo(first.difference().latencyMillis().value());
  }

  @Test
  void wilsonHoldsItsPublishedNumbers() {
    Interval interval = Interval.wilson(8, 10);
    assertThat(interval.value()).isEqualTo(0.8);
    assertThat(interval.low()).isBetween(0.4901, 0.4902);
    assertThat(interval.high()).isBetween(0.9433, 0.9434);
    assertThat(Interval.wilson(0, 10).low()).isZero();
    assertThat(Interval.wilson(10, 10).high()).isEqualTo(1);
  }
}
