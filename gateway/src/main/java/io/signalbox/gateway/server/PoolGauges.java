package io.signalbox.gateway.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.gateway.ledger.PoolStats;
import java.util.function.Supplier;

/** The connections to the ledger's store as meters. */
final class PoolGauges {
  private PoolGauges() {}

  static void register(Supplier<PoolStats> pool, MeterRegistry registry) {
    Gauge.builder("db_pool_size", pool, now -> now.get().max())
        .description("Connections to the ledger's store that there may be")
        .register(registry);
    Gauge.builder("db_pool_used", pool, now -> now.get().used())
        .description("Connections to the ledger's store that are in use")
        .register(registry);
    Gauge.builder("db_pool_free", pool, now -> now.get().max() - now.get().used())
        .description("Connections to the ledger's store that may be taken at once")
        .register(registry);
    Gauge.builder("db_pool_open", pool, now -> now.get().open())
        .description("Connections to the ledger's store that are open")
        .register(registry);
    Gauge.builder("db_pool_pending", pool, now -> now.get().pending())
        .description("Calls that wait for a connection to the ledger's store")
        .register(registry);
  }
}
