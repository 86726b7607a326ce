package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.model.NotificationId;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The writer's statements that remove operations which have been kept for long enough. */
final class OperationRetention {
  private final SqlConnection connection;
  private final Map<TenantScope, SqlStatement> removals = new HashMap<>();
  private final List<SqlStatement> belongings;

  OperationRetention(SqlConnection connection) throws SQLException {
    this.connection = connection;
    this.belongings =
        List.of(
            connection.prepare("DELETE FROM operation_claims WHERE operation_id = ?"),
            connection.prepare("DELETE FROM provider_requests WHERE notification_id = ?"));
  }

  /** Removes some of those that have ended before a time; returns how many. */
  int remove(TenantScope scope, long beforeMillis, int limit) throws SQLException {
    SqlStatement removal = removal(scope);
    removal.setLong(1, NotificationId.firstKey(beforeMillis));
    removal.setTime(2, beforeMillis);
    removal.setInt(3, limit);
    scope.bind(removal, 4);
    int removed = 0;
    try (SqlRows row = removal.query()) {
      while (row.next()) {
        removed++;
        for (SqlStatement each : belongings) {
          each.setLong(1, row.getLong(1));
          each.executeOn(row.getLong(1));
        }
      }
    }
    return removed;
  }

  private SqlStatement removal(TenantScope scope) throws SQLException {
    SqlStatement known = removals.get(scope);
    if (known == null) {
      // What is followed lives on at its provider; what is watched may.
      known =
          connection.prepare(
              "DELETE FROM operations WHERE id IN (SELECT o.id FROM operations o WHERE o.id < ?1"
                  + " AND o.ended_at < ?2 AND o.follow_at IS NULL"
                  + " AND NOT EXISTS (SELECT 1 FROM operation_watches w"
                  + " WHERE w.operation_id = o.id)"
                  + " AND NOT EXISTS (SELECT 1 FROM operation_claims c"
                  + " WHERE c.operation_id = o.id AND c.due_at IS NOT NULL)"
                  + scope.condition(4)
                  + " ORDER BY o.id LIMIT ?3) RETURNING id");
      removals.put(scope, known);
    }
    return known;
  }
}
