package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * Histograms of Prometheus's own client, beside Micrometer's meters in the same scrape: they take
 * exemplars of our own making, where Micrometer's know only the span that is being traced, and
 * record without looking anything up. In seconds, or in numbers of things. Thread-safe.
 */
public final class Histograms {
  private static final double[] SECONDS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
  };
  private static final double[] LONG_SECONDS = {
    0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 21_600
  };
  private static final double[] COUNTS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

  private final PrometheusRegistry registry;

  /** Makes histograms that are shown with the meters of a registry, if that is Prometheus's. */
  public Histograms(MeterRegistry meters) {
    this.registry =
        meters instanceof PrometheusMeterRegistry prometheus
            ? prometheus.getPrometheusRegistry()
            : new PrometheusRegistry();
  }

  /** A histogram of seconds, from 5 ms to a minute. */
  public Histogram seconds(String name, String help, String... labels) {
    return make(name, help, SECONDS, labels);
  }

  /** A histogram of seconds, from 10 ms to six hours. */
  Histogram longSeconds(String name, String help, String... labels) {
    return make(name, help, LONG_SECONDS, labels);
  }

  /** The same, whose observations may come with exemplars; all of them have to. */
  Histogram withExemplars(String name, String help, String... labels) {
    return builder(name, help, LONG_SECONDS, labels).withExemplars().register(registry);
  }

  /** A histogram of numbers of things, from 1 to 512. */
  public Histogram counts(String name, String help, String... labels) {
    return make(name, help, COUNTS, labels);
  }

  private Histogram make(String name, String help, double[] bounds, String... labels) {
    // Else it looks for the current span by a library that Micrometer leaves out.
    return builder(name, help, bounds, labels).withoutExemplars().register(registry);
  }

  private static Histogram.Builder builder(
      String name, String help, double[] bounds, String... labels) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .classicOnly()
        .classicUpperBounds(bounds);
  }
}
