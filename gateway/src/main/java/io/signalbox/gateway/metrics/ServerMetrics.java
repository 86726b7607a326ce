package io.signalbox.gateway.metrics;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.core.spi.observability.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a server tells of itself: of its requests to meters that are found at once, of its
 * connections and WebSockets to those of vertx-micrometer. Thread-safe.
 *
 * <p>Of a connection whose first request comes while the server opens, Vert.x may tell bytes though
 * it never told of the connection itself. Those are not counted: a failure here would leave the
 * request without an end, and its caller with a 408.
 *
 * @param <W> what the other one has for a WebSocket
 * @param <S> what the other one has for a connection
 */
final class ServerMetrics<W, S> implements HttpServerMetrics<HttpMeters.Exchange, W, S> {
  private final RequestMeters requests;
  private final HttpServerMetrics<?, W, S> connections;

  ServerMetrics(RequestMeters requests, HttpServerMetrics<?, W, S> connections) {
    this.requests = requests;
    this.connections = connections;
  }

  @Override
  public HttpMeters.Exchange requestBegin(S connection, HttpRequest request) {
    return requests.begin(request.method());
  }

  @Override
  public void requestEnd(HttpMeters.Exchange metric, HttpRequest request, long bytesRead) {
    metric.requestEnded(bytesRead);
  }

  @Override
  public void requestReset(HttpMeters.Exchange metric) {
    requests.broken(metric);
  }

  @Override
  public HttpMeters.Exchange responsePushed(
      S connection, HttpMethod method, String uri, HttpResponse response) {
    return requests.begin(method);
  }

  @Override
  public void responseEnd(HttpMeters.Exchange metric, HttpResponse response, long bytesWritten) {
    metric.answerBegun(response.statusCode());
    metric.answerEnded(bytesWritten);
  }

  @Override
  public W connected(S connection, HttpMeters.Exchange metric, ServerWebSocket webSocket) {
    // The other one has nothing for the request, and does not ask for it.
    return connections.connected(connection, null, webSocket);
  }

  @Override
  public void disconnected(W webSocket) {
    connections.disconnected(webSocket);
  }

  @Override
  public S connected(SocketAddress remote, String name) {
    return connections.connected(remote, name);
  }

  @Override
  public void disconnected(@Nullable S connection, SocketAddress remote) {
    if (connection != null) {
      connections.disconnected(connection, remote);
    }
  }

  @Override
  public void bytesRead(@Nullable S connection, SocketAddress remote, long bytes) {
    if (connection != null) {
      connections.bytesRead(connection, remote, bytes);
    }
  }

  @Override
  public void bytesWritten(@Nullable S connection, SocketAddress remote, long bytes) {
    if (connection != null) {
      connections.bytesWritten(connection, remote, bytes);
    }
  }

  @Override
  public void exceptionOccurred(@Nullable S connection, SocketAddress remote, Throwable failure) {
    if (connection != null) {
      connections.exceptionOccurred(connection, remote, failure);
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
