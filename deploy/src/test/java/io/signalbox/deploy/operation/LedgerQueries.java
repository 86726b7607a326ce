package io.signalbox.deploy.operation;

import io.signalbox.deploy.GatewaySettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks a ledger in PostgreSQL beside its gateway, as an operator does. */
final class LedgerQueries {
  /** The monitoring queries of operators, word for word; the gateway's own tests hold them. */
  private static final Path FILES =
      Path.of("gateway/src/test/resources/io/signalbox/gateway/ledger/postgres");

  private final String url;
  private final String user;
  private final String password;
  private final Path root;

  private LedgerQueries(String url, String user, String password, Path root) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.root = root;
  }

  /** Whether a gateway's ledger is one. */
  static boolean canAsk(GatewaySettings settings) {
    return "postgres".equals(settings.values().get("ledger.engine"));
  }

  /**
   * Of the ledger of a gateway.
   *
   * @param root the folder of the sources
   */
  static LedgerQueries of(GatewaySettings settings, Path root) throws IOException {
    Map<String, String> values = settings.values();
    String file = values.get("postgres.password").substring("file:".length());
    return new LedgerQueries(
        "jdbc:postgresql://"
            + values.get("postgres.host")
            + ":"
            + values.get("postgres.port")
            + "/"
            + values.get("postgres.database"),
        values.get("postgres.user"),
        Files.readString(Path.of(file)).strip(),
        root);
  }

  /** The rows of a query of that file, each by the names of its columns. */
  List<JsonObject> file(String name) throws IOException, SQLException {
    return ask(Files.readString(root.resolve(FILES).resolve(name)));
  }

  /** Runs the statements of that file, which change something. */
  void change(String name) throws IOException, SQLException {
    String statements = Files.readString(root.resolve(FILES).resolve(name));
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  /** The rows of a query. */
  List<JsonObject> ask(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<JsonObject> found = new ArrayList<>();
      while (rows.next()) {
        JsonObject row = new JsonObject();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          row.put(rows.getMetaData().getColumnLabel(column), rows.getString(column));
        }
        found.add(row);
      }
      return found;
    }
  }

  /**
   * How many calls of some types have failed so far, have no end, or had one that was unknown at
   * first.
   */
  long troubledCalls(String... types) {
    try {
      return ask(
              "SELECT count(*) AS number FROM provider_requests WHERE (success IS NOT TRUE OR code IS NOT NULL)"
                  + " AND request_type IN ('"
                  + String.join("', '", types)
                  + "')")
          .stream()
          .mapToLong(row -> Long.parseLong(row.getString("number")))
          .sum();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same as one value. */
  static JsonArray json(List<JsonObject> rows) {
    return new JsonArray(new ArrayList<>(rows));
  }
}
