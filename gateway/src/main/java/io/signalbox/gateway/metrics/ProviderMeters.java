package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.signalbox.scoring.FailureKind;
import io.signalbox.spi.OutcomeKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What one provider does, with its meters found once. Thread-safe. */
final class ProviderMeters {
  private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);

  private static final List<String> ANSWERS = List.of("found", "not_found", "failed", "not_asked");

  private final String provider;
  private final Histogram durations;
  private final Map<OutcomeKind, DistributionDataPoint> points = new ConcurrentHashMap<>();
  private final Map<OutcomeKind, Counter> attempts = new EnumMap<>(OutcomeKind.class);
  private final Map<OutcomeKind, Counter> failovers = new EnumMap<>(OutcomeKind.class);
  private final Map<FailureKind, Counter> failures = new EnumMap<>(FailureKind.class);
  private final Counter breakerSuccess;
  private final Counter breakerFailure;
  private final Counter breakerOpen;
  private final Counter confirmationFailovers;
  private final CountersByTag lookups;
  private final LongAdder count = new LongAdder();
  private final LongAdder millis = new LongAdder();

  ProviderMeters(MeterRegistry registry, Histogram durations, String provider) {
    this.provider = provider;
    this.durations = durations;
    Tags tags = Tags.of("provider", provider);
    for (OutcomeKind kind : OutcomeKind.values()) {
      Tags ofKind = tags.and("outcome", kind.wireName());
      attempts.put(
          kind,
          counter(registry, "signalbox.attempts", "Attempts that have ended, by outcome", ofKind));
      if (kind != OutcomeKind.SENT) {
        failovers.put(
            kind,
            counter(
                registry,
                "signalbox.failovers",
                "Attempts that another provider followed at once, by what they ended with",
                ofKind));
      }
    }
    for (FailureKind kind : FailureKind.values()) {
      failures.put(
          kind,
          counter(
              registry,
              "signalbox.failures",
              "Attempts that ended otherwise than as sent, by what went wrong",
              tags.and("kind", kind.wireName())));
    }
    breakerSuccess =
        counter(
            registry,
            "circuit_breaker_success",
            "Attempts that a breaker counts as successes",
            tags);
    breakerFailure =
        counter(
            registry,
            "circuit_breaker_failure",
            "Attempts that a breaker counts as failures",
            tags);
    breakerOpen = counter(registry, "circuit_breaker_open", "How often a breaker has opened", tags);
    confirmationFailovers =
        counter(
            registry,
            "signalbox.confirmation.failovers",
            "Messages that were sent and not confirmed in time, so that another provider followed",
            tags);
    lookups =
        new CountersByTag(
                registry,
                "signalbox.lookups",
                "Questions to a provider what became of an attempt, by answer",
                tags,
                "answer")
            .with(ANSWERS);
  }

  private static Counter counter(MeterRegistry registry, String name, String help, Tags tags) {
    return Counter.builder(name).description(help).tags(tags).register(registry);
  }

  void ended(OutcomeKind outcome, @Nullable FailureKind failure, long tookMillis) {
    count.increment();
    millis.add(tookMillis);
    one(attempts, outcome);
    point(outcome).observe(tookMillis / MILLIS);
    if (failure != null) {
      one(failures, failure);
    }
    switch (outcome) {
      case SENT -> breakerSuccess.increment();
      case TRANSIENT, UNKNOWN, PROVIDER_FAULT -> breakerFailure.increment();
      case THROTTLED, REJECTED -> {
        // Neutral for the breaker.
      }
    }
  }

  private static <K extends Enum<K>> void one(Map<K, Counter> counters, K key) {
    Counter counter = counters.get(key);
    if (counter != null) {
      counter.increment();
    }
  }

  /** Buckets of what never happens would be most of what is scraped: made with the first use. */
  private DistributionDataPoint point(OutcomeKind outcome) {
    DistributionDataPoint known = points.get(outcome);
    return known != null
        ? known
        : points.computeIfAbsent(
            outcome, first -> durations.labelValues(provider, first.wireName()));
  }

  void failover(OutcomeKind outcome) {
    one(failovers, outcome);
  }

  void confirmationFailover() {
    confirmationFailovers.increment();
  }

  void breakerOpened() {
    breakerOpen.increment();
  }

  void lookedUp(String answer) {
    lookups.of(answer).increment();
  }

  AttemptTotals totals() {
    return new AttemptTotals(count.sum(), Math.round(breakerFailure.count()), millis.sum());
  }
}
