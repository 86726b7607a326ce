package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.signalbox.spi.ReceiptStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Webhooks and receipts, by provider, of which no more have meters of their own than {@link
 * AttemptMeters#MOST}. Thread-safe.
 */
public final class ReceiptMeters {
  private static final List<String> RESULTS =
      List.of("verified", "answered", "unauthenticated", "stale", "malformed");
  private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);

  private final MeterRegistry registry;
  private final Histogram lag;
  private final Map<String, OfProvider> providers = new ConcurrentHashMap<>();

  ReceiptMeters(MeterRegistry registry, Histograms histograms) {
    this.registry = registry;
    this.lag =
        histograms.longSeconds(
            "signalbox_webhook_lag_seconds",
            "From when something happened, as its provider says, to its effect here",
            "provider");
  }

  /** One provider's meters, found once. */
  private static final class OfProvider {
    private final CountersByTag answered;
    private final CountersByTag receipts;
    private final Counter stored;
    private final Counter processed;
    private final DistributionDataPoint lag;

    OfProvider(MeterRegistry registry, Histogram lag, String provider) {
      Tags tags = Tags.of("provider", provider);
      answered =
          new CountersByTag(
                  registry, "signalbox.webhooks", "Webhooks that were answered", tags, "result")
              .with(RESULTS);
      receipts =
          new CountersByTag(
                  registry, "signalbox.receipts", "Receipts that were new", tags, "status")
              .with(Arrays.stream(ReceiptStatus.values()).map(ReceiptStatus::wireName).toList());
      stored =
          counter(registry, "signalbox.webhook.bodies.stored", "Webhooks that were stored", tags);
      processed =
          counter(
              registry,
              "signalbox.webhook.bodies.processed",
              "Stored webhooks of which all receipts took effect",
              tags);
      this.lag = lag.labelValues(provider);
    }

    private static Counter counter(MeterRegistry registry, String name, String help, Tags tags) {
      return Counter.builder(name).description(help).tags(tags).register(registry);
    }
  }

  private OfProvider of(String provider) {
    OfProvider known = providers.get(provider);
    return known != null
        ? known
        : providers.computeIfAbsent(
            providers.size() < AttemptMeters.MOST ? provider : CountersByTag.OTHER,
            id -> new OfProvider(registry, lag, id));
  }

  /** A provider is there: its counters begin at 0. */
  public void known(String provider) {
    of(provider);
  }

  /**
   * A webhook of a configured provider was answered.
   *
   * @param result a short lower-case word: verified, answered, unauthenticated, stale, malformed
   */
  public void webhook(String provider, String result) {
    of(provider).answered.of(result).increment();
  }

  /** A webhook's body was stored. */
  public void stored(String provider) {
    of(provider).stored.increment();
  }

  /** All receipts of a stored webhook took effect. */
  public void processed(String provider) {
    of(provider).processed.increment();
  }

  /**
   * A receipt was new.
   *
   * @param lagMillis since it happened, as the provider says; clocks may differ
   */
  public void receipt(String provider, ReceiptStatus status, long lagMillis) {
    OfProvider its = of(provider);
    its.receipts.of(status.wireName()).increment();
    its.lag.observe(Math.max(0, lagMillis) / MILLIS);
  }

  /** How many receipts of a status came from a provider since the start. */
  public long receipts(String provider, ReceiptStatus status) {
    OfProvider known = providers.get(provider);
    return known == null ? 0 : known.receipts.count(status.wireName());
  }
}
