package io.signalbox.simulator;

import io.signalbox.simulator.core.ListenHost;
import io.signalbox.simulator.core.OpenPort;
import io.signalbox.simulator.core.PluginFront;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** The listening socket of one plugin; it can be closed and opened again on the same port. */
final class PluginListener {
  private static final int REOPEN_TRIES = 50;
  private static final long REOPEN_PAUSE_MILLIS = 100;

  private final Vertx vertx;
  private final PluginFront front;
  private final ListenHost host;
  private int port;
  private @Nullable OpenPort open;
  private Future<Void> lastChange = Future.succeededFuture();

  PluginListener(Vertx vertx, ListenHost host, int port, PluginFront front) {
    this.vertx = vertx;
    this.host = host;
    this.port = port;
    this.front = front;
  }

  String url() {
    return host.url(front.scheme(), port);
  }

  /** Listens for the first time; a port of 0 becomes a free one, which is then kept. */
  Future<Void> start() {
    return listen();
  }

  /** Opens or closes the socket; changes follow one another in the order of the calls. */
  Future<Void> setOpen(boolean wanted) {
    Future<Void> change = lastChange.transform(before -> wanted ? reopen(REOPEN_TRIES) : close());
    lastChange = change;
    return change;
  }

  private Future<Void> reopen(int tries) {
    if (open != null) {
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
    return front
        .open(host.name(), port)
        .map(
            opened -> {
              open = opened;
              port = opened.number();
              return null;
            });
  }

  private Future<Void> close() {
    OpenPort closing = open;
    open = null;
    return closing == null ? Future.succeededFuture() : closing.closing().get();
  }
}
