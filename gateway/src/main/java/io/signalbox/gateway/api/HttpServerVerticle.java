package io.signalbox.gateway.api;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import org.jspecify.annotations.Nullable;

/** One event loop that serves the HTTP API; its instances share the port. */
final class HttpServerVerticle extends VerticleBase {
  /** Instances of one deployment that ask for this port share one free port. */
  private static final int FREE_SHARED_PORT = -1;

  private final HttpServerOptions options;
  private final ApiRouter routes;
  private @Nullable HttpServer server;

  /**
   * Makes it.
   *
   * @param options with host and port; port 0 takes a free one
   */
  HttpServerVerticle(HttpServerOptions options, ApiRouter routes) {
    this.options = options;
    this.routes = routes;
  }

  @Override
  public Future<?> start() {
    HttpServer created = vertx.createHttpServer(options).requestHandler(routes.create(vertx));
    server = created;
    int port = options.getPort();
    return created.listen(port == 0 ? FREE_SHARED_PORT : port, options.getHost());
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

  /** Puts another certificate in force, for all instances on the port. */
  Future<Boolean> update(ServerSSLOptions tls) {
    HttpServer running = server;
    return running == null
        ? Future.failedFuture("the server is not up")
        : running.updateSSLOptions(tls, true);
  }
}
