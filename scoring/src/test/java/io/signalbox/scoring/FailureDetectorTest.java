package io.signalbox.scoring;

import static io.signalbox.scoring.AttemptResult.FAILURE;
import static io.signalbox.scoring.AttemptResult.NEUTRAL;
import static io.signalbox.scoring.AttemptResult.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureDetectorTest {
  private static final long NOW = 1_800_000_000_000L;

  private final FailureDetector detector = new FailureDetector();

  @Test
  void nothingSeenIsLow() {
    assertThat(detector.report(NOW)).isEqualTo(new FailureReport(0, 0, 0, Severity.LOW, false));
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
        .isEqualTo(new FailureReport(100, 4, 0.04, Severity.CRITICAL, false));
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
    assertThat(detector.report(NOW)).isEqualTo(new FailureReport(1, 1, 1, Severity.MEDIUM, true));
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

  private void record(AttemptResult result, int times) {
    for (int i = 0; i < times; i++) {
      detector.record(result, NOW);
    }
  }
}
