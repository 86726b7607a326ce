package io.signalbox.gateway.api;

import io.signalbox.gateway.connection.ConnectionGuard;
import io.signalbox.gateway.connection.Connections;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every request passes before its route, on one event loop of one port. */
final class Entrance {
  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

  private final Connections connections;
  private final int mostHeaders;
  private final IdentityHashMap<HttpConnection, ConnectionGuard> guards = new IdentityHashMap<>();
  private final Set<HttpConnection> ending = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Makes it.
   *
   * @param connections those of the port
   * @param mostHeaders how many headers a request may have
   */
  Entrance(Connections connections, int mostHeaders) {
    this.connections = connections;
    this.mostHeaders = mostHeaders;
  }

  /** A connection has its first request. */
  void connected(HttpConnection connection) {
    ConnectionGuard guard =
        connections.guard(connection.remoteAddress(true), connection.localAddress(true));
    if (guard != null) {
      guards.put(connection, guard);
    }
    connection.exceptionHandler(
        failure -> LOG.debug("a connection broke off: {}", failure.toString()));
    connection.closeHandler(
        closed -> {
          guards.remove(connection);
          ending.remove(connection);
        });
  }

  /** Whether a request is looked at; not if its connection ends with the one before. */
  boolean passes(HttpServerRequest request) {
    if (!ending.isEmpty() && ending.contains(request.connection())) {
      Refusals.close(request);
      return false;
    }
    return true;
  }

  /** Lets a request pass to its route, or refuses it. */
  void enter(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    watch(ctx);
    HeadRules.Refusal refusal = HeadRules.check(request, mostHeaders);
    if (refusal != null) {
      Refusals.send(request, refusal.status(), refusal.detail());
      return;
    }
    // Asked of the request, the router would look for what proxies say of it.
    SecureHeaders.put(ctx.response().headers(), request.connection().isSsl());
    if (request.version() != HttpVersion.HTTP_2
        && request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
      closeAfter(ctx);
    }
    ctx.next();
  }

  /**
   * Refuses a request that the router shows no route: one without a host that can be read, or with
   * a path that does not begin with a slash. Whatever else came with it is not looked at.
   */
  void refuse(RoutingContext ctx, int status, String detail) {
    watch(ctx);
    Refusals.send(ctx.request(), status, detail);
  }

  private void watch(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    ConnectionGuard guard = guards.get(request.connection());
    if (guard != null) {
      guard.began(request);
      ctx.addEndHandler(done -> guard.ended(request));
    }
  }

  /**
   * The decoder takes Content-Length away where Transfer-Encoding stands beside it, and does not
   * tell. RFC 9112 (6.1) wants such a connection closed, so each with a Transfer-Encoding is.
   */
  private void closeAfter(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    // What came along with it is not looked at.
    ending.add(request.connection());
    Future<Void> read = request.end();
    ctx.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    ctx.addEndHandler(answered -> read.onComplete(done -> Refusals.close(request)));
  }
}
