package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** What routing policies send twice. Labels are names of policies: bounded. Thread-safe. */
public final class DuplicateMeters {
  private final MeterRegistry registry;
  private final CountersByTag spent;
  private final Map<String, AtomicReference<Double>> shares = new ConcurrentHashMap<>();

  /** Makes meters that register with the first use of a policy. */
  public DuplicateMeters(MeterRegistry registry) {
    this.registry = registry;
    this.spent =
        new CountersByTag(
            registry,
            "signalbox.duplicate.budget.spent",
            "Notifications that were not sent again, because their policy's budget is spent",
            "policy");
  }

  /** A notification was not sent again, because its policy's budget is spent. */
  public void budgetSpent(String policy) {
    spent.of(policy).increment();
  }

  /** The share of a policy's notifications that was sent twice in the last hour, 0 to 1. */
  public void share(String policy, double share) {
    AtomicReference<Double> known = shares.get(policy);
    if (known == null && shares.size() < CountersByTag.MOST) {
      known = shares.computeIfAbsent(policy, this::register);
    }
    if (known != null) {
      known.set(share);
    }
  }

  private AtomicReference<Double> register(String policy) {
    AtomicReference<Double> share = new AtomicReference<>(0.0);
    Gauge.builder("signalbox.duplicate.share", share, AtomicReference::get)
        .description("The part of a policy's notifications that was sent twice in the last hour")
        .tag("policy", policy)
        .register(registry);
    return share;
  }
}
