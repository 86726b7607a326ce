package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.Job;
import io.signalbox.gateway.ledger.Leases;
import io.signalbox.gateway.ledger.Node;
import io.signalbox.gateway.ledger.Nodes;
import io.signalbox.gateway.ledger.PoolStats;
import io.signalbox.gateway.ledger.sql.SqlConnection;
import io.signalbox.gateway.ledger.sql.SqlEngine;
import io.signalbox.gateway.ledger.sql.SqlPast;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL database whose schema is up to date. */
final class PostgresEngine implements SqlEngine {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresEngine.class);
  private static final long MIGRATION_MILLIS = Duration.ofMinutes(30).toMillis();
  private static final long PARTITIONS_MILLIS = Duration.ofHours(1).toMillis();

  private final Vertx vertx;
  private final PgPool pool;
  private final PgMembership nodes;
  private final Clock clock;
  private final PgBells bells;
  private final long timer;

  private PostgresEngine(Vertx vertx, PgPool pool, PgMembership nodes, Clock clock) {
    this.vertx = vertx;
    this.pool = pool;
    this.nodes = nodes;
    this.clock = clock;
    this.bells = new PgBells(vertx, pool.options());
    this.timer = vertx.setPeriodic(PARTITIONS_MILLIS, tick -> makePartitions());
  }

  /** Connects, brings the schema to this version, and becomes one of the nodes; blocks. */
  static PostgresEngine open(Vertx vertx, PostgresOptions options, NodeOptions who, Clock clock)
      throws SQLException, IOException {
    PgPool pool = new PgPool(vertx, options.named(who.session()), System::nanoTime);
    try {
      migrate(pool, clock);
      return new PostgresEngine(vertx, pool, PgMembership.join(vertx, pool, who), clock);
    } catch (SQLException | IOException | RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private static void migrate(PgPool pool, Clock clock) throws SQLException, IOException {
    PgLink link = pool.alone();
    try {
      link.waitFor(MIGRATION_MILLIS);
      PgMigrations.run(link, clock.millis());
    } finally {
      pool.discard(link);
    }
  }

  /** Every hour, so that a failure now and then does not matter. */
  private void makePartitions() {
    if (!nodes.leases().holds(Job.PARTITIONS)) {
      return;
    }
    vertx
        .executeBlocking(
            () -> {
              PgLink link = pool.acquire();
              try {
                PgPartitions.make(link, clock.millis());
                return clock.millis();
              } finally {
                pool.release(link);
              }
            },
            false)
        .onFailure(e -> LOG.warn("no partitions were made ahead: {}", e.getMessage()));
  }

  @Override
  public Optional<PoolStats> connections() {
    return Optional.of(pool.stats());
  }

  PgPool pool() {
    return pool;
  }

  @Override
  public Nodes nodes() {
    return nodes;
  }

  @Override
  public Leases leases() {
    return nodes.leases();
  }

  @Override
  public List<Node> dead() {
    return nodes.dead();
  }

  @Override
  public void onDeath(Runnable bell) {
    nodes.onDeath(bell);
  }

  @Override
  public SqlConnection writer() {
    return PgSession.writing(pool, nodes);
  }

  @Override
  public SqlConnection reader() {
    return PgSession.reading(pool, nodes);
  }

  @Override
  public Optional<Supplier<SqlConnection>> aside() {
    return Optional.of(() -> PgSession.aside(pool, nodes));
  }

  @Override
  public boolean isCollision(SQLException failure) {
    return PgFailures.UNIQUE.equals(failure.getSQLState());
  }

  @Override
  public boolean isFenced(SQLException failure) {
    return PgFailures.NOT_A_NODE.equals(failure.getSQLState());
  }

  @Override
  public boolean mayPass(SQLException failure) {
    return PgFailures.mayPass(failure.getSQLState());
  }

  @Override
  public boolean undisturbed(BooleanSupplier transaction) {
    return transaction.getAsBoolean();
  }

  @Override
  public void committed(int changes) {
    // The server does its own checkpoints.
  }

  @Override
  public void onPreferences(Runnable bell) {
    bells.listen(PgBells.PREFERENCES, bell);
  }

  @Override
  public void onTemplates(Runnable bell) {
    bells.listen(PgBells.TEMPLATES, bell);
  }

  @Override
  public SqlPast past() {
    return new PgPast(pool, link -> PgLeases.isOurs(link, nodes.seat(), Job.RETENTION));
  }

  @Override
  public void close() {
    vertx.cancelTimer(timer);
    bells.close();
    nodes.close();
    pool.close();
  }
}
