package io.signalbox.deploy.resilience;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a gateway's ledger beside it. */
final class LedgerFile {
  private final Path file;

  LedgerFile(Path file) {
    this.file = file;
  }

  /** A row of the attempts, with the key of its notification's id. */
  record AttemptRow(
      long key, String provider, long beganAtMillis, boolean sent, boolean possibleDuplicate) {}

  /** The state of every notification, by the key of its id. */
  Map<Long, NotificationState> states() {
    Map<Long, NotificationState> states = new HashMap<>();
    read(
        "SELECT id, state FROM notifications",
        row -> states.put(row.getLong(1), NotificationState.ofCode(row.getInt(2))));
    return states;
  }

  List<AttemptRow> attempts() {
    List<AttemptRow> attempts = new ArrayList<>();
    read(
        "SELECT notification_id, provider, created_at, success, possible_duplicate"
            + " FROM provider_requests",
        row ->
            attempts.add(
                new AttemptRow(
                    row.getLong(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getInt(4) == 1,
                    row.getInt(5) == 1)));
    return attempts;
  }

  /** When the breakers of these providers opened, in milliseconds since 1970. */
  List<Long> breakersOpenedAt(List<String> providers) {
    List<Long> times = new ArrayList<>();
    read(
        "SELECT provider, created_at FROM circuit_breaker_events WHERE to_state = 'open'",
        row -> {
          if (providers.contains(row.getString(1))) {
            times.add(row.getLong(2));
          }
        });
    return times;
  }

  /** The number that notifications are known by in the ledger. */
  static long key(String id) {
    return NotificationId.parse(id).orElseThrow().key();
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void read(String query, RowReader reader) {
    try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro");
        Statement statement = ledger.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        reader.read(rows);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }
}
