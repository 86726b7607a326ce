package io.signalbox.gateway.api;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.signalbox.gateway.bus.ProviderMessages.LimitsNow;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.gateway.model.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Gauges of providers, backlog and health. Rows are brought up to date by {@link #refresh}. */
final class ApiGauges {
  private final ApiServices services;
  private final MultiGauge breakers;
  private final MultiGauge faults;
  private final MultiGauge backlog;
  private final MultiGauge concurrency;
  private final MultiGauge rates;
  private final MultiGauge channelModes;
  private final MultiGauge severities;

  ApiGauges(ApiServices services) {
    this.services = services;
    this.breakers =
        MultiGauge.builder("circuit_breaker_state")
            .description("0 closed, 1 half open, 2 open")
            .register(services.registry());
    this.faults =
        MultiGauge.builder("signalbox_provider_fault")
            .description("1 if a provider cannot work and needs somebody: credentials, payment")
            .register(services.registry());
    this.backlog =
        MultiGauge.builder("signalbox_backlog")
            .description("notifications that wait, by lane")
            .register(services.registry());
    this.concurrency =
        MultiGauge.builder("signalbox_provider_concurrency_limit")
            .description("attempts that may be under way at a provider at a time now")
            .register(services.registry());
    this.rates =
        MultiGauge.builder("signalbox_provider_rate_limit")
            .description("attempts per second that a provider is given now; absent without a limit")
            .register(services.registry());
    this.channelModes =
        MultiGauge.builder("signalbox_channel_degradation_mode")
            .description("0 normal, 1 partial, 2 degraded")
            .register(services.registry());
    this.severities =
        MultiGauge.builder("signalbox_failure_severity")
            .description("failures of a provider in the last minute: 0 low, 1 medium, 2 critical")
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
    gauge("signalbox_pressure", () -> services.pressure().now());
    gauge("degradation_mode", () -> services.degradation().status().mode().level());
  }

  /** Called before a scrape. */
  void refresh() {
    breakers.register(rows(ApiGauges::level), true);
    faults.register(rows(state -> state.breaker().fault() ? 1 : 0), true);
    Map<String, LimitsNow> limits = services.providers().limits();
    concurrency.register(rows(limits, LimitsNow::concurrency, now -> true), true);
    rates.register(rows(limits, LimitsNow::perSecond, now -> now.perSecond() > 0), true);
    severities.register(
        services.providers().all().stream()
            .map(state -> MultiGauge.Row.of(Tags.of("provider", state.provider()), severity(state)))
            .toList(),
        true);
    channelModes.register(
        services.degradation().status().channels().entrySet().stream()
            .map(
                channel ->
                    MultiGauge.Row.of(
                        Tags.of("channel", channel.getKey().wireName()),
                        channel.getValue().mode().level()))
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

  private List<MultiGauge.Row<?>> rows(ToDoubleFunction<ProviderState> value) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (ProviderState state : services.providers().all()) {
      rows.add(
          MultiGauge.Row.of(Tags.of("provider", state.provider()), value.applyAsDouble(state)));
    }
    return rows;
  }

  private static List<MultiGauge.Row<?>> rows(
      Map<String, LimitsNow> limits,
      ToDoubleFunction<LimitsNow> value,
      Predicate<LimitsNow> isThere) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    limits.forEach(
        (provider, now) -> {
          if (isThere.test(now)) {
            rows.add(MultiGauge.Row.of(Tags.of("provider", provider), value.applyAsDouble(now)));
          }
        });
    return rows;
  }

  private void gauge(String name, java.util.function.Supplier<Number> value) {
    Gauge.builder(name, value).register(services.registry());
  }

  private int severity(ProviderState state) {
    return switch (services.degradation().failures(state.provider()).severity()) {
      case LOW -> 0;
      case MEDIUM -> 1;
      case CRITICAL -> 2;
    };
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
