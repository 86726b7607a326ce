package io.signalbox.scoring;

import static io.signalbox.scoring.AttemptResult.FAILURE;
import static io.signalbox.scoring.AttemptResult.NEUTRAL;
import static io.signalbox.scoring.AttemptResult.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureDetectorTest {
  private static final long NOW = 1_800_000_000_000L;

  private final FailureDetector detector = new FailureDetector();

  @Test
  void nothingSeenIsLow() {
    assertThat(detector.report(NOW)).isEqualTo(FailureReport.NONE);
  }

  @Test
  void gradesByFailuresOfTheLastMinute() {
    record(SUCCESS, 96);
    record(FAILURE, 1);
    assertThat(detector.report(NOW).severity()).isEqualTo(Severity.LOW);
    record(FAILURE, 1);
    assertThat(detector.report(NOW).severity()).isEqualTo(Severity.MEDIUM);
    record(FAILURE, 1);
    assertThat(detector.report(NOW).severity()).isEqualTo(Severity.MEDIUM);
    record(FAILURE, 1);
    assertThat(detector.report(NOW))
        .isEqualTo(new FailureReport(100, 4, 0.04, Severity.CRITICAL, false, Map.of()));
  }

  @Test
  void degradedMeansOverAQuarterFailed() {
    record(SUCCESS, 3);
    record(FAILURE, 1);
    assertThat(detector.report(NOW).degraded()).as("exactly 25%%").isFalse();
    record(FAILURE, 1);
    assertThat(detector.report(NOW).degraded()).isTrue();
  }

  @Test
  void aSingleFailureOfFewAttemptsIsMediumBecauseItIsDegraded() {
    record(FAILURE, 1);
    assertThat(detector.report(NOW))
        .isEqualTo(new FailureReport(1, 1, 1, Severity.MEDIUM, true, Map.of()));
  }

  @Test
  void neutralResultsDoNotCount() {
    record(NEUTRAL, 10);
    assertThat(detector.report(NOW).attempts()).isZero();
  }

  @Test
  void failuresLeaveAfterAMinute() {
    record(FAILURE, 5);
    assertThat(detector.report(NOW + 59_000).failures()).isEqualTo(5);
    assertThat(detector.report(NOW + 60_000).failures()).isZero();
  }

  @Test
  void resetForgets() {
    record(FAILURE, 5);
    detector.reset();
    assertThat(detector.report(NOW).severity()).isEqualTo(Severity.LOW);
  }

  @Test
  void countsKindsOfTheLastMinuteNeutralOnesToo() {
    detector.record(FAILURE, FailureKind.TIMEOUT, NOW);
    detector.record(FAILURE, FailureKind.TIMEOUT, NOW + 1_000);
    detector.record(FAILURE, FailureKind.SERVER_ERROR, NOW + 2_000);
    detector.record(NEUTRAL, FailureKind.THROTTLED, NOW + 3_000);
    detector.record(SUCCESS, null, NOW + 4_000);

    FailureReport report = detector.report(NOW + 5_000);

    assertThat(report.attempts()).isEqualTo(4);
    assertThat(report.failures()).isEqualTo(3);
    assertThat(report.kinds())
        .isEqualTo(
            Map.of(FailureKind.TIMEOUT, 2, FailureKind.SERVER_ERROR, 1, FailureKind.THROTTLED, 1));
    assertThat(detector.report(NOW + 61_500).kinds())
        .as("the time-outs have left")
        .isEqualTo(Map.of(FailureKind.SERVER_ERROR, 1, FailureKind.THROTTLED, 1));
    detector.reset();
    assertThat(detector.report(NOW + 61_500)).isEqualTo(FailureReport.NONE);
  }

  @Test
  void failingNeedsMoreThanThreeFailuresAndMoreThanAQuarter() {
    record(SUCCESS, 9_996);
    record(FAILURE, 4);
    assertThat(detector.report(NOW).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(detector.report(NOW).isFailing()).as("4 of 10,000").isFalse();

    detector.reset();
    record(FAILURE, 3);
    assertThat(detector.report(NOW).isFailing()).as("3 of 3").isFalse();
    record(SUCCESS, 9);
    record(FAILURE, 1);
    assertThat(detector.report(NOW).isFailing()).as("4 of 13").isTrue();
    record(SUCCESS, 3);
    assertThat(detector.report(NOW).isFailing()).as("4 of 16, exactly a quarter").isFalse();
  }

  private void record(AttemptResult result, int times) {
    for (int i = 0; i < times; i++) {
      detector.record(result, NOW);
    }
  }
}
