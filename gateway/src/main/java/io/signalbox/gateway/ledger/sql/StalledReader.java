package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.StalledWork;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds stalled work, through indexes that hold no more than what is in flight. */
final class StalledReader {
  private final SqlStatement attempts;
  private final SqlStatement notifications;

  StalledReader(SqlConnection connection) throws SQLException {
    attempts =
        connection.prepare(
            """
            SELECT r.notification_id, n.random, r.attempt
            FROM provider_requests r JOIN notifications n ON n.id = r.notification_id
            WHERE r.outcome IS NULL AND r.deadline_at < ?1
              AND ((CAST(?3 AS BIGINT) >> CAST(n.random & 63 AS INTEGER)) & 1) = 1 LIMIT ?2""");
    notifications =
        connection.prepare(
            """
            SELECT n.id, n.random FROM notifications n
            WHERE n.due_at IS NULL AND n.state IN (0, 1, 2) AND n.updated_at < ?1
              AND ((CAST(?3 AS BIGINT) >> CAST(n.random & 63 AS INTEGER)) & 1) = 1
              AND NOT EXISTS (SELECT 1 FROM provider_requests r
                WHERE r.notification_id = n.id AND r.outcome IS NULL)
            LIMIT ?2""");
  }

  /** Finds what of some buckets stalls; see {@link io.signalbox.gateway.model.NodeShare}. */
  StalledWork find(long buckets, long beforeMillis, int limit) throws SQLException {
    attempts.setLong(3, buckets);
    notifications.setLong(3, buckets);
    return new StalledWork(attempts(beforeMillis, limit), notifications(beforeMillis, limit));
  }

  private List<AttemptId> attempts(long beforeMillis, int limit) throws SQLException {
    attempts.setTime(1, beforeMillis);
    attempts.setInt(2, limit);
    List<AttemptId> found = new ArrayList<>();
    try (SqlRows row = attempts.query()) {
      while (row.next()) {
        found.add(new AttemptId(new NotificationId(row.getLong(1), row.getLong(2)), row.getInt(3)));
      }
    }
    return found;
  }

  private List<NotificationId> notifications(long beforeMillis, int limit) throws SQLException {
    notifications.setTime(1, beforeMillis);
    notifications.setInt(2, limit);
    List<NotificationId> found = new ArrayList<>();
    try (SqlRows row = notifications.query()) {
      while (row.next()) {
        found.add(new NotificationId(row.getLong(1), row.getLong(2)));
      }
    }
    return found;
  }
}
