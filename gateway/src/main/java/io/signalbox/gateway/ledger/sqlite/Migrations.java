package io.signalbox.gateway.ledger.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings a ledger's schema to the version that this gateway knows: every script after the stored
 * version, in order, each as one transaction. The version is the file's {@code user_version}.
 */
final class Migrations {
  private static final List<String> SCRIPTS =
      List.of(
          "001.sql", "002.sql", "003.sql", "004.sql", "005.sql", "006.sql", "007.sql", "008.sql",
          "009.sql", "010.sql", "011.sql", "012.sql", "013.sql", "014.sql", "015.sql", "016.sql",
          "017.sql", "018.sql", "019.sql", "020.sql", "021.sql", "022.sql", "023.sql", "024.sql",
          "025.sql", "026.sql", "027.sql", "028.sql", "029.sql");

  private Migrations() {}

  /** The version of a ledger that all scripts have made. */
  static int currentVersion() {
    return SCRIPTS.size();
  }

  /**
   * Runs what is missing.
   *
   * @param connection a writing connection without auto-commit
   * @throws IllegalStateException if a newer gateway has made the ledger
   */
  static void run(Connection connection) throws SQLException, IOException {
    int stored = version(connection);
    if (stored > currentVersion()) {
      throw new IllegalStateException(
          "the ledger has schema version "
              + stored
              + ", this gateway knows versions up to "
              + currentVersion()
              + ": it was written by a newer gateway");
    }
    for (int version = stored + 1; version <= currentVersion(); version++) {
      apply(connection, SCRIPTS.get(version - 1), version);
    }
  }

  /** Runs a command as a transaction of its own. */
  static void run(Connection connection, String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(command);
      connection.commit();
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
      return rows.next() ? rows.getInt(1) : 0;
    } finally {
      connection.rollback();
    }
  }

  private static void apply(Connection connection, String script, int version)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      for (String command : read(script).split(";\\s*\n", -1)) {
        if (!command.isBlank()) {
          statement.executeUpdate(command);
        }
      }
      statement.executeUpdate("PRAGMA user_version = " + version);
      connection.commit();
    }
  }

  private static String read(String script) throws IOException {
    try (InputStream in = Migrations.class.getResourceAsStream(script)) {
      if (in == null) {
        throw new IOException("the migration " + script + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
