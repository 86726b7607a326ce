package io.signalbox.gateway.ledger.postgres;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a ledger's schema to the version that this gateway knows, one script after another, each
 * as one transaction. Whoever runs them at the same time waits.
 */
final class PgMigrations {
  private static final List<String> SCRIPTS = List.of("001.sql");

  private static final Logger LOG = LoggerFactory.getLogger(PgMigrations.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Of the advisory lock: any number that nobody else uses. */
  static final long LOCK = 0x5167_6e61_6c62_6f78L;

  private PgMigrations() {}

  /** The version of a ledger that all scripts have made. */
  static int currentVersion() {
    return SCRIPTS.size();
  }

  /**
   * Runs what is missing, and makes the partitions of the time that comes.
   *
   * @param link of no other use afterwards: it has no time-outs, and keeps a lock until it is
   *     closed
   * @throws IllegalStateException if a newer gateway has made the ledger
   */
  static void run(PgLink link, long nowMillis) throws SQLException, IOException {
    run(link, nowMillis, PATIENCE);
  }

  /**
   * The same.
   *
   * @param patience after how long the log says that another start is in the way
   */
  static void run(PgLink link, long nowMillis, Duration patience) throws SQLException, IOException {
    link.run("SET statement_timeout = 0");
    lock(link, patience);
    migrate(link);
    PgPartitions.make(link, nowMillis);
  }

  private static void lock(PgLink link, Duration patience) throws SQLException {
    link.run("SET lock_timeout = " + patience.toMillis());
    try {
      link.run("SELECT pg_advisory_lock(" + LOCK + ")");
      link.run("SET lock_timeout = 0");
    } catch (SQLException e) {
      if (!PgFailures.LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
      LOG.warn("another gateway is at the schema of the ledger, and is waited for");
      link.run("SET lock_timeout = 0");
      link.run("SELECT pg_advisory_lock(" + LOCK + ")");
    }
  }

  private static void migrate(PgLink link) throws SQLException, IOException {
    link.run(
        "CREATE TABLE IF NOT EXISTS ledger_migrations"
            + " (version INTEGER PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL DEFAULT now())");
    Row row = link.run("SELECT coalesce(max(version), 0) FROM ledger_migrations").iterator().next();
    int stored = row.getInteger(0);
    if (stored > currentVersion()) {
      throw new IllegalStateException(
          "the ledger has schema version "
              + stored
              + ", this gateway knows versions up to "
              + currentVersion()
              + ": it was written by a newer gateway");
    }
    for (int version = stored + 1; version <= currentVersion(); version++) {
      apply(link, SCRIPTS.get(version - 1), version);
    }
  }

  private static void apply(PgLink link, String script, int version)
      throws SQLException, IOException {
    link.run("BEGIN");
    try {
      link.run(read(script));
      link.await(
          link.connection()
              .preparedQuery("INSERT INTO ledger_migrations (version) VALUES ($1)")
              .execute(Tuple.of(version)));
      link.run("COMMIT");
    } catch (SQLException | IOException e) {
      link.lose();
      throw e;
    }
  }

  private static String read(String script) throws IOException {
    try (InputStream in = PgMigrations.class.getResourceAsStream(script)) {
      if (in == null) {
        throw new IOException("the migration " + script + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
