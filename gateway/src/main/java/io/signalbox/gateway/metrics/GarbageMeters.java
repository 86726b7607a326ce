package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * What the JVM's garbage collectors do. Their own counters, because Micrometer's binder hangs a
 * listener into the JVM that somebody would have to take out again.
 */
final class GarbageMeters {
  private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);

  private GarbageMeters() {}

  static void register(MeterRegistry registry) {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      FunctionCounter.builder(
              "jvm.gc.collections", collector, GarbageCollectorMXBean::getCollectionCount)
          .description("Garbage collections")
          .tag("gc", collector.getName())
          .register(registry);
      FunctionCounter.builder("jvm.gc.seconds", collector, of -> of.getCollectionTime() / MILLIS)
          .description("Time that garbage collections took, as the JVM counts it")
          .tag("gc", collector.getName())
          .register(registry);
    }
  }
}
