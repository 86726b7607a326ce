package io.signalbox.gateway.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.loader.LeakDetector;

/** Unloaded plugins, and those of them that are still in memory, as meters. */
final class LeakGauges {
  private LeakGauges() {}

  static void register(LeakDetector leaks, MeterRegistry registry) {
    Gauge.builder("plugin.loaders.leaked", leaks, LeakDetector::leaked).register(registry);
    Gauge.builder("plugin.loaders.uncollected", leaks, LeakDetector::uncollected)
        .register(registry);
    FunctionCounter.builder("plugin.loaders.unloaded", leaks, LeakDetector::unloads)
        .register(registry);
  }
}
