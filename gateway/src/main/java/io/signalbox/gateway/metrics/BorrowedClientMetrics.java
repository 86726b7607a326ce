package io.signalbox.gateway.metrics;

import io.vertx.core.http.WebSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.ClientMetrics;
import io.vertx.core.spi.metrics.HttpClientMetrics;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.core.spi.observability.HttpResponse;

/**
 * The metrics of one HTTP client: those of its connections are Vert.x's own, those of its calls are
 * {@link ClientCallMeters}. Thread-safe.
 *
 * @param <W> what Vert.x keeps of a WebSocket
 * @param <S> what Vert.x keeps of a connection
 */
final class BorrowedClientMetrics<W, S> implements HttpClientMetrics<HttpMeters.Exchange, W, S> {
  private final HttpClientMetrics<?, W, S> own;
  private final ClientCallMeters calls;

  BorrowedClientMetrics(HttpClientMetrics<?, W, S> own, ClientCallMeters calls) {
    this.own = own;
    this.calls = calls;
  }

  @Override
  public ClientMetrics<HttpMeters.Exchange, HttpRequest, HttpResponse> createEndpointMetrics(
      SocketAddress remote, int maxPoolSize) {
    return calls;
  }

  @Override
  public W connected(WebSocket webSocket) {
    return own.connected(webSocket);
  }

  @Override
  public void disconnected(W webSocket) {
    own.disconnected(webSocket);
  }

  @Override
  public S connected(SocketAddress remote, String name) {
    return own.connected(remote, name);
  }

  @Override
  public void disconnected(S socket, SocketAddress remote) {
    own.disconnected(socket, remote);
  }

  @Override
  public void bytesRead(S socket, SocketAddress remote, long bytes) {
    own.bytesRead(socket, remote, bytes);
  }

  @Override
  public void bytesWritten(S socket, SocketAddress remote, long bytes) {
    own.bytesWritten(socket, remote, bytes);
  }

  @Override
  public void exceptionOccurred(S socket, SocketAddress remote, Throwable failure) {
    own.exceptionOccurred(socket, remote, failure);
  }

  @Override
  public void close() {
    own.close();
  }
}
