package io.signalbox.gateway.degradation;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.HealthMessages.EndCount;
import io.signalbox.gateway.bus.HealthMessages.HealthSlice;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.ledger.FailureMetric;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.FailureKind;
import io.signalbox.scoring.FailureReport;
import io.signalbox.scoring.Severity;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Failures of other nodes grade a provider, and are no work of this one. */
class FailureWatchTest {
  private static final long NOW = 1_800_000_000_000L;

  private final FailureWatch watch = new FailureWatch(NOW);

  @Test
  void failuresElsewhereGradeAProviderAndAreNotRecordedAgain() {
    watch.add("a");
    watch.observe(
        new Observed("a", Channel.SMS, OutcomeKind.TRANSIENT, FailureKind.TIMEOUT, 20, NOW));
    watch.elsewhere(slice("a", 0, 5), NOW);
    watch.elsewhere(slice("unknown", 0, 5), NOW);

    FailureReport report = watch.reports(NOW).get("a");
    assertThat(report.failures()).isEqualTo(6);
    assertThat(report.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(report.kinds()).containsEntry(FailureKind.TIMEOUT, 6);
    assertThat(watch.reports(NOW)).containsOnlyKeys("a");
    assertThat(watch.ofChannel(Channel.SMS).failures(NOW)).isEqualTo(1);
    assertThat(watch.takeWindow(NOW)).extracting(FailureMetric::failures).containsExactly(1);
  }

  @Test
  void aResetElsewhereForgetsTheMinuteBefore() {
    watch.add("a");
    watch.elsewhere(slice("a", 0, 5), NOW);
    watch.elsewhere(slice("a", NOW, 2), NOW);
    assertThat(watch.reports(NOW).get("a").failures()).isEqualTo(2);
  }

  @Test
  void theLastFailureOfEachKindIsRememberedByItsCodesAlone() {
    watch.add("a");
    failed(
        FailureKind.SERVER_ERROR, Evidence.answered(500, "internal_error", "to a@example.com"), 1);
    failed(FailureKind.SERVER_ERROR, Evidence.answered(503, "503", null), 2);
    failed(
        FailureKind.CONNECTION,
        Evidence.unanswered(Progress.NOT_CONNECTED, "connection_refused", null),
        3);
    failed(FailureKind.REJECTED, Evidence.answered(422, "no <a@example.com> here", null), 4);
    Map<FailureKind, LastFailure> last = watch.lastFailures().get("a");

    assertThat(last.get(FailureKind.SERVER_ERROR).words()).isEqualTo("HTTP 503");
    assertThat(LastFailure.newest(last).orElseThrow().words()).isEqualTo("connection refused");
    assertThat(last.get(FailureKind.REJECTED).words()).isEqualTo("HTTP 422");
    assertThat(LastFailure.before(NOW, last)).isPresent();
    assertThat(LastFailure.before(NOW + 120_000, last)).isEmpty();
    assertThat(last.toString()).doesNotContain("example.com");
    watch.reset("a");
    assertThat(watch.lastFailures().get("a")).isEmpty();
  }

  private void failed(FailureKind kind, Evidence evidence, long atMillis) {
    watch.observe(
        new Observed(
            "a",
            Channel.SMS,
            OutcomeKind.TRANSIENT,
            AttemptResult.FAILURE,
            kind,
            evidence,
            5,
            NOW + atMillis));
  }

  private static HealthSlice slice(String provider, long resetAt, int failures) {
    EndCount failed =
        new EndCount(NOW / 1_000, AttemptResult.FAILURE, FailureKind.TIMEOUT, failures);
    return new HealthSlice(provider, resetAt, List.of(), List.of(failed), List.of(), List.of());
  }
}
