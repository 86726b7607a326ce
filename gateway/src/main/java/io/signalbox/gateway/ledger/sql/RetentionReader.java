package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.model.NotificationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for what has been kept for long enough, a page of rows at a time in the order of their
 * keys: no index by age is needed, which every new row would have to keep up.
 */
final class RetentionReader {
  /** How many rows a page looks at. */
  static final int PAGE = 5_000;

  private final SqlConnection connection;
  private final Map<TenantScope, SqlStatement> notifications = new HashMap<>();
  private final SqlStatement contents;
  private final SqlStatement calls;
  private final SqlStatement receipts;
  private final SqlStatement aliases;
  private final SqlStatement breakerEvents;
  private final SqlStatement idempotencyKeys;
  private final SqlStatement rankings;
  private final SqlStatement referred;

  RetentionReader(SqlConnection connection) throws SQLException {
    this.connection = connection;
    contents = finished(connection, " AND LENGTH(content) > 0");
    calls =
        connection.prepare(
            "SELECT notification_id, CASE WHEN "
                + RetentionTable.CALL
                + " THEN 1 ELSE 0 END FROM provider_requests"
                + " WHERE notification_id >= ?1 AND notification_id < ?2"
                + " ORDER BY notification_id LIMIT "
                + PAGE);
    receipts = byId(connection, "webhook_events", RetentionTable.UNNEEDED_RECEIPT);
    aliases = byId(connection, "notification_aliases", RetentionTable.UNNEEDED_ALIAS);
    breakerEvents =
        byId(connection, "circuit_breaker_events", RetentionTable.UNNEEDED_BREAKER_EVENT);
    idempotencyKeys =
        connection.prepare(
            "SELECT tenant, key, CASE WHEN created_at < ?3 THEN 1 ELSE 0 END FROM idempotency_keys"
                + " WHERE (tenant, key) > (?1, ?2) ORDER BY tenant, key LIMIT "
                + PAGE);
    rankings =
        connection.prepare(
            "SELECT id, CASE WHEN used_at < ?1 THEN 1 ELSE 0 END FROM rankings WHERE id > ?2"
                + " ORDER BY id LIMIT "
                + PAGE);
    referred =
        connection.prepare(
            "SELECT DISTINCT ranking_id FROM provider_requests"
                + " WHERE notification_id < ? AND ranking_id BETWEEN ? AND ?");
  }

  private static SqlStatement finished(SqlConnection connection, String and) throws SQLException {
    return connection.prepare(
        "SELECT id, CASE WHEN "
            + RemovedTotals.finished("?1")
            + and
            + " THEN 1 ELSE 0 END FROM notifications WHERE id >= ?2 AND id < ?3 ORDER BY id LIMIT "
            + PAGE);
  }

  private static SqlStatement byId(SqlConnection connection, String table, String unneeded)
      throws SQLException {
    return connection.prepare(
        "SELECT id, CASE WHEN created_at < ?1 THEN 1 ELSE 0 END, CASE WHEN "
            + unneeded
            + " THEN 1 ELSE 0 END FROM "
            + table
            + " WHERE id > ?2 ORDER BY id LIMIT "
            + PAGE);
  }

  private SqlStatement notifications(TenantScope scope) throws SQLException {
    SqlStatement known = notifications.get(scope);
    if (known == null) {
      known = finished(connection, scope.condition(4));
      notifications.put(scope, known);
    }
    return known;
  }

  /** The next notifications of a range. */
  Slice<Long> notifications(TenantScope scope, KeyRange range, long beforeMillis, int maxFound)
      throws SQLException {
    Page page = finished(notifications(scope), scope, range, beforeMillis, maxFound);
    return page.removedBy(
        session ->
            session.retention().notifications(scope, range.from(), page.last(), beforeMillis));
  }

  /** The next notifications behind a key of which the contents are left. */
  Slice<Long> contents(long after, long beforeMillis, int maxFound) throws SQLException {
    KeyRange range = new KeyRange(after + 1, NotificationId.firstKey(beforeMillis));
    Page page = finished(contents, TenantScope.ALL, range, beforeMillis, maxFound);
    return page.removedBy(
        session -> session.retention().contents(range.from(), page.last(), beforeMillis));
  }

  /** The next calls of operations behind a key. */
  Slice<Long> calls(long after, long beforeMillis, int maxFound) throws SQLException {
    KeyRange range = new KeyRange(after + 1, NotificationId.firstKey(beforeMillis));
    calls.setLong(1, range.from());
    calls.setLong(2, range.until());
    Page page = page(calls, range, maxFound);
    return page.removedBy(session -> session.retention().calls(range.from(), page.last()));
  }

  private static Page finished(
      SqlStatement statement, TenantScope scope, KeyRange range, long beforeMillis, int maxFound)
      throws SQLException {
    statement.setTime(1, beforeMillis);
    statement.setLong(2, range.from());
    statement.setLong(3, range.until());
    scope.bind(statement, 4);
    return page(statement, range, maxFound);
  }

  private static Page page(SqlStatement statement, KeyRange range, int maxFound)
      throws SQLException {
    long last = range.from() - 1;
    int seen = 0;
    int found = 0;
    try (SqlRows row = statement.stream()) {
      while (found < maxFound && row.next()) {
        seen++;
        last = row.getLong(1);
        found += row.getInt(2);
      }
    }
    return new Page(last, found, found < maxFound && seen < PAGE);
  }

  /** The next receipts behind a number. */
  Slice<Long> receipts(long after, long beforeMillis, int maxFound) throws SQLException {
    Page page = byId(receipts, after, beforeMillis, maxFound);
    return page.removedBy(
        session -> session.retention().receipts(after, page.last(), beforeMillis));
  }

  /** The next other ids of notifications behind a number. */
  Slice<Long> aliases(long after, long beforeMillis, int maxFound) throws SQLException {
    Page page = byId(aliases, after, beforeMillis, maxFound);
    return page.removedBy(session -> session.retention().aliases(after, page.last(), beforeMillis));
  }

  /** The next transitions of breakers behind a number. */
  Slice<Long> breakerEvents(long after, long beforeMillis, int maxFound) throws SQLException {
    Page page = byId(breakerEvents, after, beforeMillis, maxFound);
    return page.removedBy(
        session -> session.retention().breakerEvents(after, page.last(), beforeMillis));
  }

  /** Rows come nearly in the order of time: where a whole page is young, so is the rest. */
  private static Page byId(SqlStatement statement, long after, long beforeMillis, int maxFound)
      throws SQLException {
    statement.setTime(1, beforeMillis);
    statement.setLong(2, after);
    long last = after;
    int seen = 0;
    int old = 0;
    int found = 0;
    try (SqlRows row = statement.stream()) {
      while (found < maxFound && row.next()) {
        seen++;
        last = row.getLong(1);
        old += row.getInt(2);
        found += row.getInt(2) * row.getInt(3);
      }
    }
    return new Page(last, found, found < maxFound && (seen < PAGE || old == 0));
  }

  /** The next idempotency keys behind one. */
  Slice<KeyPlace> idempotencyKeys(KeyPlace after, long beforeMillis, int maxFound)
      throws SQLException {
    idempotencyKeys.setString(1, after.tenant());
    idempotencyKeys.setString(2, after.key());
    idempotencyKeys.setTime(3, beforeMillis);
    KeyPlace last = after;
    int seen = 0;
    int found = 0;
    try (SqlRows row = idempotencyKeys.stream()) {
      while (found < maxFound && row.next()) {
        seen++;
        last = new KeyPlace(row.getString(1), row.getString(2));
        found += row.getInt(3);
      }
    }
    KeyPlace end = last;
    return new Slice<>(
        last,
        found,
        found < maxFound && seen < PAGE,
        session -> session.retention().idempotencyKeys(after, end, beforeMillis));
  }

  /**
   * The next rankings behind one that no attempt has referred to since a time.
   *
   * @param untilKey attempts that refer to such rankings belong to notifications before this key
   */
  Slice<Long> rankings(long after, long beforeMillis, long untilKey, int maxFound)
      throws SQLException {
    rankings.setTime(1, beforeMillis);
    rankings.setLong(2, after);
    long last = after;
    int seen = 0;
    List<Long> old = new ArrayList<>();
    try (SqlRows row = rankings.stream()) {
      while (old.size() < maxFound && row.next()) {
        seen++;
        last = row.getLong(1);
        if (row.getInt(2) != 0) {
          old.add(last);
        }
      }
    }
    boolean end = old.size() < maxFound && (seen < PAGE || old.isEmpty());
    if (!old.isEmpty()) {
      old.removeAll(referred(untilKey, old.get(0), last));
    }
    return new Slice<>(
        last, old.size(), end, session -> session.retention().rankings(old, beforeMillis));
  }

  private Set<Long> referred(long untilKey, long first, long last) throws SQLException {
    referred.setLong(1, untilKey);
    referred.setLong(2, first);
    referred.setLong(3, last);
    Set<Long> found = new HashSet<>();
    try (SqlRows row = referred.query()) {
      while (row.next()) {
        found.add(row.getLong(1));
      }
    }
    return found;
  }

  /** A place among the idempotency keys. */
  record KeyPlace(String tenant, String key) {}

  /** A page of rows with numbers. */
  private record Page(long last, int found, boolean end) {

    Slice<Long> removedBy(Change<Integer> removal) {
      return new Slice<>(last, found, end, removal);
    }
  }

  /**
   * A page.
   *
   * @param last the key of the last row that was looked at
   * @param found how many rows of it can go
   * @param end whether nothing can go behind it
   * @param removal removes them, and tells how many went
   */
  record Slice<K>(K last, int found, boolean end, Change<Integer> removal) {}
}
