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

/** Vert.x's own metrics but for the calls of HTTP clients. Thread-safe. */
final class ProviderVertxMetrics implements VertxMetrics {
  private final VertxMetrics own;
  private final ClientCallMeters calls;

  ProviderVertxMetrics(VertxMetrics own, ClientCallMeters calls) {
    this.own = own;
    this.calls = calls;
  }

  @Override
  public @Nullable HttpClientMetrics<?, ?, ?> createHttpClientMetrics(HttpClientOptions options) {
    HttpClientMetrics<?, ?, ?> made = own.createHttpClientMetrics(options);
    return made == null ? null : new ProviderClientMetrics<>(made, calls);
  }

  @Override
  public EventBusMetrics<?> createEventBusMetrics() {
    return own.createEventBusMetrics();
  }

  @Override
  public HttpServerMetrics<?, ?, ?> createHttpServerMetrics(
      HttpServerOptions options, SocketAddress local) {
    return own.createHttpServerMetrics(options, local);
  }

  @Override
  public ClientMetrics<?, ?, ?> createClientMetrics(
      SocketAddress remote, String type, String namespace) {
    return own.createClientMetrics(remote, type, namespace);
  }

  @Override
  public TCPMetrics<?> createNetServerMetrics(NetServerOptions options, SocketAddress local) {
    return own.createNetServerMetrics(options, local);
  }

  @Override
  public TCPMetrics<?> createNetClientMetrics(NetClientOptions options) {
    return own.createNetClientMetrics(options);
  }

  @Override
  public DatagramSocketMetrics createDatagramSocketMetrics(DatagramSocketOptions options) {
    return own.createDatagramSocketMetrics(options);
  }

  @Override
  public PoolMetrics<?, ?> createPoolMetrics(String type, String name, int maxSize) {
    return own.createPoolMetrics(type, name, maxSize);
  }

  @Override
  public void vertxCreated(Vertx vertx) {
    own.vertxCreated(vertx);
  }

  @Override
  public boolean isMetricsEnabled() {
    return own.isMetricsEnabled();
  }

  @Override
  public void close() {
    own.close();
  }
}
