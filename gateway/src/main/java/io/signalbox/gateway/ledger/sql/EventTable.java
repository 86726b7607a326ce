package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.BreakerLedger.BreakerTransition;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code notification_events} and {@code circuit_breaker_events}. */
final class EventTable {
  private final SqlStatement insert;
  private final SqlStatement insertIfNew;
  private final SqlStatement breaker;

  EventTable(SqlConnection connection) throws SQLException {
    insert =
        connection.prepare(
            "INSERT INTO notification_events (notification_id, created_at, event, detail)"
                + " VALUES (?, ?, ?, ?)");
    insertIfNew =
        connection.prepare(
            """
            INSERT INTO notification_events (notification_id, created_at, event, detail)
            SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (
              SELECT 1 FROM notification_events AS last
              WHERE last.id =
                  (SELECT max(id) FROM notification_events WHERE notification_id = ?1)
                AND last.event = ?3 AND last.detail IS NOT DISTINCT FROM ?4)""");
    breaker =
        connection.prepare(
            """
            INSERT INTO circuit_breaker_events (provider, from_state, to_state, reason, generation,
              created_at, open_until, recovery_timeout_ms, actor, cause, fault, evidence)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
  }

  void insert(long key, long atMillis, String event, @Nullable String detail) throws SQLException {
    insert(insert, key, atMillis, event, detail);
  }

  /** Inserts unless the notification's last event says the same: waiting is told once. */
  void insertIfNew(long key, long atMillis, String event, @Nullable String detail)
      throws SQLException {
    insert(insertIfNew, key, atMillis, event, detail);
  }

  private static void insert(
      SqlStatement statement, long key, long atMillis, String event, @Nullable String detail)
      throws SQLException {
    statement.setLong(1, key);
    statement.setTime(2, atMillis);
    statement.setString(3, event);
    Columns.bind(statement, 4, detail);
    statement.execute();
  }

  void insert(BreakerTransition transition) throws SQLException {
    breaker.setString(1, transition.provider());
    breaker.setString(2, transition.fromState());
    breaker.setString(3, transition.toState());
    breaker.setString(4, transition.reason());
    breaker.setLong(5, transition.generation());
    breaker.setTime(6, transition.atMillis());
    breaker.setTime(7, transition.openUntilMillis());
    breaker.setLong(8, transition.recoveryTimeoutMillis());
    Columns.bind(breaker, 9, transition.actor());
    breaker.setString(10, transition.cause());
    breaker.setFlag(11, transition.fault());
    breaker.setString(12, transition.evidence());
    breaker.execute();
  }
}
