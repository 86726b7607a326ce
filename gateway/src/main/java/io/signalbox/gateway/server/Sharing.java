package io.signalbox.gateway.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.config.RedisSettings;
import io.signalbox.gateway.redis.RedisLink;
import io.signalbox.gateway.shared.SharedBreakersVerticle;
import io.signalbox.gateway.shared.SharedCoolDownsVerticle;
import io.signalbox.gateway.shared.SharedHealthVerticle;
import io.signalbox.gateway.shared.SharedRatesVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What this gateway shares with others, if it has a Redis. Thread-safe. */
final class Sharing {
  private final Vertx vertx;
  private final Verticles verticles;
  private final Bus bus;
  private final RedisSettings settings;
  private final MeterRegistry registry;
  private final Clock clock;
  private volatile @Nullable RedisLink redis;

  Sharing(
      Vertx vertx,
      Verticles verticles,
      Bus bus,
      RedisSettings settings,
      MeterRegistry registry,
      Clock clock) {
    this.vertx = vertx;
    this.verticles = verticles;
    this.bus = bus;
    this.settings = settings;
    this.registry = registry;
    this.clock = clock;
  }

  /** Begins to share; a Redis that is not there does not keep the gateway from starting. */
  Future<Void> start() {
    return settings.isConfigured()
        ? RedisLink.of(vertx, settings).compose(this::start)
        : Future.succeededFuture();
  }

  private Future<Void> start(RedisLink link) {
    redis = link;
    Gauge.builder("redis_health", link, each -> each.isUp() ? 1 : 0)
        .description("Whether Redis answers: 1 if it does.")
        .register(registry);
    String prefix = settings.prefix();
    String run = UUID.randomUUID().toString();
    return link.start()
        .compose(
            tried ->
                verticles.start(
                    Verticles.SHARED_BREAKERS, new SharedBreakersVerticle(bus, link, prefix)))
        .compose(
            started ->
                verticles.start(
                    Verticles.SHARED_HEALTH,
                    new SharedHealthVerticle(bus, link, prefix, run, clock)))
        .compose(
            started ->
                verticles.start(
                    Verticles.SHARED_RATES, new SharedRatesVerticle(bus, link, prefix, run)))
        .compose(
            started ->
                verticles.start(
                    Verticles.SHARED_COOL_DOWNS, new SharedCoolDownsVerticle(bus, link, prefix)));
  }

  /** Shares nothing more. */
  Future<Void> stop() {
    return verticles
        .stop(Verticles.SHARED_BREAKERS)
        .compose(done -> verticles.stop(Verticles.SHARED_HEALTH))
        .compose(done -> verticles.stop(Verticles.SHARED_RATES))
        .compose(done -> verticles.stop(Verticles.SHARED_COOL_DOWNS))
        .compose(done -> StopStep.run("redis", redis, RedisLink::close));
  }
}
