package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds receipts without an attempt whose attempt is known by now: one node stored the receipt
 * while another was storing what the provider had answered, and neither saw the other.
 */
final class LateReader {
  /** How many are found at once. */
  static final int MOST = 500;

  private final SqlStatement late;
  private final SqlStatement newest;

  LateReader(SqlConnection connection) throws SQLException {
    late =
        connection.prepare(
            """
            SELECT DISTINCT e.provider, e.provider_message_id, n.id, n.random, r.attempt
            FROM webhook_events e
              JOIN provider_requests r ON r.provider_message_id = e.provider_message_id
                AND r.provider = e.provider
              JOIN notifications n ON n.id = r.notification_id
            WHERE e.id > ? AND e.notification_id IS NULL LIMIT ?""");
    newest = connection.prepare("SELECT MAX(id) FROM webhook_events");
  }

  /** A message that is known by now. */
  record Late(String provider, String message, AttemptId attempt) {}

  /** Messages of receipts that are numbered after that. */
  List<Late> late(long after) throws SQLException {
    late.setLong(1, after);
    late.setInt(2, MOST);
    List<Late> found = new ArrayList<>();
    try (SqlRows row = late.query()) {
      while (row.next()) {
        NotificationId id = new NotificationId(row.getLong(3), row.getLong(4));
        found.add(new Late(row.getString(1), row.getString(2), new AttemptId(id, row.getInt(5))));
      }
    }
    return found;
  }

  /** The number of the newest receipt; 0 if there is none. */
  long newest() throws SQLException {
    try (SqlRows row = newest.query()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
