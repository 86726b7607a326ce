package io.signalbox.gateway.api;

import io.signalbox.gateway.health.LoopLag;
import io.signalbox.gateway.health.Pressure;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop that serves a port; its instances share the port. */
final class HttpServerVerticle extends VerticleBase {
  private final HttpServerOptions options;
  private final int port;
  private final ApiRouter routes;
  private final Front front;
  private final Entrance entrance;
  private final Pressure pressure;
  private final Duration drain;
  private @Nullable LoopLag lag;
  private @Nullable HttpServer server;

  /**
   * Makes it.
   *
   * @param options with the host
   * @param port to listen on; instances that ask for the same number below 0 share a free one
   * @param entrance this instance's own
   * @param pressure is told how late this event loop is
   * @param drain how long a stop waits for the answers to requests under way
   */
  HttpServerVerticle(
      HttpServerOptions options,
      int port,
      ApiRouter routes,
      Front front,
      Entrance entrance,
      Pressure pressure,
      Duration drain) {
    this.options = options;
    this.port = port;
    this.routes = routes;
    this.front = front;
    this.entrance = entrance;
    this.pressure = pressure;
    this.drain = drain;
  }

  @Override
  public Future<?> start() {
    HttpServer created =
        vertx
            .createHttpServer(options)
            .connectionHandler(entrance::connected)
            .invalidRequestHandler(ifItPasses(Refusals::malformed))
            .requestHandler(ifItPasses(routes.create(vertx, front, entrance)));
    server = created;
    LoopLag measured = pressure.loop(System.nanoTime());
    lag = measured;
    vertx.setPeriodic(LoopLag.EVERY, tick -> tick(measured, System.nanoTime()));
    return created.listen(port, options.getHost());
  }

  private Handler<HttpServerRequest> ifItPasses(Handler<HttpServerRequest> next) {
    return request -> {
      if (entrance.passes(request)) {
        next.handle(request);
      }
    };
  }

  private void tick(LoopLag measured, long nowNanos) {
    measured.tick(nowNanos);
    pressure.look(nowNanos);
  }

  /** Listens no more; connections end with the request that is under way, idle ones at once. */
  @Override
  public Future<?> stop() {
    LoopLag measured = lag;
    if (measured != null) {
      pressure.leave(measured);
    }
    HttpServer running = server;
    return running == null
        ? Future.succeededFuture()
        : running.shutdown(drain.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The port that it listens on, once started. */
  int port() {
    HttpServer running = server;
    return running == null ? 0 : running.actualPort();
  }

  /** Puts another certificate in force, for all instances on the port. */
  Future<Boolean> update(ServerSSLOptions tls) {
    HttpServer running = server;
    return running == null
        ? Future.failedFuture("the server is not up")
        : running.updateSSLOptions(tls, true);
  }
}
