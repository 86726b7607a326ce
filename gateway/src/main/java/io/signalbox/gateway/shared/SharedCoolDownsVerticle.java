package io.signalbox.gateway.shared;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.RateMessages.CoolDownsAsked;
import io.signalbox.gateway.bus.RateMessages.CoolsDown;
import io.signalbox.gateway.bus.RateMessages.CoolsDownElsewhere;
import io.signalbox.gateway.redis.RedisLink;
import io.signalbox.gateway.redis.RedisScript;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets all gateways of one Redis heed what a provider has told one of them: that it wants no work
 * for a while. The times stand in a hash, the later wins, and each gateway reads it a few times in
 * a second.
 */
public final class SharedCoolDownsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(SharedCoolDownsVerticle.class);
  private static final RedisScript KEEP_LATER =
      RedisScript.of(SharedCoolDownsVerticle.class, "keep-later.lua");
  private static final long PULL_MILLIS = 400;

  /** Many attempts are refused at about the same time: the first tells enough. */
  private static final long WORTH_TELLING_MILLIS = 50;

  private final Bus bus;
  private final RedisLink redis;
  private final PolledHash hash;
  private final long longestMillis;
  private final Map<String, Long> known = new HashMap<>();

  /**
   * Makes it.
   *
   * @param prefix of its key in Redis
   * @param longest for how long a provider may be kept waiting at most
   */
  public SharedCoolDownsVerticle(Bus bus, RedisLink redis, String prefix, Duration longest) {
    this.bus = bus;
    this.redis = redis;
    this.hash = new PolledHash(redis, prefix + ":cool-downs", this::pulled);
    this.longestMillis = longest.toMillis();
  }

  @Override
  public Future<?> start() {
    bus.listen(Addresses.COOL_DOWNS, CoolsDown.class, this::push);
    hash.start(vertx, context, PULL_MILLIS, this::begin);
    return Future.succeededFuture();
  }

  private void begin() {
    known.clear();
    bus.publish(Addresses.COOL_DOWNS_ASKED, new CoolDownsAsked());
  }

  private void push(CoolsDown news) {
    if (!redis.isUp()
        || known.getOrDefault(news.provider(), 0L) + WORTH_TELLING_MILLIS > news.untilMillis()) {
      return;
    }
    known.put(news.provider(), news.untilMillis());
    redis
        .send(
            KEEP_LATER
                .on(hash.key())
                .arg(news.provider())
                .arg(news.untilMillis())
                .arg(longestMillis))
        .onFailure(
            failure -> {
              known.remove(news.provider());
              LOG.debug("a cool-down was not shared: {}", failure.toString());
            });
  }

  private void pulled(Response all) {
    // What is over there is told anew if it comes again.
    known.keySet().retainAll(all.getKeys());
    for (String provider : all.getKeys()) {
      long until = WireNumber.of(all.get(provider));
      if (until > known.getOrDefault(provider, 0L)) {
        known.put(provider, until);
        bus.publish(Addresses.COOL_DOWNS_ELSEWHERE, new CoolsDownElsewhere(provider, until));
      }
    }
  }
}
