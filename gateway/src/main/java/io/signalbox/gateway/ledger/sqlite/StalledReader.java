package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.StalledWork;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds stalled work, through indexes that hold no more than what is in flight. */
final class StalledReader {
  private final PreparedStatement attempts;
  private final PreparedStatement notifications;

  StalledReader(Connection connection) throws SQLException {
    attempts =
        connection.prepareStatement(
            """
            SELECT r.notification_id, n.random, r.attempt
            FROM provider_requests r JOIN notifications n ON n.id = r.notification_id
            WHERE r.outcome IS NULL AND r.deadline_at < ? LIMIT ?""");
    notifications =
        connection.prepareStatement(
            """
            SELECT n.id, n.random FROM notifications n
            WHERE n.due_at IS NULL AND n.state IN (0, 1, 2) AND n.updated_at < ?
              AND NOT EXISTS (SELECT 1 FROM provider_requests r
                WHERE r.notification_id = n.id AND r.outcome IS NULL)
            LIMIT ?""");
  }

  StalledWork find(long beforeMillis, int limit) throws SQLException {
    return new StalledWork(attempts(beforeMillis, limit), notifications(beforeMillis, limit));
  }

  private List<AttemptId> attempts(long beforeMillis, int limit) throws SQLException {
    attempts.setLong(1, beforeMillis);
    attempts.setInt(2, limit);
    List<AttemptId> found = new ArrayList<>();
    try (ResultSet row = attempts.executeQuery()) {
      while (row.next()) {
        found.add(new AttemptId(new NotificationId(row.getLong(1), row.getLong(2)), row.getInt(3)));
      }
    }
    return found;
  }

  private List<NotificationId> notifications(long beforeMillis, int limit) throws SQLException {
    notifications.setLong(1, beforeMillis);
    notifications.setInt(2, limit);
    List<NotificationId> found = new ArrayList<>();
    try (ResultSet row = notifications.executeQuery()) {
      while (row.next()) {
        found.add(new NotificationId(row.getLong(1), row.getLong(2)));
      }
    }
    return found;
  }
}
