package io.signalbox.gateway.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.loader.LeakDetector;

/** Unloaded plugins, and those of them that are still in memory, as meters. */
final class LeakGauges {
  private LeakGauges() {}

  static void register(LeakDetector leaks, MeterRegistry registry) {
    Gauge.builder("plugin.loaders.leaked", leaks, LeakDetector::leaked)
        .description(
            "Plugins that were unloaded and are still in memory, for so long that it is a leak")
        .register(registry);
    Gauge.builder("plugin.loaders.uncollected", leaks, LeakDetector::uncollected)
        .description("Plugins that were unloaded and whose memory was not collected yet")
        .register(registry);
    FunctionCounter.builder("plugin.loaders.unloaded", leaks, LeakDetector::unloads)
        .description("Plugins that were unloaded")
        .register(registry);
  }
}
