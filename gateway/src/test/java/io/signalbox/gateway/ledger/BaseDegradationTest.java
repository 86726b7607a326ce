package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.DegradationLedger.ModeChange;
import io.signalbox.gateway.model.DegradationCause;
import io.signalbox.gateway.model.DegradationMode;
import io.signalbox.gateway.model.DegradationReason;
import io.signalbox.scoring.FailureKind;
import io.signalbox.spi.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Failures and modes. */
public abstract class BaseDegradationTest extends LedgerContract {
  private DegradationLedger degradation() {
    return opened.degradation();
  }

  private static FailureMetric metric(String provider, long endMillis) {
    return new FailureMetric(
        provider,
        endMillis - 60_000,
        endMillis,
        23,
        15,
        5,
        "critical",
        Map.of(
            FailureKind.TIMEOUT,
            2,
            FailureKind.SERVER_ERROR,
            3,
            FailureKind.THROTTLED,
            1,
            FailureKind.REJECTED,
            2));
  }

  @Test
  void keepsFailuresByKind() throws Exception {
    await(degradation().recordFailures(List.of(metric("alpha", NOW), metric("beta", NOW))));

    assertThat(
            askStore(
                """
                SELECT provider, created_at, window_start, total_requests, successful_requests,
                  failed_requests, failure_rate, severity, timeouts, connection_failures,
                  server_errors, provider_faults, other_failures, throttled, rejected
                FROM failure_metrics ORDER BY provider\
                """))
        .containsExactly(
            "alpha|" + NOW + "|" + (NOW - 60_000) + "|23|15|5|0.25|critical|2|0|3|0|0|1|2",
            "beta|" + NOW + "|" + (NOW - 60_000) + "|23|15|5|0.25|critical|2|0|3|0|0|1|2");
  }

  @Test
  void keepsChangesOfTheModeOverARestart() throws Exception {
    assertThat(await(degradation().latestModeChange())).isEmpty();
    ModeChange change =
        new ModeChange(
            DegradationMode.NORMAL,
            DegradationMode.CRITICAL,
            List.of(
                new DegradationReason(DegradationCause.NO_CHANNEL_WORKS, null, "none"),
                new DegradationReason(
                    DegradationCause.NO_USABLE_PROVIDER, Channel.SMS, "a: breaker_open")),
            NOW);
    await(degradation().recordModeChange(change));
    reopen();

    assertThat(await(degradation().latestModeChange())).contains(change);
    assertThat(askStore("SELECT from_mode, to_mode, created_at FROM degradation_events"))
        .containsExactly("NORMAL|CRITICAL|" + NOW);
  }

  @Test
  void forgetsWhatIsOld() throws Exception {
    for (long end = NOW; end < NOW + 1_200; end++) {
      await(degradation().recordFailures(List.of(metric("alpha", end))));
    }
    await(
        degradation()
            .recordModeChange(
                new ModeChange(DegradationMode.PARTIAL, DegradationMode.NORMAL, List.of(), NOW)));

    List<Integer> deleted = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      deleted.add(await(degradation().forgetFailures(NOW + 1_100)));
    }

    assertThat(deleted).containsExactly(501, 500, 100, 0);
    assertThat(askStore("SELECT COUNT(*), MIN(created_at) FROM failure_metrics"))
        .containsExactly("100|" + (NOW + 1_100));
  }
}
