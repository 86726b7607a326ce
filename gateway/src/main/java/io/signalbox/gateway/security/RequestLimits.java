package io.signalbox.gateway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.gateway.config.SecuritySettings.RequestRates;
import io.signalbox.scoring.rate.TokenBucket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many requests a tenant, and a single caller, may make in a second: a bucket each that holds
 * what flows in during one second. Buckets of those who are quiet go, which costs nothing, for they
 * are full. Counts what reaches this gateway alone. Thread-safe.
 */
public final class RequestLimits {
  private static final int MOST_BUCKETS = 10_000;
  private static final long QUIET_MILLIS = 60_000;

  private final LongSupplier nanos;
  private final @Nullable Buckets tenants;
  private final @Nullable Buckets callers;

  /**
   * Makes it; a rate of 0 limits nothing.
   *
   * @param nanos monotonic time, such as {@link System#nanoTime}: wall time that goes back would
   *     stop all requests until it has caught up
   */
  public RequestLimits(RequestRates rates, LongSupplier nanos) {
    this.nanos = nanos;
    tenants = rates.perTenant() > 0 ? new Buckets("tenant", rates.perTenant(), nanos) : null;
    callers = rates.perCaller() > 0 ? new Buckets("caller", rates.perCaller(), nanos) : null;
  }

  /**
   * Counts a request.
   *
   * @return how it stands with the limit that is nearer to its end; null if nothing is limited
   */
  public @Nullable Standing take(Caller caller) {
    Buckets ofTenants = tenants;
    Buckets ofCallers = callers;
    if (ofTenants == null && ofCallers == null) {
      return null;
    }
    long nowMillis = TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
    Standing own =
        ofCallers == null
            ? null
            : ofCallers.take(caller.tenant() + '\n' + caller.actor(), nowMillis);
    // What a caller was refused takes nothing from the others of its tenant.
    if (ofTenants == null || (own != null && !own.allowed())) {
      return own;
    }
    Standing whole = ofTenants.take(caller.tenant(), nowMillis);
    return own == null || !whole.allowed() || whole.remaining() < own.remaining() ? whole : own;
  }

  /**
   * How it stands with a limit.
   *
   * @param limit its name
   * @param quota how many requests may come at once after a pause
   * @param windowMillis in which so many flow in
   * @param remaining how many may come now
   * @param waitMillis how long until one may come; 0 for now
   * @param allowed whether the request that was counted may be made
   */
  public record Standing(
      String limit,
      long quota,
      long windowMillis,
      long remaining,
      long waitMillis,
      boolean allowed) {}

  private static final class Buckets {
    private final String name;
    private final double perSecond;
    private final long quota;
    private final long windowMillis;
    private final Cache<String, TokenBucket> buckets;

    Buckets(String name, double perSecond, LongSupplier nanos) {
      this.name = name;
      this.perSecond = perSecond;
      this.quota = (long) Math.max(1, perSecond);
      this.windowMillis = perSecond < 1 ? (long) Math.ceil(1000 / perSecond) : 1000;
      // A bucket that went before it was full would come back full.
      this.buckets =
          Caffeine.newBuilder()
              .maximumSize(MOST_BUCKETS)
              .expireAfterAccess(Duration.ofMillis(Math.max(QUIET_MILLIS, windowMillis)))
              .ticker(nanos::getAsLong)
              .build();
    }

    Standing take(String whose, long nowMillis) {
      TokenBucket bucket = buckets.get(whose, first -> TokenBucket.ofSecond(perSecond, nowMillis));
      synchronized (bucket) {
        boolean allowed = bucket.take(nowMillis);
        return new Standing(
            name,
            quota,
            windowMillis,
            bucket.left(nowMillis),
            bucket.nextTokenAtMillis(nowMillis) - nowMillis,
            allowed);
      }
    }
  }
}
