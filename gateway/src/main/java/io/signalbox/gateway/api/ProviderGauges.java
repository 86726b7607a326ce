package io.signalbox.gateway.api;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.signalbox.gateway.bus.ProviderMessages.LimitsNow;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Gauges of providers; those of a provider that is gone go too with {@link #refresh}. */
final class ProviderGauges {
  private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);

  private final ApiServices services;
  private final MultiGauge breakers;
  private final MultiGauge notClosed;
  private final MultiGauge faults;
  private final MultiGauge concurrency;
  private final MultiGauge rates;
  private final MultiGauge severities;

  ProviderGauges(ApiServices services) {
    this.services = services;
    this.breakers = gauge("circuit_breaker_state", "0 closed, 1 half open, 2 open");
    this.notClosed =
        gauge(
            "signalbox_breaker_not_closed_seconds",
            "Since when a breaker has been in its state, if that is not closed; else 0");
    this.faults =
        gauge(
            "signalbox_provider_fault",
            "1 if a provider cannot work and needs somebody: credentials, payment");
    this.concurrency =
        gauge(
            "signalbox_provider_concurrency_limit",
            "Attempts that may be under way at a provider at a time now");
    this.rates =
        gauge(
            "signalbox_provider_rate_limit",
            "Attempts per second that a provider is given now; absent without a limit");
    this.severities =
        gauge(
            "signalbox_failure_severity",
            "Failures of a provider in the last minute: 0 low, 1 medium, 2 critical");
  }

  private MultiGauge gauge(String name, String description) {
    return MultiGauge.builder(name).description(description).register(services.registry());
  }

  /** Called before a scrape. */
  void refresh() {
    breakers.register(rows(ProviderGauges::level), true);
    notClosed.register(rows(this::notClosedSeconds), true);
    faults.register(rows(state -> state.breaker().fault() ? 1 : 0), true);
    Map<String, LimitsNow> limits = services.providers().limits();
    concurrency.register(rows(limits, LimitsNow::concurrency, now -> true), true);
    rates.register(rows(limits, LimitsNow::perSecond, now -> now.perSecond() > 0), true);
    severities.register(rows(this::severity), true);
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

  private double notClosedSeconds(ProviderState state) {
    long since = state.breaker().sinceMillis();
    return state.breaker().isClosed() || since == 0
        ? 0
        : Math.max(0, services.clock().millis() - since) / MILLIS;
  }

  private double severity(ProviderState state) {
    return switch (services.degradation().failures(state.provider()).severity()) {
      case LOW -> 0;
      case MEDIUM -> 1;
      case CRITICAL -> 2;
    };
  }

  private static double level(ProviderState state) {
    return switch (state.breaker().state()) {
      case "open" -> 2;
      case "half_open" -> 1;
      default -> 0;
    };
  }
}
