package io.signalbox.gateway.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.config.SpoolSettings;
import io.signalbox.gateway.health.CheckReport;
import io.signalbox.gateway.health.HealthBoard;
import io.signalbox.gateway.health.HealthCheck;
import io.signalbox.gateway.health.LedgerChecks;
import io.signalbox.gateway.health.Pressure;
import io.signalbox.gateway.health.Standby;
import io.signalbox.gateway.health.SystemChecks;
import io.signalbox.gateway.health.WorkChecks;
import io.signalbox.gateway.health.WorkMonitor;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.spool.SpoolStatus;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Which parts the gateway asks how they are. */
final class HealthWiring {
  private static final double NEARLY_FULL = 0.8;

  private HealthWiring() {}

  static HealthBoard board(
      Vertx vertx,
      GatewayConfig config,
      SqlLedger ledger,
      WorkMonitor monitor,
      Pressure pressure,
      Supplier<SpoolStatus> spool,
      Sharing sharing,
      MeterRegistry registry,
      Clock clock) {
    List<HealthCheck> all = new ArrayList<>();
    all.addAll(
        new LedgerChecks(
                ledger::ping, ledger::probe, ledger::stats, ledger::connections, config.ledger())
            .all());
    all.add(sharing.check());
    all.add(HealthCheck.ofMemory("spool", () -> spool(spool.get(), config.spool())));
    all.addAll(new WorkChecks(monitor, clock).all());
    all.addAll(
        new SystemChecks(
                vertx,
                new SystemChecks.Limits(
                    config.data().dir(),
                    config.intake().minFreeDiskBytes(),
                    config.intake().maxLoopLag()),
                new SystemChecks.Figures(
                    gauge(registry, "process.cpu.usage"),
                    gauge(registry, "system.cpu.usage"),
                    pressure::loopLagMillis))
            .all());
    return new HealthBoard(vertx, all, clock);
  }

  private static DoubleSupplier gauge(MeterRegistry registry, String name) {
    Gauge gauge = registry.find(name).gauge();
    return gauge == null ? () -> -1 : gauge::value;
  }

  /** A spool as what readiness wants to know of it. */
  static Standby standby(SpoolStatus now, SpoolSettings limits) {
    return new Standby(now.takes(), now.active(), now.exists() ? fullness(now, limits) : 0);
  }

  private static double fullness(SpoolStatus now, SpoolSettings limits) {
    return Math.max(
        (double) now.entries() / limits.maxEntries(), (double) now.bytes() / limits.maxBytes());
  }

  private static CheckReport spool(SpoolStatus now, SpoolSettings limits) {
    if (!now.exists()) {
      return CheckReport.unused("there is none without PostgreSQL, or with spool.max_entries 0");
    }
    double fullness = fullness(now, limits);
    JsonObject figures =
        new JsonObject()
            .put("active", now.active())
            .put("entries", now.entries())
            .put("bytes", now.bytes())
            .put("fullness", Math.round(fullness * 1_000) / 1_000.0);
    if (!now.takes()) {
      return CheckReport.down("it is full", figures);
    }
    if (fullness >= NEARLY_FULL) {
      return CheckReport.degraded("it is nearly full", figures);
    }
    return now.active()
        ? CheckReport.degraded("notifications go into it: PostgreSQL is away", figures)
        : CheckReport.up(figures);
  }
}
