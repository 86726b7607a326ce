package io.signalbox.gateway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.scoring.rate.TokenBucket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many credentials may be refused that come from one address: 100 at once, and 20 a second.
 * Beyond that nothing unknown from there is looked at, so that guessing costs the guesser more than
 * us. Addresses of IPv6 count by their first 64 bits, for whoever has one has all of these.
 * Thread-safe.
 */
final class RefusalLimits {
  private static final double PER_SECOND = 20;
  private static final double AT_ONCE = 100;
  private static final int MOST_ADDRESSES = 10_000;
  private static final int GROUPS = 8;
  private static final int NETWORK_GROUPS = 4;

  /** Longer than a bucket takes to fill: one that goes is full. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final LongSupplier nanos;
  private final Cache<String, TokenBucket> buckets;

  /**
   * Makes it.
   *
   * @param nanos monotonic time
   */
  RefusalLimits(LongSupplier nanos) {
    this.nanos = nanos;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .expireAfterAccess(QUIET)
            .ticker(nanos::getAsLong)
            .build();
  }

  /** Whether so many were refused that no other is looked at now. */
  boolean isShut(String address) {
    TokenBucket bucket = buckets.getIfPresent(network(address));
    if (bucket == null) {
      return false;
    }
    synchronized (bucket) {
      return !bucket.hasToken(nowMillis());
    }
  }

  /** Counts one that was refused. */
  void refused(String address) {
    long now = nowMillis();
    TokenBucket bucket =
        buckets.get(network(address), first -> new TokenBucket(PER_SECOND, AT_ONCE, now));
    synchronized (bucket) {
      bucket.take(now);
    }
  }

  private long nowMillis() {
    return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
  }

  private static String network(String address) {
    String[] groups = address.split(":", -1);
    return groups.length == GROUPS
        ? String.join(":", List.of(groups).subList(0, NETWORK_GROUPS))
        : address;
  }
}
