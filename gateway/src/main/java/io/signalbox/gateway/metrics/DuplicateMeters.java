package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** What routing policies send twice. Labels are names of policies: bounded. Thread-safe. */
public final class DuplicateMeters {
  private final MeterRegistry registry;
  private final Map<String, AtomicReference<Double>> shares = new ConcurrentHashMap<>();

  /** Makes meters that register with the first use of a policy. */
  public DuplicateMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A notification was not sent again, because its policy's budget is spent. */
  public void budgetSpent(String policy) {
    registry.counter("signalbox.duplicate.budget.spent", "policy", policy).increment();
  }

  /** The share of a policy's notifications that was sent twice in the last hour, 0 to 1. */
  public void share(String policy, double share) {
    shares.computeIfAbsent(policy, this::register).set(share);
  }

  private AtomicReference<Double> register(String policy) {
    AtomicReference<Double> share = new AtomicReference<>(0.0);
    Gauge.builder("signalbox.duplicate.share", share, AtomicReference::get)
        .tag("policy", policy)
        .register(registry);
    return share;
  }
}
