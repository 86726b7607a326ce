package io.signalbox.gateway.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.gateway.ledger.RestoreLedger.Restored;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.spool.Spool;
import io.signalbox.gateway.spool.SpoolMeter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The spool as meters. */
final class SpoolGauges {
  private SpoolGauges() {}

  static void register(Spool spool, MeterRegistry registry) {
    Gauge.builder("signalbox.spool.entries", spool, now -> now.status().entries())
        .description("Notifications that wait in the spool for PostgreSQL")
        .register(registry);
    Gauge.builder("signalbox.spool.bytes", spool, now -> now.status().bytes())
        .description("What they count for against spool.max_bytes")
        .register(registry);
    Gauge.builder("signalbox.spool.aside", spool, Spool::aside)
        .description("Notifications in the spool that are left for a person to decide about")
        .register(registry);
    Gauge.builder("signalbox.spool.active", spool, now -> now.status().active() ? 1 : 0)
        .description("Whether notifications go into the spool now")
        .register(registry);
  }

  /** Counts what the ledger has taken over, and what ended by that. */
  static SpoolMeter counter(MeterRegistry registry, GatewayMeters meters) {
    Map<Restored, Counter> moved = new EnumMap<>(Restored.class);
    for (Restored result : Restored.values()) {
      moved.put(
          result,
          Counter.builder("signalbox.spool.moved")
              .description(
                  "Notifications that the ledger took from the spool, by what came of them")
              .tag("result", result.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    return (result, count) -> {
      Counter counter = moved.get(result);
      if (counter != null) {
        counter.increment(count);
      }
      if (result == Restored.SUPPRESSED || result == Restored.KEY_REUSED) {
        meters.work().finished(NotificationState.FAILED, count);
      }
    };
  }
}
