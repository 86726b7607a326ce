package io.signalbox.gateway.metrics;

import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.ClientMetrics;
import io.vertx.core.spi.metrics.DatagramSocketMetrics;
import io.vertx.core.spi.metrics.EventBusMetrics;
import io.vertx.core.spi.metrics.HttpClientMetrics;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.metrics.PoolMetrics;
import io.vertx.core.spi.metrics.TCPMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of another, but for those of HTTP requests and calls: the other one looks these up in
 * the registry several times for each. Null where it has none of something. Thread-safe.
 */
final class BorrowedVertxMetrics implements VertxMetrics {
  private final VertxMetrics others;
  private final RequestMeters requests;
  private final ClientCallMeters calls;

  BorrowedVertxMetrics(VertxMetrics others, RequestMeters requests, ClientCallMeters calls) {
    this.others = others;
    this.requests = requests;
    this.calls = calls;
  }

  @Override
  public @Nullable HttpServerMetrics<?, ?, ?> createHttpServerMetrics(
      HttpServerOptions options, SocketAddress local) {
    HttpServerMetrics<?, ?, ?> made = others.createHttpServerMetrics(options, local);
    return made == null ? null : new ServerMetrics<>(requests, made);
  }

  @Override
  public @Nullable EventBusMetrics<?> createEventBusMetrics() {
    return others.createEventBusMetrics();
  }

  @Override
  public @Nullable ClientMetrics<?, ?, ?> createClientMetrics(
      SocketAddress remote, String type, String namespace) {
    return others.createClientMetrics(remote, type, namespace);
  }

  @Override
  public @Nullable HttpClientMetrics<?, ?, ?> createHttpClientMetrics(HttpClientOptions options) {
    HttpClientMetrics<?, ?, ?> made = others.createHttpClientMetrics(options);
    return made == null ? null : new BorrowedClientMetrics<>(made, calls);
  }

  @Override
  public @Nullable TCPMetrics<?> createNetServerMetrics(
      NetServerOptions options, SocketAddress local) {
    return others.createNetServerMetrics(options, local);
  }

  @Override
  public @Nullable TCPMetrics<?> createNetClientMetrics(NetClientOptions options) {
    return others.createNetClientMetrics(options);
  }

  @Override
  public @Nullable DatagramSocketMetrics createDatagramSocketMetrics(
      DatagramSocketOptions options) {
    return others.createDatagramSocketMetrics(options);
  }

  @Override
  public @Nullable PoolMetrics<?, ?> createPoolMetrics(String type, String name, int most) {
    return others.createPoolMetrics(type, name, most);
  }

  @Override
  public void vertxCreated(Vertx vertx) {
    others.vertxCreated(vertx);
  }

  @Override
  public boolean isMetricsEnabled() {
    return others.isMetricsEnabled();
  }

  @Override
  public void close() {
    others.close();
  }
}
