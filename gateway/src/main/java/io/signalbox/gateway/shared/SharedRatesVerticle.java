package io.signalbox.gateway.shared;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.RateMessages.PermitsTaken;
import io.signalbox.gateway.bus.RateMessages.RatesShared;
import io.signalbox.gateway.bus.RateMessages.TakePermits;
import io.signalbox.gateway.redis.RedisLink;
import io.signalbox.gateway.redis.RedisScript;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rates of providers for all gateways of one Redis: it holds a bucket for each provider,
 * from which gateways take permits ahead, and counts the gateways that live. Without Redis each
 * keeps to its part of every rate, by the number that it last knew.
 */
public final class SharedRatesVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(SharedRatesVerticle.class);
  private static final RedisScript TAKE =
      RedisScript.of(SharedRatesVerticle.class, "take-permits.lua");
  private static final RedisScript COUNT =
      RedisScript.of(SharedRatesVerticle.class, "count-gateways.lua");
  private static final long SIGN_MILLIS = 1_000;
  private static final long GONE_AFTER_MILLIS = 5_000;

  /** A Redis that came back empty has yet to hear of the others. */
  private static final int SIGNS_TO_BELIEVE_FEWER = 8;

  private static final Duration BUCKET_KEPT = Duration.ofDays(1);

  private final Bus bus;
  private final RedisLink redis;
  private final String prefix;
  private final String run;
  private int nodes = 1;
  private int fewerSeen;
  private RatesShared told = new RatesShared(false, 1);

  /**
   * Makes it.
   *
   * @param prefix of its keys in Redis
   * @param run tells this run of this gateway apart from all others
   */
  public SharedRatesVerticle(Bus bus, RedisLink redis, String prefix, String run) {
    this.bus = bus;
    this.redis = redis;
    this.prefix = prefix;
    this.run = run;
  }

  @Override
  public Future<?> start() {
    bus.answer(Addresses.PERMITS, TakePermits.class, this::take);
    redis.onChange(up -> context.runOnContext(go -> sign()));
    // Ends with the verticle's context.
    vertx.setPeriodic(SIGN_MILLIS, due -> sign());
    return sign();
  }

  /** Lets the others know at once that there is one less. */
  @Override
  public Future<?> stop() {
    return redis
        .send(Request.cmd(Command.ZREM).arg(prefix + ":gateways").arg(run))
        .onFailure(failure -> LOG.debug("the end was not told: {}", failure.toString()))
        .otherwiseEmpty();
  }

  private Future<Void> sign() {
    if (!redis.isUp()) {
      tell(false);
      return Future.succeededFuture();
    }
    return redis
        .send(COUNT.on(prefix + ":gateways").arg(run).arg(GONE_AFTER_MILLIS))
        .<Void>map(
            living -> {
              counted((int) Math.max(1, WireNumber.of(living)));
              tell(true);
              return null;
            })
        .recover(
            failure -> {
              if (told.shared()) {
                LOG.warn("rates are not shared: {}", failure.toString());
              }
              tell(false);
              return Future.succeededFuture();
            });
  }

  private void counted(int living) {
    fewerSeen = living < nodes ? fewerSeen + 1 : 0;
    if (living > nodes || fewerSeen > SIGNS_TO_BELIEVE_FEWER) {
      nodes = living;
      fewerSeen = 0;
    }
  }

  private void tell(boolean shared) {
    RatesShared now = new RatesShared(shared, nodes);
    if (!now.equals(told)) {
      told = now;
      bus.publish(Addresses.RATES_SHARED, now);
    }
  }

  private Future<PermitsTaken> take(TakePermits wish) {
    return redis
        .send(
            TAKE.on(prefix + ":permits:" + wish.provider())
                .arg(Double.toString(wish.perSecond()))
                .arg(Double.toString(wish.capacity()))
                .arg(wish.wanted())
                .arg(BUCKET_KEPT.toMillis()))
        .map(
            answer ->
                new PermitsTaken(
                    (int) Math.max(0, WireNumber.of(answer.get(0))), WireNumber.of(answer.get(1))))
        .recover(
            failure ->
                Future.failedFuture(
                    new GatewayException(503, "no permits: " + failure.getMessage())));
  }
}
