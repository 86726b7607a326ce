package io.signalbox.deploy.cluster;

import io.signalbox.gateway.model.NotificationState;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Reads the ledger in PostgreSQL beside its gateways. */
final class LedgerTables {
  private final String url;

  LedgerTables(String url) {
    this.url = url;
  }

  /** The state of every notification, by the key of its id. */
  Map<Long, NotificationState> states() {
    Map<Long, NotificationState> states = new HashMap<>();
    read(
        "SELECT id, state FROM notifications",
        row -> states.put(row.getLong(1), NotificationState.ofCode(row.getInt(2))));
    return states;
  }

  /** How many notifications are not at an end that lasts: work, or receipts, are to come. */
  long unfinished() {
    long[] count = new long[1];
    read(
        "SELECT count(*) FROM notifications WHERE state IN (0, 1, 2, 3, 4)",
        row -> count[0] = row.getLong(1));
    return count[0];
  }

  /**
   * When another node first ended an attempt that a node had begun and could not end.
   *
   * @param node the number of that node
   * @param from the earliest moment that counts, in milliseconds since 1970
   * @param to the latest
   * @return in milliseconds since 1970; empty if nobody did
   */
  OptionalLong firstTakeover(int node, long from, long to) {
    OptionalLong[] found = {OptionalLong.empty()};
    read(
        "SELECT (extract(epoch FROM min(ended_at)) * 1000)::bigint FROM provider_requests"
            + " WHERE code = 'node_stopped' AND node = "
            + node
            + " AND ended_at BETWEEN to_timestamp("
            + from
            + " / 1000.0) AND to_timestamp("
            + to
            + " / 1000.0)",
        row -> {
          long millis = row.getLong(1);
          found[0] = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(millis);
        });
    return found[0];
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void read(String query, RowReader reader) {
    try (Connection ledger = DriverManager.getConnection(url);
        Statement statement = ledger.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        reader.read(rows);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be read", e);
    }
  }
}
