package io.signalbox.gateway.api;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.gateway.model.Lane;
import java.util.List;

/** Gauges of providers, backlog and health. Rows are brought up to date by {@link #refresh}. */
final class ApiGauges {
  private final ApiServices services;
  private final MultiGauge breakers;
  private final MultiGauge backlog;

  ApiGauges(ApiServices services) {
    this.services = services;
    this.breakers =
        MultiGauge.builder("circuit_breaker_state")
            .description("0 closed, 1 half open, 2 open")
            .register(services.registry());
    this.backlog =
        MultiGauge.builder("signalbox_backlog")
            .description("notifications that wait, by lane")
            .register(services.registry());
    gauge("database_health", () -> services.monitor().sample().ledgerAnswers() ? 1 : 0);
    gauge(
        "signalbox_backlog_oldest_seconds",
        () -> services.monitor().sample().oldestDueMillis() / 1000.0);
    gauge(
        "signalbox_webhook_bodies_unprocessed",
        () -> services.monitor().sample().webhooks().unprocessed());
    gauge(
        "signalbox_webhook_bodies_set_aside",
        () -> services.monitor().sample().webhooks().setAside());
    gauge(
        "signalbox_webhook_bodies_oldest_seconds",
        () -> services.monitor().sample().oldestWebhookMillis() / 1000.0);
    gauge("signalbox_free_disk_bytes", () -> services.monitor().sample().freeDiskBytes());
    gauge(
        "degradation_mode",
        () ->
            DegradationMode.of(services.health().overall().well(), services.providers().all())
                .level());
  }

  /** Called before a scrape. */
  void refresh() {
    breakers.register(
        services.providers().all().stream()
            .map(state -> MultiGauge.Row.of(Tags.of("provider", state.provider()), level(state)))
            .toList(),
        true);
    List<Backlog> lanes = services.monitor().sample().lanes();
    backlog.register(
        lanes.stream()
            .map(
                lane ->
                    MultiGauge.Row.of(
                        Tags.of("lane", name(lane.lane())), lane.due() + lane.later()))
            .toList(),
        true);
  }

  private void gauge(String name, java.util.function.Supplier<Number> value) {
    Gauge.builder(name, value).register(services.registry());
  }

  private static int level(ProviderState state) {
    return switch (state.breaker().state()) {
      case "open" -> 2;
      case "half_open" -> 1;
      default -> 0;
    };
  }

  private static String name(Lane lane) {
    return lane.channel().wireName()
        + ":"
        + lane.priority().wireName()
        + (lane.kind().batch() ? ":batch" : "")
        + (lane.kind().retry() ? ":retry" : "");
  }
}
