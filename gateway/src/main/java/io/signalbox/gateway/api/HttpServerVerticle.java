package io.signalbox.gateway.api;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop that serves the HTTP API; its instances share the port. */
final class HttpServerVerticle extends VerticleBase {
  private static final int IDLE_SECONDS = 75;

  /** Instances of one deployment that ask for this port share one free port. */
  private static final int FREE_SHARED_PORT = -1;

  private final ApiServices services;
  private final ApiRouter routes;
  private @Nullable HttpServer server;

  HttpServerVerticle(ApiServices services, ApiRouter routes) {
    this.services = services;
    this.routes = routes;
  }

  @Override
  public Future<?> start() {
    Router router = routes.create(vertx);
    int port = services.config().http().port();
    HttpServer created =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHandle100ContinueAutomatically(true)
                    .setIdleTimeout(IDLE_SECONDS)
                    .setIdleTimeoutUnit(TimeUnit.SECONDS))
            .requestHandler(router);
    server = created;
    return created.listen(port == 0 ? FREE_SHARED_PORT : port, services.config().http().host());
  }

  @Override
  public Future<?> stop() {
    HttpServer running = server;
    return running == null ? Future.succeededFuture() : running.close();
  }

  /** The port that it listens on, once started. */
  int port() {
    HttpServer running = server;
    return running == null ? 0 : running.actualPort();
  }
}
