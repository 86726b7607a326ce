package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.LedgerContract.Opened;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** Where tests keep embedded ledgers, and with which options. */
public final class SqliteFiles {
  static final SqlLedgerOptions OPTIONS = new SqlLedgerOptions(256, 100_000, 1 << 30, 2, 1_000);

  /** The embedded ledger, for the tests of the contract. */
  public static final TestEngine ENGINE = new Engine();

  private SqliteFiles() {}

  static Path file(Path directory) {
    return directory.resolve("ledger.db");
  }

  static Future<SqlLedger> open(Vertx vertx, Path directory) {
    return open(vertx, directory, () -> 0);
  }

  static Future<SqlLedger> open(Vertx vertx, Path directory, IntSupplier maxPages) {
    return SqliteLedger.open(
        vertx, file(directory), OPTIONS, new StoredForm(), EventOutlet.NONE, maxPages);
  }

  static Future<SqlLedger> open(Vertx vertx, Path directory, EventOutlet outlet) {
    return SqliteLedger.open(vertx, file(directory), OPTIONS, new StoredForm(), outlet);
  }

  /** A connection past the ledger, which waits while the ledger writes. */
  static Connection outside(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=30000");
  }

  /** The ports of an open embedded ledger. */
  public static Opened ports(SqlLedger ledger) {
    return Opened.of(ledger);
  }

  private static final class Engine implements TestEngine {
    @Override
    public Future<SqlLedger> open(Vertx vertx, Path directory, EventOutlet outlet, Seal seal) {
      return SqliteLedger.open(
          vertx, file(directory), OPTIONS.withSeal(seal), new StoredForm(), outlet);
    }

    @Override
    public List<String> ask(Path directory, String query) throws SQLException {
      List<String> rows = new ArrayList<>();
      try (Connection connection = outside(file(directory));
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(query)) {
        int columns = row.getMetaData().getColumnCount();
        while (row.next()) {
          List<String> values = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            values.add(row.getString(i));
          }
          rows.add(String.join("|", values));
        }
      }
      return rows;
    }

    @Override
    public int change(Path directory, String command) throws SQLException {
      try (Connection connection = outside(file(directory));
          Statement statement = connection.createStatement()) {
        return statement.executeUpdate(command);
      }
    }
  }
}
