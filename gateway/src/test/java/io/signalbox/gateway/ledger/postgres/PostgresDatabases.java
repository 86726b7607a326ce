package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.notification.NotificationCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where tests keep ledgers in PostgreSQL: a database for each directory of a test. */
public final class PostgresDatabases implements TestEngine {
  /** The only one: its databases outlive tests. */
  public static final PostgresDatabases ENGINE = new PostgresDatabases();

  static final SqlLedgerOptions LIMITS = new SqlLedgerOptions(256, 100_000, 1 << 30, 2, 1_000);

  private final Map<Path, PgConnectOptions> databases = new HashMap<>();

  private PostgresDatabases() {}

  static PostgresOptions options(PgConnectOptions database) {
    return new PostgresOptions(database, 0, 4, 5_000, 60_000, 10_000, 20_000, 500);
  }

  /**
   * Opens a ledger in a database that is there.
   *
   * @param statementMillis how long a statement takes at most; half a second more for an answer
   */
  public static Future<SqlLedger> open(
      Vertx vertx, PgConnectOptions database, long statementMillis, NotificationCodec codec) {
    PostgresOptions options =
        new PostgresOptions(database, 0, 4, 5_000, 60_000, 10_000, statementMillis, 500);
    NodeOptions who = NodeOptions.of("test", 60_000);
    return PostgresLedger.open(vertx, options, who, LIMITS, codec, EventOutlet.NONE)
        .map(PostgresLedger::ledger);
  }

  /** The database of a test. */
  synchronized PgConnectOptions database(Path directory) throws Exception {
    PgConnectOptions known = databases.get(directory);
    if (known == null) {
      known = leftOver();
      databases.put(directory, known);
    }
    return known;
  }

  /** With the directory of a test, its database is of no use to it any more. */
  private PgConnectOptions leftOver() throws Exception {
    for (Path directory : List.copyOf(databases.keySet())) {
      PgConnectOptions database = Files.exists(directory) ? null : databases.remove(directory);
      if (database != null) {
        PostgresServer.empty(database);
        return database;
      }
    }
    return PostgresServer.migrated();
  }

  @Override
  public Future<SqlLedger> open(Vertx vertx, Path directory, EventOutlet outlet, Seal seal)
      throws Exception {
    return PostgresLedger.open(
            vertx,
            options(database(directory)),
            NodeOptions.of("test"),
            LIMITS.withSeal(seal),
            new StoredForm(),
            outlet)
        .map(PostgresLedger::ledger);
  }

  @Override
  public List<String> ask(Path directory, String query) throws Exception {
    List<String> found = new ArrayList<>();
    for (Row row : run(directory, query)) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        Object value = row.getValue(i);
        values.add(
            value instanceof OffsetDateTime time
                ? Long.toString(time.toInstant().toEpochMilli())
                : String.valueOf(value));
      }
      found.add(String.join("|", values));
    }
    return found;
  }

  @Override
  public int change(Path directory, String command) throws Exception {
    return run(directory, command).rowCount();
  }

  private RowSet<Row> run(Path directory, String command) throws Exception {
    return PostgresServer.run(database(directory), command);
  }
}
