package io.signalbox.gateway.metrics;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.spi.metrics.HttpClientMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import org.jspecify.annotations.Nullable;

/** Vert.x's own metrics but for the calls of HTTP clients. Thread-safe. */
final class ProviderVertxMetrics extends BorrowedVertxMetrics {
  private final ClientCallMeters calls;

  ProviderVertxMetrics(VertxMetrics own, ClientCallMeters calls) {
    super(own);
    this.calls = calls;
  }

  @Override
  public @Nullable HttpClientMetrics<?, ?, ?> createHttpClientMetrics(HttpClientOptions options) {
    HttpClientMetrics<?, ?, ?> made = super.createHttpClientMetrics(options);
    return made == null ? null : new ProviderClientMetrics<>(made, calls);
  }
}
