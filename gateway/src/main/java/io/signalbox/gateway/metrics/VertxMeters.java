package io.signalbox.gateway.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;

/**
 * What all Vert.x of a process report to its registry. There must be one of them only for each
 * registry: of two gauges of one name it shows the first. Thread-safe.
 */
public final class VertxMeters {
  private final MicrometerMetricsFactory own;
  private final RequestMeters requests;
  private final ClientCallMeters calls;

  /** Makes the meters of a registry. */
  public VertxMeters(PrometheusMeterRegistry registry) {
    own = new MicrometerMetricsFactory(registry);
    requests = new RequestMeters(registry);
    calls = new ClientCallMeters(registry);
  }

  /**
   * Prepares the gateway's Vert.x, which reports HTTP and pools, with labels that are bounded. The
   * event bus is left out: its addresses carry generations, which would never end.
   *
   * @param options the rest of its options; changed by this call
   */
  public VertxBuilder gateway(VertxOptions options) {
    return reporting(options.setMetricsOptions(metrics()));
  }

  /**
   * Prepares the Vert.x of one provider. Its pools are left out: they would be added to the
   * gateway's own, under the same labels.
   *
   * @param options the rest of its options; changed by this call
   */
  public VertxBuilder provider(VertxOptions options) {
    return reporting(
        options.setMetricsOptions(metrics().addDisabledMetricsCategory(MetricsDomain.NAMED_POOLS)));
  }

  private VertxBuilder reporting(VertxOptions options) {
    return Vertx.builder()
        .with(options)
        .withMetrics(made -> new BorrowedVertxMetrics(own.metrics(made), requests, calls));
  }

  /** What the gateway's Vert.x reports. */
  static MicrometerMetricsOptions metrics() {
    return new MicrometerMetricsOptions()
        .setEnabled(true)
        .setLabels(EnumSet.of(Label.HTTP_METHOD, Label.HTTP_CODE, Label.POOL_TYPE, Label.POOL_NAME))
        .addDisabledMetricsCategory(MetricsDomain.EVENT_BUS)
        .addDisabledMetricsCategory(MetricsDomain.DATAGRAM_SOCKET)
        .addDisabledMetricsCategory(MetricsDomain.VERTICLES);
  }
}
