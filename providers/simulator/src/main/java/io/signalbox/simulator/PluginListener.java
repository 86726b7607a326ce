package io.signalbox.simulator;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** The listening socket of one plugin; it can be closed and opened again on the same port. */
final class PluginListener {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int REOPEN_TRIES = 50;
  private static final long REOPEN_PAUSE_MILLIS = 100;

  private final Vertx vertx;
  private final boolean gunzip;
  private final Handler<HttpServerRequest> handler;
  private int port;
  private @Nullable HttpServer server;
  private Future<Void> lastChange = Future.succeededFuture();

  PluginListener(Vertx vertx, int port, boolean gunzip, Handler<HttpServerRequest> handler) {
    this.vertx = vertx;
    this.port = port;
    this.gunzip = gunzip;
    this.handler = handler;
  }

  String url() {
    return "http://" + LOOPBACK + ":" + port;
  }

  /** Listens for the first time; a port of 0 becomes a free one, which is then kept. */
  Future<Void> start() {
    return listen();
  }

  /** Opens or closes the socket; changes follow one another in the order of the calls. */
  Future<Void> setOpen(boolean open) {
    Future<Void> change = lastChange.transform(before -> open ? reopen(REOPEN_TRIES) : close());
    lastChange = change;
    return change;
  }

  private Future<Void> reopen(int tries) {
    if (server != null) {
      return Future.succeededFuture();
    }
    // While the port was closed, an outgoing connection of another process may sit on it.
    return listen()
        .recover(
            e ->
                e instanceof BindException && tries > 1
                    ? vertx.timer(REOPEN_PAUSE_MILLIS).compose(fired -> reopen(tries - 1))
                    : Future.failedFuture(e));
  }

  private Future<Void> listen() {
    HttpServer opened =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(LOOPBACK)
                    .setPort(port)
                    .setTcpNoDelay(true)
                    .setHandle100ContinueAutomatically(true)
                    .setDecompressionSupported(gunzip))
            .requestHandler(handler);
    return opened
        .listen()
        .map(
            listening -> {
              server = listening;
              port = listening.actualPort();
              return null;
            });
  }

  private Future<Void> close() {
    HttpServer open = server;
    server = null;
    return open == null ? Future.succeededFuture() : open.close();
  }
}
