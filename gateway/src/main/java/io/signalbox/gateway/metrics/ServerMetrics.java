package io.signalbox.gateway.metrics;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.core.spi.observability.HttpResponse;

/**
 * What a server tells of itself: of its requests to meters that are found at once, of its
 * connections to those of vertx-micrometer. There are no WebSockets. Thread-safe.
 *
 * @param <S> what the other one has for a connection
 */
final class ServerMetrics<S> implements HttpServerMetrics<RequestMeters.Request, Void, S> {
  private final RequestMeters requests;
  private final HttpServerMetrics<?, ?, S> connections;

  ServerMetrics(RequestMeters requests, HttpServerMetrics<?, ?, S> connections) {
    this.requests = requests;
    this.connections = connections;
  }

  @Override
  public RequestMeters.Request requestBegin(S connection, HttpRequest request) {
    return requests.begin(request.method());
  }

  @Override
  public void requestEnd(RequestMeters.Request metric, HttpRequest request, long bytesRead) {
    metric.read(bytesRead);
  }

  @Override
  public void requestReset(RequestMeters.Request metric) {
    metric.broken();
  }

  @Override
  public RequestMeters.Request responsePushed(
      S connection, HttpMethod method, String uri, HttpResponse response) {
    return requests.begin(method);
  }

  @Override
  public void responseEnd(RequestMeters.Request metric, HttpResponse response, long bytesWritten) {
    metric.answered(response.statusCode(), bytesWritten);
  }

  @Override
  public S connected(SocketAddress remote, String name) {
    return connections.connected(remote, name);
  }

  @Override
  public void disconnected(S connection, SocketAddress remote) {
    connections.disconnected(connection, remote);
  }

  @Override
  public void bytesRead(S connection, SocketAddress remote, long bytes) {
    connections.bytesRead(connection, remote, bytes);
  }

  @Override
  public void bytesWritten(S connection, SocketAddress remote, long bytes) {
    connections.bytesWritten(connection, remote, bytes);
  }

  @Override
  public void exceptionOccurred(S connection, SocketAddress remote, Throwable failure) {
    connections.exceptionOccurred(connection, remote, failure);
  }

  @Override
  public void close() {
    connections.close();
  }
}
