package io.signalbox.gateway.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.gateway.config.QuotaSettings;
import io.signalbox.gateway.ledger.QuotaLedger;
import io.signalbox.gateway.ledger.QuotaLedger.Use;
import io.signalbox.gateway.ledger.QuotaLedger.Whose;
import io.signalbox.gateway.security.Caller.Allowance;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many notifications tenants and API keys may send. All gateways on a ledger count together,
 * through what each takes ahead there. Thread-safe.
 */
public final class Quotas {
  private static final Logger LOG = LoggerFactory.getLogger(Quotas.class);
  private static final int MOST_BUCKETS = 20_000;

  /** A ledger that is slower than that is one that does not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Who is quiet for so long gives back what was taken ahead. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  /** How often it is looked for who is quiet: nobody else may come. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final QuotaLedger ledger;
  private final QuotaSettings settings;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Duration patience;
  private final Cache<Whose, QuotaBucket> buckets;
  private final long timer;
  private volatile boolean closed;

  /**
   * Makes it; it looks after itself until it is closed.
   *
   * @param clock wall time, by which days and months begin
   * @param nanos monotonic time
   */
  public Quotas(
      Vertx vertx, QuotaLedger ledger, QuotaSettings settings, Clock clock, LongSupplier nanos) {
    this(vertx, ledger, settings, clock, nanos, PATIENCE, LOOK);
  }

  /**
   * The same.
   *
   * @param clock wall time, by which days and months begin
   * @param nanos monotonic time
   * @param patience how long a sender waits for the ledger
   * @param look how often it is looked for who is quiet
   */
  public Quotas(
      Vertx vertx,
      QuotaLedger ledger,
      QuotaSettings settings,
      Clock clock,
      LongSupplier nanos,
      Duration patience,
      Duration look) {
    this.patience = patience;
    this.vertx = vertx;
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
    this.nanos = nanos;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_BUCKETS)
            .expireAfterAccess(QUIET)
            .ticker(nanos::getAsLong)
            .executor(Runnable::run)
            .evictionListener(
                (@Nullable Whose whose, @Nullable QuotaBucket bucket, RemovalCause cause) ->
                    giveUp(bucket))
            .build();
    this.timer = vertx.setPeriodic(look.toMillis(), tick -> look());
  }

  /** Has those who are quiet give back. */
  void look() {
    buckets.cleanUp();
  }

  /** Tells how much of the fullest quota is used. */
  public void register(MeterRegistry registry) {
    QuotaGauges.register(registry, buckets.asMap().values(), clock);
  }

  /**
   * Takes notifications off all quotas that hold for a sender.
   *
   * @param allowance of the API key; null if there is none
   * @return what may be sent; on the context of its caller
   */
  public Future<QuotaGrant> take(String tenant, @Nullable Allowance allowance, int count) {
    List<Held> held = isFree(allowance) ? List.of() : held(tenant, allowance);
    if (held.isEmpty()) {
      return Future.succeededFuture(new QuotaGrant(count, List.of()));
    }
    List<QuotaBucket> from = held.stream().map(this::bucket).toList();
    return here(take(from, 0, count)).map(some -> new QuotaGrant(some, from));
  }

  /** Whether nobody need be asked; which is so for all who have configured nothing. */
  private boolean isFree(@Nullable Allowance allowance) {
    return allowance == null && settings.isNone();
  }

  private static Future<Integer> take(List<QuotaBucket> from, int index, int count) {
    if (index == from.size() || count == 0) {
      return Future.succeededFuture(count);
    }
    QuotaBucket bucket = from.get(index);
    return bucket
        .take(count)
        .compose(
            some ->
                take(from, index + 1, some)
                    .map(
                        all -> {
                          bucket.giveBack(some - all);
                          return all;
                        }));
  }

  /** What waited for the ledger goes on where it was. */
  private Future<Integer> here(Future<Integer> taken) {
    if (taken.isComplete()) {
      return taken;
    }
    Context own = vertx.getOrCreateContext();
    Promise<Integer> promise = Promise.promise();
    taken.onComplete(
        some -> own.runOnContext(go -> promise.complete(some)),
        failure -> own.runOnContext(go -> promise.fail(failure)));
    return promise.future();
  }

  /** How it stands with the quota that is nearest to its end; empty if none holds. */
  public Optional<QuotaStanding> nearest(String tenant, @Nullable Allowance allowance) {
    return isFree(allowance)
        ? Optional.empty()
        : held(tenant, allowance).stream()
            .map(each -> standing(each, bucket(each).remaining()))
            // Of those that are all used up one waits for the last.
            .min(
                Comparator.comparingLong(QuotaStanding::remaining)
                    .thenComparing(QuotaStanding::resetSeconds, Comparator.reverseOrder()));
  }

  /** How it stands with the quotas of a tenant and of some of its API keys. */
  public Future<List<QuotaStanding>> standings(String tenant, List<Allowance> keys) {
    List<Held> held = new ArrayList<>();
    LocalDate day = Period.day(clock.millis());
    ofTenant(held, tenant, day);
    keys.forEach(key -> ofKey(held, tenant, key, day));
    if (held.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return ledger
        .uses(tenant, List.of(Period.DAY.key(day), Period.MONTH.key(day)))
        .map(
            uses -> {
              Map<Whose, Long> used =
                  uses.stream().collect(Collectors.toMap(Use::whose, Use::used));
              return held.stream()
                  .map(each -> standing(each, remaining(each, used.getOrDefault(each.whose, 0L))))
                  .toList();
            });
  }

  /** What this gateway has taken ahead may be sent yet. Who only looks is quiet all the same. */
  private long remaining(Held held, long used) {
    QuotaBucket here = buckets.policy().getIfPresentQuietly(held.whose);
    return Math.max(0, held.limit - used + (here == null ? 0 : here.ahead()));
  }

  private QuotaStanding standing(Held held, long remaining) {
    long now = clock.millis();
    LocalDate day = Period.day(now);
    return new QuotaStanding(
        held.whose.apiKey(),
        held.period,
        held.limit,
        remaining,
        held.period.length(day).toSeconds(),
        Math.max(1, (held.period.endMillis(day) - now + 999) / 1000));
  }

  private List<Held> held(String tenant, @Nullable Allowance allowance) {
    List<Held> held = new ArrayList<>(4);
    LocalDate day = Period.day(clock.millis());
    if (allowance != null) {
      ofKey(held, tenant, allowance, day);
    }
    ofTenant(held, tenant, day);
    return held;
  }

  private static void ofKey(List<Held> held, String tenant, Allowance allowance, LocalDate day) {
    add(held, tenant, allowance.key(), Period.DAY, day, allowance.perDay());
    add(held, tenant, allowance.key(), Period.MONTH, day, allowance.perMonth());
  }

  private void ofTenant(List<Held> held, String tenant, LocalDate day) {
    QuotaSettings.Quota quota = settings.of(tenant);
    add(held, tenant, "", Period.DAY, day, quota.perDay());
    add(held, tenant, "", Period.MONTH, day, quota.perMonth());
  }

  private static void add(
      List<Held> held, String tenant, String key, Period period, LocalDate day, long limit) {
    if (limit > 0) {
      held.add(new Held(new Whose(tenant, key, period.key(day)), period, limit));
    }
  }

  private QuotaBucket bucket(Held held) {
    return bucket(held.whose, held.limit);
  }

  private QuotaBucket bucket(Whose whose, long limit) {
    return buckets.get(
        whose, each -> new QuotaBucket(ledger, each, limit, nanos, patience, this::keepLater));
  }

  private void giveUp(@Nullable QuotaBucket bucket) {
    if (bucket != null) {
      bucket
          .giveUp()
          .onFailure(
              failure -> {
                LOG.debug("a quota was not settled: {}", failure.toString());
                keepLater(bucket);
              });
    }
  }

  /** Not at once: who is told of a removal may not change what it was removed from. */
  private void keepLater(QuotaBucket refused) {
    vertx.runOnContext(go -> keep(refused));
  }

  /** What is owed and the ledger was not told is told to it when its owner is quiet again. */
  private void keep(QuotaBucket refused) {
    if (closed) {
      notSettled(refused.whose());
    } else {
      bucket(refused.whose(), refused.limit()).absorb(refused);
    }
  }

  private static void notSettled(Whose whose) {
    LOG.warn(
        "what was taken ahead of a quota of tenant {} for {} was not given back",
        whose.tenant(),
        whose.period());
  }

  /** Gives back what was taken ahead. */
  public Future<Void> close() {
    closed = true;
    vertx.cancelTimer(timer);
    List<Future<Void>> settled =
        buckets.asMap().values().stream()
            .map(bucket -> bucket.giveUp().onFailure(failure -> notSettled(bucket.whose())))
            .toList();
    return Future.join(settled).otherwiseEmpty().mapEmpty();
  }

  /** A quota that holds. */
  private record Held(Whose whose, Period period, long limit) {}
}
