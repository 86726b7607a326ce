package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The registry, and a Vert.x that reports to it. */
public final class MetricsSetup {
  private MetricsSetup() {}

  /**
   * Micrometer's own, but for exemplars of what is no bucket and no counter: Prometheus 2 refuses
   * the whole page for one of them.
   */
  private static final class Settings implements PrometheusConfig {
    @Override
    public @Nullable String get(String key) {
      return null;
    }

    @Override
    public Properties prometheusProperties() {
      return new Properties();
    }
  }

  /** A registry with the process's own meters. */
  public static PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(new Settings());
    LabelLimits.hold(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    GarbageMeters.register(registry);
    return registry;
  }

  /**
   * Prepares a Vert.x that reports HTTP and pools, with labels that are bounded. The event bus is
   * left out: its addresses carry generations, which would never end.
   *
   * @param options the rest of its options; changed by this call
   */
  public static VertxBuilder vertx(VertxOptions options, PrometheusMeterRegistry registry) {
    MicrometerMetricsFactory factory = new MicrometerMetricsFactory(registry);
    RequestMeters requests = new RequestMeters(registry);
    return Vertx.builder()
        .with(options.setMetricsOptions(metrics()))
        .withMetrics(these -> new GatewayVertxMetrics(factory.metrics(these), requests));
  }

  /**
   * Prepares the Vert.x of one provider. Its pools are left out: they would be added to the
   * gateway's own, under the same labels.
   *
   * @param options the rest of its options; changed by this call
   * @param calls the meters of the calls of all providers
   */
  public static VertxBuilder provider(
      VertxOptions options, PrometheusMeterRegistry registry, ClientCallMeters calls) {
    MicrometerMetricsFactory own = new MicrometerMetricsFactory(registry);
    return Vertx.builder()
        .with(
            options.setMetricsOptions(
                metrics().addDisabledMetricsCategory(MetricsDomain.NAMED_POOLS)))
        .withMetrics(made -> new ProviderVertxMetrics(own.metrics(made), calls));
  }

  private static MicrometerMetricsOptions metrics() {
    return new MicrometerMetricsOptions()
        .setEnabled(true)
        .setLabels(EnumSet.of(Label.HTTP_METHOD, Label.HTTP_CODE, Label.POOL_TYPE, Label.POOL_NAME))
        .addDisabledMetricsCategory(MetricsDomain.EVENT_BUS)
        .addDisabledMetricsCategory(MetricsDomain.DATAGRAM_SOCKET)
        .addDisabledMetricsCategory(MetricsDomain.VERTICLES);
  }
}
