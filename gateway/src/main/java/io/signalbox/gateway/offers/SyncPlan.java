package io.signalbox.gateway.offers;

import io.signalbox.gateway.ledger.OfferLedger.OfferSync;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * When the offers of which provider are asked for next: at an interval, give or take a tenth of it,
 * so that several gateways do not ask at the same second for ever; after a failure sooner. A
 * provider that was never asked is due within a second. Thread-confined.
 */
final class SyncPlan {
  /** When it is tried again that a provider gave no offers, unless the interval is shorter. */
  static final Duration AFTER_FAILURE = Duration.ofMinutes(10);

  /** For so long the offers of a provider that is not there any more are kept: it may come back. */
  static final Duration KEPT_WITHOUT_PROVIDER = Duration.ofDays(7);

  private static final double JITTER = 0.1;

  private final long intervalMillis;
  private final RandomGenerator random;
  private final Map<String, Long> syncedAt = new HashMap<>();
  private final Map<String, Long> dueAt = new HashMap<>();

  /**
   * Makes a plan.
   *
   * @param past what was done before
   */
  SyncPlan(List<OfferSync> past, Duration interval, RandomGenerator random) {
    this.intervalMillis = interval.toMillis();
    this.random = random;
    past.forEach(sync -> done(sync.provider(), sync.atMillis()));
  }

  /** The provider that has waited longest; empty if none is due. */
  Optional<String> due(Collection<String> providers, long nowMillis) {
    String longest = null;
    long since = nowMillis;
    for (String provider : providers) {
      long at = dueAt.getOrDefault(provider, 0L);
      if (at < since || (at == since && longest == null)) {
        longest = provider;
        since = at;
      }
    }
    return Optional.ofNullable(longest);
  }

  /** A round over the offers of a provider has ended well. */
  void done(String provider, long atMillis) {
    syncedAt.put(provider, atMillis);
    dueAt.put(provider, atMillis + jittered(intervalMillis));
  }

  /** A provider gave no offers. */
  void failed(String provider, long atMillis) {
    dueAt.put(provider, atMillis + jittered(Math.min(intervalMillis, AFTER_FAILURE.toMillis())));
  }

  private long jittered(long millis) {
    return Math.round(millis * (1 - JITTER + 2 * JITTER * random.nextDouble()));
  }

  /** A provider whose offers were asked for long ago and which is not there; empty for none. */
  Optional<String> gone(Set<String> living, long nowMillis) {
    long before = nowMillis - KEPT_WITHOUT_PROVIDER.toMillis();
    return syncedAt.entrySet().stream()
        .filter(sync -> sync.getValue() < before && !living.contains(sync.getKey()))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }

  /** Nothing of a provider is stored any more. */
  void forget(String provider) {
    syncedAt.remove(provider);
    dueAt.remove(provider);
  }
}
