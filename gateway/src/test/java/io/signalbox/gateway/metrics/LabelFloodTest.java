package io.signalbox.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.signalbox.scoring.FailureKind;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReceiptStatus;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However many names come, there are only so many series. */
class LabelFloodTest {
  private static final int NAMES = 3_000;

  private final PrometheusMeterRegistry registry = MetricsSetup.registry();
  private final GatewayMeters meters = new GatewayMeters(registry);

  @AfterEach
  void close() {
    registry.close();
  }

  private long series(String label) {
    return registry
        .scrape()
        .lines()
        .filter(line -> !line.startsWith("#") && line.contains(label + "=\""))
        .count();
  }

  /** Twice as many names make no more series. */
  private void assertBounded(String label, IntConsumer flood) {
    for (int i = 0; i < NAMES; i++) {
      flood.accept(i);
    }
    long full = series(label);
    assertThat(full).isPositive();
    for (int i = NAMES; i < 2 * NAMES; i++) {
      flood.accept(i);
    }
    assertThat(series(label)).isEqualTo(full);
  }

  @Test
  void ofProviders() {
    assertBounded(
        "provider",
        i -> {
          String provider = "provider-" + i;
          meters.attempts().ended(provider, OutcomeKind.UNKNOWN, FailureKind.TIMEOUT, 7);
          meters.attempts().failover(provider, OutcomeKind.UNKNOWN);
          meters.attempts().lookedUp(provider, "found");
          meters.attempts().breakerOpened(provider);
          meters.receipts().receipt(provider, ReceiptStatus.DELIVERED, 5);
          meters.receipts().webhook(provider, "verified");
        });
    assertThat(meters.attempts().ended()).isEqualTo(2 * NAMES);
    assertThat(registry.scrape()).contains("circuit_breaker_open_total{provider=\"other\"}");
  }

  @Test
  void ofWordsThatRoomsChoose() {
    assertBounded("reason", i -> meters.intake().refused("reason-" + i));
    assertBounded("result", i -> meters.events().callback("result-" + i));
    DuplicateMeters duplicates = new DuplicateMeters(registry);
    assertBounded(
        "policy",
        i -> {
          duplicates.budgetSpent("policy-" + i);
          duplicates.share("policy-" + i, 0.5);
        });
  }

  @Test
  void ofMetersThatNoRoomHolds() {
    assertBounded(
        "plugin",
        i ->
            Counter.builder("signalbox.any")
                .tag("plugin", "p-" + i)
                .register(registry)
                .increment());
  }

  @Test
  void ofMethodsThatClientsInvent() {
    assertBounded(
        "method",
        i ->
            Counter.builder("vertx.http.server.requests")
                .tag("method", "METHOD" + i)
                .register(registry)
                .increment());
    Counter.builder("vertx.http.server.requests")
        .tag("method", "PATCH")
        .register(registry)
        .increment();
    assertThat(registry.scrape())
        .contains("vertx_http_server_requests_total{method=\"other\"}")
        .contains("vertx_http_server_requests_total{method=\"PATCH\"} 1.0");
  }
}
