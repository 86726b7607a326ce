package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.Decision;
import io.signalbox.gateway.ledger.StepRule.Position;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.LaneKind;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.spi.intake.SendNotification;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code notifications}. */
final class NotificationTable {
  private final SqlStatement insert;
  private static final String COLUMNS =
      "SELECT id, random, tenant, state, attempts, retry_count, lane, last_provider, replayed_at,"
          + " due_at, reason, traceparent FROM notifications ";

  private final KnownRows seen = new KnownRows();
  private final WaitingCount waiting;
  private final boolean readsAhead;
  private @Nullable SqlAnswer asked;
  private final SqlStatement find;
  private final SqlStatement ahead;
  private final SqlStatement begin;
  private final SqlStatement move;
  private final SqlStatement revive;
  private final SqlStatement reviveIfLost;
  private final SqlStatement replayed;

  NotificationTable(SqlConnection connection, WaitingCount waiting) throws SQLException {
    this.waiting = waiting;
    readsAhead = connection.readsAhead();
    insert =
        connection.prepare(
            """
            INSERT INTO notifications (id, random, lane, state, attempts, retry_count, due_at,
              updated_at, accepted_at, tenant, type, subject, content, traceparent)
            VALUES (?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?)""");
    find = connection.prepare(COLUMNS + "WHERE id = ?" + connection.forUpdate());
    ahead =
        readsAhead
            // In this order, so that no two gateways wait for each other.
            ? connection.prepare(COLUMNS + "WHERE id = ANY(?) ORDER BY id" + connection.forUpdate())
            : find;
    begin =
        connection.prepare(
            """
            UPDATE notifications SET state = ?, attempts = ?, due_at = NULL, last_provider = ?,
              reason = NULL, updated_at = ?, resilience_strategy = ?,
              circuit_breaker_open_at = COALESCE(?, circuit_breaker_open_at)
            WHERE id = ?""");
    move =
        connection.prepare(
            "UPDATE notifications SET state = ?, due_at = ?, retry_count = ?, lane = ?,"
                + " reason = ?, updated_at = ? WHERE id = ?");
    revive =
        connection.prepare(
            "UPDATE notifications SET due_at = ?, reason = ?, updated_at = ? WHERE id = ?");
    reviveIfLost =
        connection.prepare(
            """
            UPDATE notifications SET due_at = ?, reason = ?, updated_at = ?
            WHERE id = ? AND due_at IS NULL AND state IN (0, 1, 2) AND updated_at < ?
              AND NOT EXISTS (SELECT 1 FROM provider_requests r
                WHERE r.notification_id = notifications.id AND r.outcome IS NULL)""");
    replayed =
        connection.prepare(
            "UPDATE notifications SET replayed_at = ?, replayed_after = attempts WHERE id = ?");
  }

  /**
   * Stores a notification.
   *
   * @param content what is stored of its content
   */
  void insert(AcceptRequest request, byte[] content) throws SQLException {
    SendNotification notification = request.notification();
    Lane lane =
        new Lane(notification.channel(), notification.priority(), LaneKind.of(request.batch(), 0));
    insert.setLong(1, request.id().key());
    insert.setLong(2, request.id().random());
    insert.setInt(3, lane.code());
    insert.setInt(4, request.state().code());
    insert.setTime(5, request.dueAtMillis());
    insert.setTime(6, request.acceptedAtMillis());
    insert.setTime(7, request.acceptedAtMillis());
    insert.setString(8, notification.tenant());
    insert.setString(9, notification.type());
    Columns.bind(insert, 10, request.subject());
    insert.setBytes(11, content);
    insert.setString(12, request.trace().traceparent());
    insert.executeOn(request.id().key());
    waiting.change(lane, 1);
    know(NotificationRow.of(request, lane));
  }

  /** Finds a notification by its key alone; null if there is none. */
  @Nullable NotificationRow find(long key) throws SQLException {
    NotificationRow known = seen.get(key);
    if (known != null) {
      return known;
    }
    find.setLong(1, key);
    try (SqlRows row = find.query()) {
      if (!row.next()) {
        return null;
      }
      NotificationRow found = read(row);
      know(found);
      return found;
    }
  }

  /** What nobody else changes is not asked for again. */
  private void know(NotificationRow row) {
    if (!readsAhead) {
      seen.put(row);
    }
  }

  /** How many rows are known without asking. */
  int known() {
    return seen.size();
  }

  /** Asks for notifications that will be looked for; {@link #takeAhead} takes the answer. */
  void askAhead(Collection<Long> keys) throws SQLException {
    if (!keys.isEmpty()) {
      ahead.setLongs(1, keys);
      asked = ahead.ask();
    }
  }

  void takeAhead() throws SQLException {
    SqlAnswer answer = asked;
    asked = null;
    if (answer != null) {
      readAll(answer.rows()).values().forEach(seen::put);
    }
  }

  /** Those that there are of some keys. */
  Map<Long, NotificationRow> findAll(Collection<Long> keys) throws SQLException {
    if (readsAhead) {
      return findTogether(keys);
    }
    Map<Long, NotificationRow> found = new HashMap<>();
    for (long key : keys) {
      NotificationRow row = find(key);
      if (row != null) {
        found.put(key, row);
      }
    }
    return found;
  }

  private Map<Long, NotificationRow> findTogether(Collection<Long> keys) throws SQLException {
    ahead.setLongs(1, keys);
    return readAll(ahead.query());
  }

  private static Map<Long, NotificationRow> readAll(SqlRows rows) throws SQLException {
    Map<Long, NotificationRow> found = new HashMap<>();
    try (SqlRows row = rows) {
      while (row.next()) {
        NotificationRow each = read(row);
        found.put(each.id().key(), each);
      }
    }
    return found;
  }

  /** Forgets what is known of rows: others may have changed them, or a change was taken back. */
  void forgetAhead() {
    asked = null;
    seen.clear();
  }

  private static NotificationRow read(SqlRows row) throws SQLException {
    NotificationId id = new NotificationId(row.getLong(1), row.getLong(2));
    return new NotificationRow(
        id,
        row.getString(3),
        NotificationState.ofCode(row.getInt(4)),
        row.getInt(5),
        row.getInt(6),
        Lane.ofCode(row.getInt(7)),
        row.getLong(10),
        Columns.text(row, 11),
        Columns.text(row, 8),
        row.getLong(9),
        Columns.trace(row, 12, id));
  }

  /** Finds a notification by its whole id; null if there is none. */
  @Nullable NotificationRow find(NotificationId id) throws SQLException {
    NotificationRow row = find(id.key());
    return row != null && row.id().equals(id) ? row : null;
  }

  /**
   * Finds a notification that a caller must know.
   *
   * @throws IllegalArgumentException if there is none of that id
   */
  NotificationRow get(NotificationId id) throws SQLException {
    NotificationRow row = find(id);
    if (row == null) {
      throw new IllegalArgumentException("the ledger has no notification " + id);
    }
    return row;
  }

  /** An attempt begins: nothing is due until it ends. */
  void begin(NotificationRow row, NotificationState state, AttemptStart start) throws SQLException {
    long key = row.id().key();
    seen.remove(key);
    begin.setInt(1, state.code());
    begin.setInt(2, start.attempt().number());
    begin.setString(3, start.provider());
    begin.setTime(4, start.startedAtMillis());
    Decision decision = start.decision();
    String policy = decision.policy();
    begin.setString(5, policy == null ? decision.rule() : policy);
    boolean open =
        decision.excluded().stream().anyMatch(e -> e.reason().equals(PastAttempt.BREAKER_OPEN));
    Columns.time(begin, 6, open ? (Long) start.startedAtMillis() : null);
    begin.setLong(7, key);
    begin.executeOn(key);
    waiting.change(row.lane(), row.dueAtMillis() == 0 ? 0 : -1);
    know(row.begun(state, start));
  }

  void move(NotificationRow row, Position to, long nowMillis) throws SQLException {
    seen.remove(row.id().key());
    move.setInt(1, to.state().code());
    Columns.time(move, 2, to.dueAtMillis());
    move.setInt(3, to.round());
    move.setInt(4, row.lane().ofRound(to.round()).code());
    Columns.bind(move, 5, to.reason());
    move.setTime(6, nowMillis);
    move.setLong(7, row.id().key());
    move.executeOn(row.id().key());
    NotificationRow moved = row.moved(to);
    if (row.dueAtMillis() != 0) {
      waiting.change(row.lane(), -1);
    }
    if (to.dueAtMillis() != null) {
      waiting.change(moved.lane(), 1);
    }
    know(moved);
  }

  /** Counts rounds, and the time for them, from now on. */
  void replayed(long key, long nowMillis) throws SQLException {
    seen.remove(key);
    replayed.setTime(1, nowMillis);
    replayed.setLong(2, key);
    replayed.executeOn(key);
  }

  /** Makes a notification due, where it stands. */
  void revive(NotificationRow row, String reason, long nowMillis) throws SQLException {
    long key = row.id().key();
    seen.remove(key);
    revive.setTime(1, nowMillis);
    revive.setString(2, reason);
    revive.setTime(3, nowMillis);
    revive.setLong(4, key);
    revive.executeOn(key);
    waiting.change(row.lane(), row.dueAtMillis() == 0 ? 1 : 0);
  }

  /** Makes an open notification due that no queue would bring; false if it has moved on. */
  boolean reviveIfLost(long key, String reason, long beforeMillis, long nowMillis)
      throws SQLException {
    seen.remove(key);
    reviveIfLost.setTime(1, nowMillis);
    reviveIfLost.setString(2, reason);
    reviveIfLost.setTime(3, nowMillis);
    reviveIfLost.setLong(4, key);
    reviveIfLost.setTime(5, beforeMillis);
    boolean revived = reviveIfLost.update() == 1;
    NotificationRow row = revived ? find(key) : null;
    if (row != null) {
      waiting.change(row.lane(), 1);
    }
    return revived;
  }
}
