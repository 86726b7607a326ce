package io.signalbox.gateway.health;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.LedgerStats;
import io.signalbox.gateway.ledger.PoolStats;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How the store of the ledger is. Thread-safe. */
public final class LedgerChecks {
  /** The names of these checks. */
  public static final List<String> NAMES = List.of("database", "database_writes", "database_pool");

  /** The one that tells whether changes are taken. */
  static final String WRITES = "database_writes";

  /** Twice the time after which a read that waits for a busy disk is rare. */
  private static final Duration TIMEOUT = Duration.ofMillis(800);

  private static final double BUSY_POOL = 0.8;
  private static final double FULL_QUEUE = 0.8;

  private final Supplier<Future<Void>> ping;
  private final WriteWatch writes;
  private final Supplier<LedgerStats> stats;
  private final Supplier<PoolStats> pool;
  private final GatewayConfig.Ledger limits;

  /**
   * Makes them.
   *
   * @param ping reads something small
   * @param probe asks for a change that changes nothing
   * @param stats the ledger's own counts; cheap
   * @param pool its connections; cheap
   */
  public LedgerChecks(
      Supplier<Future<Void>> ping,
      Supplier<Future<Void>> probe,
      Supplier<LedgerStats> stats,
      Supplier<PoolStats> pool,
      GatewayConfig.Ledger limits) {
    this.ping = ping;
    this.writes = new WriteWatch(stats, probe, System::nanoTime);
    this.stats = stats;
    this.pool = pool;
    this.limits = limits;
  }

  /** All of them. */
  public List<HealthCheck> all() {
    return List.of(
        new HealthCheck("database", TIMEOUT, () -> ping.get().map(answered -> database())),
        new HealthCheck(WRITES, TIMEOUT, writes::look),
        HealthCheck.ofMemory("database_pool", this::pool));
  }

  private CheckReport database() {
    LedgerStats now = stats.get();
    JsonObject json =
        new JsonObject()
            .put("engine", limits.engine().name().toLowerCase(Locale.ROOT))
            .put("commits", now.commits())
            .put("failed_commits", now.failedCommits())
            .put("waiting_changes", now.waiting())
            .put("last_commit_ms", TimeUnit.NANOSECONDS.toMillis(now.lastCommitNanos()));
    return now.fullness(limits) >= FULL_QUEUE
        ? CheckReport.degraded("changes wait for commits, and soon no more may", json)
        : CheckReport.up(json);
  }

  private CheckReport pool() {
    PoolStats now = pool.get();
    JsonObject json =
        new JsonObject()
            .put("size", now.max())
            .put("open", now.open())
            .put("used", now.used())
            .put("free", now.max() - now.used())
            .put("pending", now.pending());
    return now.pending() > 0 && now.used() > now.max() * BUSY_POOL
        ? CheckReport.degraded("calls wait for a connection", json)
        : CheckReport.up(json);
  }
}
