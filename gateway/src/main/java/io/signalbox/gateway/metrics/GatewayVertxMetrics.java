package io.signalbox.gateway.metrics;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's own metrics but for those of requests to the server, which are looked up in the registry
 * five times for each. Thread-safe.
 */
final class GatewayVertxMetrics extends BorrowedVertxMetrics {
  private final RequestMeters requests;

  GatewayVertxMetrics(VertxMetrics own, RequestMeters requests) {
    super(own);
    this.requests = requests;
  }

  @Override
  public @Nullable HttpServerMetrics<?, ?, ?> createHttpServerMetrics(
      HttpServerOptions options, SocketAddress local) {
    HttpServerMetrics<?, ?, ?> made = super.createHttpServerMetrics(options, local);
    return made == null ? null : new ServerMetrics<>(requests, made);
  }
}
