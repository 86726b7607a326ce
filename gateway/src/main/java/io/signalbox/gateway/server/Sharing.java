package io.signalbox.gateway.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.health.CheckReport;
import io.signalbox.gateway.health.HealthCheck;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.queue.DeliveryQueue;
import io.signalbox.gateway.queue.LedgerQueue;
import io.signalbox.gateway.queue.RedisQueue;
import io.signalbox.gateway.redis.RedisLink;
import io.signalbox.gateway.shared.SharedBreakersVerticle;
import io.signalbox.gateway.shared.SharedCoolDownsVerticle;
import io.signalbox.gateway.shared.SharedHealthVerticle;
import io.signalbox.gateway.shared.SharedRatesVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What this gateway shares with others, if it has a Redis. Thread-safe. */
final class Sharing {
  private static final Duration CHECK_TIMEOUT = Duration.ofMillis(500);

  private final Vertx vertx;
  private final Verticles verticles;
  private final Bus bus;
  private final GatewayConfig config;
  private final MeterRegistry registry;
  private final Clock clock;
  private volatile @Nullable RedisLink redis;
  private volatile @Nullable RedisLink reading;
  private volatile @Nullable RedisGauges gauges;

  Sharing(
      Vertx vertx,
      Verticles verticles,
      Bus bus,
      GatewayConfig config,
      MeterRegistry registry,
      Clock clock) {
    this.vertx = vertx;
    this.verticles = verticles;
    this.bus = bus;
    this.config = config;
    this.registry = registry;
    this.clock = clock;
  }

  /** Connects; a Redis that is not there does not keep the gateway from starting. */
  Future<Void> open() {
    if (!config.redis().isConfigured()) {
      return Future.succeededFuture();
    }
    return RedisLink.of(vertx, config.redis())
        .compose(
            link -> {
              redis = link;
              Gauge.builder("redis_health", link, each -> each.isUp() ? 1 : 0)
                  .description("Whether Redis answers: 1 if it does.")
                  .register(registry);
              gauges = RedisGauges.start(vertx, link, registry);
              return link.start();
            })
        .compose(tried -> config.queuesInRedis() ? openReading() : Future.succeededFuture());
  }

  /** Questions that wait in Redis for entries must not hold up others. */
  private Future<Void> openReading() {
    return RedisLink.of(vertx, config.redis())
        .compose(
            link -> {
              reading = link;
              return link.start();
            });
  }

  /** Makes the dispatcher's queue over an open ledger. */
  Supplier<DeliveryQueue> queues(Ledger ledger) {
    RedisLink link = redis;
    RedisLink forReading = reading;
    if (link == null || forReading == null) {
      return () -> new LedgerQueue(ledger, config.dispatch(), clock);
    }
    String consumer = "gateway-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    QueueGauges meter = new QueueGauges(registry);
    return () -> new RedisQueue(vertx, link, forReading, consumer, ledger, config, clock, meter);
  }

  /** What goes on without Redis; empty if it answers or is not used. */
  String trouble() {
    RedisLink link = redis;
    if (link == null || link.isUp()) {
      return "";
    }
    return config.queuesInRedis()
        ? "Redis does not answer: the queue goes on from the ledger, and what gateways know of"
            + " providers is not shared"
        : "Redis does not answer: what gateways know of providers is not shared";
  }

  /** Asks Redis whether it answers; it is not asked twice at a time. */
  HealthCheck check() {
    return new HealthCheck("redis", CHECK_TIMEOUT, this::checked);
  }

  private Future<CheckReport> checked() {
    RedisLink link = redis;
    RedisGauges known = gauges;
    if (link == null || known == null) {
      return Future.succeededFuture(CheckReport.unused("redis.urls is not set"));
    }
    return link.isUp()
        ? link.send(Request.cmd(Command.PING)).map(pong -> CheckReport.up(known.figures()))
        : Future.succeededFuture(CheckReport.down(trouble(), new JsonObject()));
  }

  /** Begins to share what is known of providers. */
  Future<Void> start() {
    RedisLink link = redis;
    return link == null ? Future.succeededFuture() : start(link);
  }

  private Future<Void> start(RedisLink link) {
    String prefix = config.redis().prefix();
    String run = UUID.randomUUID().toString();
    return verticles
        .start(Verticles.SHARED_BREAKERS, new SharedBreakersVerticle(bus, link, prefix))
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
                    Verticles.SHARED_COOL_DOWNS,
                    new SharedCoolDownsVerticle(
                        bus, link, prefix, config.dispatch().coolDownMax())));
  }

  /** Shares nothing more; the queue must be closed. */
  Future<Void> stop() {
    return verticles
        .stop(Verticles.SHARED_BREAKERS)
        .compose(done -> verticles.stop(Verticles.SHARED_HEALTH))
        .compose(done -> verticles.stop(Verticles.SHARED_RATES))
        .compose(done -> verticles.stop(Verticles.SHARED_COOL_DOWNS))
        .compose(done -> StopStep.now("gauges of Redis", gauges, RedisGauges::close))
        .compose(done -> StopStep.run("reading from Redis", reading, RedisLink::close))
        .compose(done -> StopStep.run("redis", redis, RedisLink::close));
  }
}
