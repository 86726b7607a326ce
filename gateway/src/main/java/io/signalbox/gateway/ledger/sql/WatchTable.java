package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** {@code operation_watches}: whose providers are looked through for what may be left there. */
final class WatchTable {
  private final SqlConnection connection;
  private final SqlStatement insert;
  private final SqlStatement next;
  private final SqlStatement remove;
  private final SqlStatement move;
  private final SqlStatement due;

  WatchTable(SqlConnection connection) throws SQLException {
    this.connection = connection;
    insert =
        connection.prepare(
            "INSERT INTO operation_watches (operation_id, attempt, due_at, until_at, looks, node)"
                + " VALUES (?, ?, ?, ?, 0, ?) ON CONFLICT DO NOTHING");
    next =
        connection.prepare(
            "UPDATE operation_watches SET due_at = ?, looks = looks + 1"
                + " WHERE operation_id = ? AND attempt = ?");
    remove =
        connection.prepare("DELETE FROM operation_watches WHERE operation_id = ? AND attempt = ?");
    move = connection.prepare("UPDATE operation_watches SET node = ? WHERE node = ?");
    due =
        connection.prepare(
            "SELECT operation_id, attempt, until_at, looks FROM operation_watches"
                + " WHERE node = ? AND due_at <= ? ORDER BY due_at LIMIT ?");
  }

  /** Begins one, with a look at once. */
  void insert(long operation, int attempt, long untilMillis, long nowMillis) throws SQLException {
    insert.setLong(1, operation);
    insert.setInt(2, attempt);
    insert.setTime(3, nowMillis);
    insert.setTime(4, untilMillis);
    insert.setInt(5, connection.node());
    insert.execute();
  }

  /** Notes a look; 0 ends it. */
  void looked(long operation, int attempt, long nextMillis) throws SQLException {
    SqlStatement statement = nextMillis == 0 ? remove : next;
    int at = 1;
    if (nextMillis != 0) {
      statement.setTime(at++, nextMillis);
    }
    statement.setLong(at, operation);
    statement.setInt(at + 1, attempt);
    statement.execute();
  }

  void move(int dead) throws SQLException {
    move.setInt(1, connection.node());
    move.setInt(2, dead);
    move.execute();
  }

  List<Due> due(long nowMillis, int limit) throws SQLException {
    due.setInt(1, connection.node());
    due.setTime(2, nowMillis);
    due.setInt(3, limit);
    List<Due> found = new ArrayList<>();
    try (SqlRows row = due.query()) {
      while (row.next()) {
        found.add(new Due(row.getLong(1), row.getInt(2), row.getLong(3), row.getInt(4)));
      }
    }
    return found;
  }

  /** One that wants a look. */
  record Due(long operation, int attempt, long untilMillis, int looks) {}
}
