package io.signalbox.gateway.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;

/** A Vert.x with vertx-micrometer's own meters, to compare with. */
final class PlainVertx {
  private PlainVertx() {}

  static VertxBuilder reportingTo(VertxOptions options, PrometheusMeterRegistry registry) {
    return Vertx.builder()
        .with(options.setMetricsOptions(VertxMeters.metrics()))
        .withMetrics(new MicrometerMetricsFactory(registry));
  }
}
