package io.signalbox.gateway.shared;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.BreakerMessages.BreakerAgreed;
import io.signalbox.gateway.bus.BreakerMessages.BreakerDecided;
import io.signalbox.gateway.bus.BreakerMessages.BreakersAsked;
import io.signalbox.gateway.bus.BreakerMessages.BreakersLook;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.redis.RedisLink;
import io.signalbox.gateway.redis.RedisScript;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the breakers of all gateways on one Redis agree: what one decides is put into a hash, where
 * the newer state wins, and each reads the hash twice a second. So an opening reaches the others in
 * less than a second, and what they know stands again after Redis was lost or came back empty.
 * Without Redis every gateway goes on with what it knows.
 */
public final class SharedBreakersVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(SharedBreakersVerticle.class);

  /** Half of the second within which the nodes are to agree. */
  private static final long PULL_MILLIS = 500;

  private static final RedisScript AGREE =
      RedisScript.of(SharedBreakersVerticle.class, "agree-breaker.lua");

  private final Bus bus;
  private final RedisLink redis;
  private final PolledHash hash;
  private final Map<String, String> seen = new HashMap<>();

  /** Told by this gateway's breakers since they were last asked, so that a gap is noticed. */
  private final Set<String> told = new HashSet<>();

  private boolean owed;
  private boolean complained;

  /**
   * Makes it.
   *
   * @param prefix of its key in Redis
   */
  public SharedBreakersVerticle(Bus bus, RedisLink redis, String prefix) {
    this.bus = bus;
    this.redis = redis;
    this.hash = new PolledHash(redis, prefix + ":breakers", this::pulled);
  }

  @Override
  public Future<?> start() {
    bus.listen(Addresses.BREAKERS_DECIDED, BreakerDecided.class, this::push);
    bus.listen(Addresses.BREAKERS_LOOK, BreakersLook.class, look -> hash.pull());
    hash.start(vertx, context, PULL_MILLIS, this::begin);
    return Future.succeededFuture();
  }

  private void begin() {
    seen.clear();
    told.clear();
    owed = false;
    bus.publish(Addresses.BREAKERS_ASKED, new BreakersAsked());
  }

  private void push(BreakerDecided decided) {
    told.add(decided.provider());
    if (!redis.isUp()) {
      return; // Asked for when it is back.
    }
    String provider = decided.provider();
    String ours = BreakerForm.encode(decided.snapshot());
    redis
        .send(
            AGREE
                .on(hash.key())
                .arg(provider)
                .arg(decided.snapshot().generation())
                .arg(BreakerForm.rank(decided.snapshot()))
                .arg(decided.snapshot().openUntilMillis())
                .arg(ours))
        .map(Response::toString)
        .onSuccess(winner -> pushed(provider, ours, winner))
        .onFailure(
            failure -> {
              owed = true;
              if (!complained) {
                // Once, not with each of the trials that follow.
                complained = true;
                LOG.warn("the breaker of {} was not shared: {}", provider, failure.toString());
              }
            });
  }

  /** Who lost may not have heard of the winner, however long that has been known here. */
  private void pushed(String provider, String ours, String winner) {
    complained = false;
    seen.put(provider, winner);
    if (!winner.equals(ours)) {
      tell(provider, winner);
    }
  }

  private void pulled(Response all) {
    for (String provider : all.getKeys()) {
      String state = all.get(provider).toString();
      if (!state.equals(seen.put(provider, state))) {
        tell(provider, state);
      }
    }
    seen.keySet().retainAll(all.getKeys());
    if (owed || !all.getKeys().containsAll(told)) {
      begin();
    }
  }

  private void tell(String provider, String state) {
    BreakerForm.decode(state)
        .ifPresentOrElse(
            snapshot ->
                bus.publish(Addresses.BREAKERS_AGREED, new BreakerAgreed(provider, snapshot)),
            () -> LOG.warn("the shared breaker of {} cannot be read: {}", provider, state));
  }
}
