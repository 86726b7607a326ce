package io.signalbox.gateway.shared;

import io.signalbox.gateway.redis.RedisLink;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hash in Redis in which all gateways put what they know, and which each reads a few times in a
 * second. Used on one verticle's context, with which it ends.
 */
final class PolledHash {
  private static final Logger LOG = LoggerFactory.getLogger(PolledHash.class);

  private final RedisLink redis;
  private final String key;
  private final Consumer<Response> taker;
  private boolean pulling;

  /**
   * Makes it; nothing is read before {@link #start}.
   *
   * @param taker gets all fields each time
   */
  PolledHash(RedisLink redis, String key, Consumer<Response> taker) {
    this.redis = redis;
    this.key = key;
    this.taker = taker;
  }

  String key() {
    return key;
  }

  /**
   * Begins to read.
   *
   * @param begin run now and whenever Redis is back: it may have forgotten everything, or know what
   *     was told while it was away
   */
  void start(Vertx vertx, Context context, long everyMillis, Runnable begin) {
    vertx.setPeriodic(everyMillis, due -> pull());
    redis.onChange(
        up -> {
          if (up) {
            context.runOnContext(go -> begin.run());
          }
        });
    begin.run();
  }

  /** Reads it now, unless Redis is away or an answer is waited for. */
  void pull() {
    if (pulling || !redis.isUp()) {
      return;
    }
    pulling = true;
    redis
        .send(Request.cmd(Command.HGETALL).arg(key))
        .onSuccess(taker::accept)
        .onFailure(failure -> LOG.debug("{} was not read: {}", key, failure.toString()))
        .onComplete(done -> pulling = false);
  }
}
