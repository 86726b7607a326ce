package io.signalbox.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import io.vertx.micrometer.MicrometerMetricsFactory;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {
  private static final SocketAddress ADDRESS = SocketAddress.inetSocketAddress(80, "localhost");

  private final PrometheusMeterRegistry registry = MetricsSetup.registry();

  @Test
  void whatBelongsToNoKnownConnectionIsPassedOver() {
    VertxOptions options = new VertxOptions().setMetricsOptions(VertxMeters.metrics());
    VertxMetrics others = new MicrometerMetricsFactory(registry).metrics(options);
    try {
      HttpServerMetrics<?, ?, ?> ofServer =
          others.createHttpServerMetrics(new HttpServerOptions(), ADDRESS);
      tellOfNone(new ServerMetrics<>(new RequestMeters(registry), ofServer));
      assertThat(registry.scrape()).contains("vertx_http_server").doesNotContain("2305");
    } finally {
      // Those that are made while these are open would count into the same registry.
      others.close();
    }
  }

  private static <W, S> void tellOfNone(ServerMetrics<W, S> metrics) {
    metrics.bytesRead(null, ADDRESS, 2305);
    metrics.bytesWritten(null, ADDRESS, 2305);
    metrics.exceptionOccurred(null, ADDRESS, new IllegalStateException("broken"));
    metrics.disconnected(null, ADDRESS);
    S known = metrics.connected(ADDRESS, "localhost");
    metrics.bytesRead(known, ADDRESS, 12);
    metrics.disconnected(known, ADDRESS);
  }
}
