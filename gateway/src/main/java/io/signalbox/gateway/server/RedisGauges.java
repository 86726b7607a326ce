package io.signalbox.gateway.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.gateway.redis.RedisLink;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Redis says of itself, asked at intervals. Thread-safe. */
final class RedisGauges {
  private static final Logger LOG = LoggerFactory.getLogger(RedisGauges.class);
  private static final long ASK_MILLIS = TimeUnit.SECONDS.toMillis(15);

  private final Vertx vertx;
  private final RedisLink redis;
  private final long timer;
  private volatile double clients = Double.NaN;
  private volatile double memoryBytes = Double.NaN;

  private RedisGauges(Vertx vertx, RedisLink redis, MeterRegistry registry) {
    this.vertx = vertx;
    this.redis = redis;
    Gauge.builder("redis_connected_clients", this, gauges -> gauges.clients)
        .description("Clients of Redis, as it last said; of one node of a cluster.")
        .register(registry);
    Gauge.builder("redis_memory_used_bytes", this, gauges -> gauges.memoryBytes)
        .description("Memory that Redis uses, as it last said; of one node of a cluster.")
        .register(registry);
    redis.onChange(
        up -> {
          if (up) {
            ask();
          } else {
            clients = Double.NaN;
            memoryBytes = Double.NaN;
          }
        });
    this.timer = vertx.setPeriodic(ASK_MILLIS, due -> ask());
  }

  static RedisGauges start(Vertx vertx, RedisLink redis, MeterRegistry registry) {
    return new RedisGauges(vertx, redis, registry);
  }

  /** What it last said. */
  JsonObject figures() {
    JsonObject figures = new JsonObject();
    if (!Double.isNaN(clients)) {
      figures.put("connected_clients", (long) clients).put("memory_used_bytes", (long) memoryBytes);
    }
    return figures;
  }

  private void ask() {
    if (redis.isUp()) {
      redis
          .send(Request.cmd(Command.INFO))
          .onSuccess(
              info -> {
                String text = info.toString();
                clients = figure(text, "connected_clients:");
                memoryBytes = figure(text, "used_memory:");
              })
          .onFailure(failure -> LOG.debug("Redis did not tell how it is", failure));
    }
  }

  private static double figure(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length()).strip()))
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Asks no more. */
  void close() {
    vertx.cancelTimer(timer);
  }
}
