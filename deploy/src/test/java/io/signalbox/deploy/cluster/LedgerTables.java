package io.signalbox.deploy.cluster;

import io.signalbox.gateway.model.NotificationId;
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

  /** The state of every notification. */
  Map<NotificationId, NotificationState> states() {
    Map<NotificationId, NotificationState> states = new HashMap<>();
    read(
        "SELECT id, random, state FROM notifications",
        row ->
            states.put(
                new NotificationId(row.getLong(1), row.getLong(2)),
                NotificationState.ofCode(row.getInt(3))));
    return states;
  }

  /**
   * Notifications that have a second id, because a node could not ask the ledger when it gave it
   * out: the ids in the ledger, by the second ones.
   */
  Map<NotificationId, NotificationId> aliases() {
    Map<NotificationId, NotificationId> aliases = new HashMap<>();
    read(
        "SELECT id, random, notification_id, notification_random FROM notification_aliases",
        row ->
            aliases.put(
                new NotificationId(row.getLong(1), row.getLong(2)),
                new NotificationId(row.getLong(3), row.getLong(4))));
    return aliases;
  }

  /** How many notifications there are. */
  long notifications() {
    return count("true");
  }

  /** How many notifications are to be worked at, or wait for a person. */
  long unfinished() {
    return count("state IN (0, 1, 2, 3)");
  }

  /** How many were taken by a provider and have no receipt yet that ends them. */
  long withoutReceipt() {
    return count("state = 4");
  }

  private long count(String which) {
    long[] count = new long[1];
    read("SELECT count(*) FROM notifications WHERE " + which, row -> count[0] = row.getLong(1));
    return count[0];
  }

  /**
   * When another node took away a node's number, and with it, in the same transaction, its work.
   *
   * @param from the earliest moment that counts, in milliseconds since 1970
   * @param to the latest
   * @return in milliseconds since 1970; empty if nobody did
   */
  OptionalLong takeover(int node, long from, long to) {
    OptionalLong[] found = {OptionalLong.empty()};
    read(
        "SELECT (extract(epoch FROM left_at) * 1000)::bigint FROM nodes WHERE node = "
            + node
            + " AND left_at BETWEEN to_timestamp("
            + from
            + " / 1000.0) AND to_timestamp("
            + to
            + " / 1000.0)",
        row -> found[0] = OptionalLong.of(row.getLong(1)));
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
