package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.call.RequestType;
import io.signalbox.gateway.ledger.sql.RetentionReader.KeyPlace;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The writer's statements that remove what has been kept for long enough. Each looks once more
 * whether it may: what was found may have changed meanwhile.
 */
final class RetentionTable {
  /** Of a receipt: nobody asks for it. In words that have each looked up by itself. */
  static final String UNNEEDED_RECEIPT =
      "(SELECT n.id FROM notifications n WHERE n.id = webhook_events.notification_id) IS NULL";

  /** Of another id of a notification. */
  static final String UNNEEDED_ALIAS =
      "(SELECT n.id FROM notifications n WHERE n.id = notification_aliases.notification_id)"
          + " IS NULL";

  /** Of a transition: the breaker has moved on, and begins elsewhere after a start. */
  static final String UNNEEDED_BREAKER_EVENT =
      "id < (SELECT MAX(l.id) FROM circuit_breaker_events l"
          + " WHERE l.provider = circuit_breaker_events.provider)";

  /** Of a call of an operation that may not do one, and is over. */
  static final String CALL =
      "outcome IS NOT NULL AND request_type IN ("
          + Arrays.stream(RequestType.values())
              .filter(type -> !type.begins())
              .map(type -> "'" + type.wireName() + "'")
              .collect(Collectors.joining(", "))
          + ")";

  /** Of a range of notifications: nothing is to be done with them, and nothing is under way. */
  private static final String FINISHED =
      "id >= ?2 AND id <= ?3 AND "
          + RemovedTotals.finished("?1")
          + " AND NOT EXISTS (SELECT 1 FROM provider_requests r"
          + " WHERE r.notification_id = notifications.id AND r.outcome IS NULL"
          + " AND r.notification_id >= ?2 AND r.notification_id <= ?3)";

  private static final byte[] NOTHING = {};

  private final SqlConnection connection;
  private final Map<TenantScope, SqlStatement> notifications = new HashMap<>();
  private final SqlStatement contents;
  private final SqlStatement attempts;
  private final SqlStatement events;
  private final SqlStatement total;
  private final SqlStatement calls;
  private final SqlStatement receipts;
  private final SqlStatement aliases;
  private final SqlStatement breakerEvents;
  private final SqlStatement idempotencyKeys;
  private final SqlStatement ranking;

  RetentionTable(SqlConnection connection) throws SQLException {
    this.connection = connection;
    contents =
        connection.prepare(
            "UPDATE notifications SET content = ?4 WHERE LENGTH(content) > 0 AND " + FINISHED);
    attempts = ofRemoved(connection, "provider_requests");
    events = ofRemoved(connection, "notification_events");
    total = connection.prepare(RemovedTotals.ADD);
    calls =
        connection.prepare(
            "DELETE FROM provider_requests WHERE notification_id >= ?1 AND notification_id <= ?2"
                + " AND "
                + CALL);
    receipts = byId(connection, "webhook_events", UNNEEDED_RECEIPT);
    aliases = byId(connection, "notification_aliases", UNNEEDED_ALIAS);
    breakerEvents = byId(connection, "circuit_breaker_events", UNNEEDED_BREAKER_EVENT);
    idempotencyKeys =
        connection.prepare(
            "DELETE FROM idempotency_keys WHERE (tenant, key) > (?1, ?2)"
                + " AND (tenant, key) <= (?3, ?4) AND created_at < ?5");
    ranking = connection.prepare("DELETE FROM rankings WHERE id = ? AND used_at < ?");
  }

  private static SqlStatement ofRemoved(SqlConnection connection, String table)
      throws SQLException {
    return connection.prepare(
        "DELETE FROM "
            + table
            + " WHERE notification_id >= ?1 AND notification_id <= ?2"
            + " AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.id = "
            + table
            + ".notification_id AND n.id >= ?1 AND n.id <= ?2)");
  }

  private static SqlStatement byId(SqlConnection connection, String table, String unneeded)
      throws SQLException {
    return connection.prepare(
        "DELETE FROM " + table + " WHERE id > ?1 AND id <= ?2 AND created_at < ?3 AND " + unneeded);
  }

  private SqlStatement notifications(TenantScope scope) throws SQLException {
    SqlStatement known = notifications.get(scope);
    if (known == null) {
      known =
          connection.prepare(
              "DELETE FROM notifications WHERE "
                  + FINISHED
                  + scope.condition(4)
                  + " RETURNING tenant, lane, state, attempts");
      notifications.put(scope, known);
    }
    return known;
  }

  /** Removes the finished notifications of a range, both ends included, with all they have. */
  int notifications(TenantScope scope, long first, long last, long beforeMillis)
      throws SQLException {
    SqlStatement asked = notifications(scope);
    asked.setTime(1, beforeMillis);
    asked.setLong(2, first);
    asked.setLong(3, last);
    scope.bind(asked, 4);
    RemovedTotals totals = new RemovedTotals();
    int removed = 0;
    try (SqlRows row = asked.query()) {
      while (row.next()) {
        removed++;
        totals.add(row.getString(1), row.getInt(2), row.getInt(3), 1, row.getLong(4));
      }
    }
    if (removed > 0) {
      ofRemoved(attempts, first, last);
      ofRemoved(events, first, last);
      for (RemovedTotals.Total each : totals.all()) {
        add(each);
      }
    }
    return removed;
  }

  /** Empties the contents of the finished notifications of a range, both ends included. */
  int contents(long first, long last, long beforeMillis) throws SQLException {
    contents.setTime(1, beforeMillis);
    contents.setLong(2, first);
    contents.setLong(3, last);
    contents.setBytes(4, NOTHING);
    return contents.update();
  }

  private static void ofRemoved(SqlStatement statement, long first, long last) throws SQLException {
    statement.setLong(1, first);
    statement.setLong(2, last);
    statement.execute();
  }

  private void add(RemovedTotals.Total each) throws SQLException {
    total.setString(1, each.tenant());
    total.setInt(2, each.channel());
    total.setInt(3, each.state());
    total.setLong(4, each.notifications());
    total.setLong(5, each.attempts());
    total.execute();
  }

  /** Removes the calls of operations of a range, both ends included. */
  int calls(long first, long last) throws SQLException {
    calls.setLong(1, first);
    calls.setLong(2, last);
    return calls.update();
  }

  /** Removes receipts behind a number, up to another. */
  int receipts(long after, long last, long beforeMillis) throws SQLException {
    return byId(receipts, after, last, beforeMillis);
  }

  /** Removes other ids of notifications behind a number, up to another. */
  int aliases(long after, long last, long beforeMillis) throws SQLException {
    return byId(aliases, after, last, beforeMillis);
  }

  /** Removes transitions of breakers behind a number, up to another. */
  int breakerEvents(long after, long last, long beforeMillis) throws SQLException {
    return byId(breakerEvents, after, last, beforeMillis);
  }

  private static int byId(SqlStatement statement, long after, long last, long beforeMillis)
      throws SQLException {
    statement.setLong(1, after);
    statement.setLong(2, last);
    statement.setTime(3, beforeMillis);
    return statement.update();
  }

  /** Removes idempotency keys behind one, up to another. */
  int idempotencyKeys(KeyPlace after, KeyPlace last, long beforeMillis) throws SQLException {
    idempotencyKeys.setString(1, after.tenant());
    idempotencyKeys.setString(2, after.key());
    idempotencyKeys.setString(3, last.tenant());
    idempotencyKeys.setString(4, last.key());
    idempotencyKeys.setTime(5, beforeMillis);
    return idempotencyKeys.update();
  }

  /** Removes rankings, unless an attempt has referred to them since a time. */
  int rankings(List<Long> ids, long beforeMillis) throws SQLException {
    int removed = 0;
    for (long id : ids) {
      ranking.setLong(1, id);
      ranking.setTime(2, beforeMillis);
      removed += ranking.update();
    }
    return removed;
  }
}
