package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.CallbackDelivery;
import io.signalbox.gateway.ledger.CallbackQueue.Due;
import io.signalbox.gateway.ledger.DeliveryState;
import io.signalbox.gateway.ledger.Redelivery;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.SealedException;
import io.vertx.core.buffer.Buffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads deliveries to callback endpoints. */
final class DeliveryReader {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryReader.class);

  /** So many that wait for their key keep no others waiting. */
  private static final int MAX_UNREADABLE = 1_000;

  private final Seal seal;
  private String told = "";
  private final SqlStatement due;
  private final SqlStatement dueAt;
  private final SqlStatement page;
  private final SqlStatement pending;
  private final SqlStatement failed;
  private final SqlStatement delivered;
  private final SqlStatement skipped;
  private final SqlStatement byId;
  private final SqlStatement range;
  private final SqlStatement failedRange;

  DeliveryReader(SqlConnection connection, Seal seal) throws SQLException {
    this.seal = seal;
    // Rows are read one by one until enough are found, in the order of the index; the LIMIT only
    // tells the store how few of them that will be.
    due =
        connection.prepare(
            """
            SELECT d.event_id, e.event_id, e.content, d.attempts, d.asked
            FROM callback_deliveries d JOIN events e ON e.id = d.event_id
            WHERE d.callback_id = ? AND d.due_at <= ? AND d.due_at IS NOT NULL
            ORDER BY d.due_at LIMIT ?""");
    dueAt =
        connection.prepare(
            """
            SELECT c.id FROM callbacks c WHERE c.enabled AND EXISTS (
              SELECT 1 FROM callback_deliveries d INDEXED BY callback_deliveries_due
              WHERE d.callback_id = c.id AND d.due_at <= ? AND d.due_at IS NOT NULL)""");
    page = connection.prepare(page("", ""));
    pending = connection.prepare(page("INDEXED BY callback_deliveries_pending", "AND d.state = 0"));
    failed = connection.prepare(page("INDEXED BY callback_deliveries_failed", "AND d.state = 2"));
    delivered = connection.prepare(page("", "AND d.state = 1"));
    skipped = connection.prepare(page("", "AND d.state = 3"));
    byId =
        connection.prepare(
            "SELECT e.id FROM events e JOIN callback_deliveries d"
                + " ON d.callback_id = ? AND d.event_id = e.id WHERE e.event_id = ?");
    range =
        connection.prepare(
            """
            SELECT e.id FROM events e CROSS JOIN callback_deliveries d
            WHERE e.tenant = ? AND e.occurred_at >= ? AND e.occurred_at < ?
              AND d.callback_id = ? AND d.event_id = e.id
            ORDER BY e.occurred_at LIMIT ?""");
    // From the few that failed, not from all that happened in the range.
    failedRange =
        connection.prepare(
            """
            SELECT e.id
            FROM callback_deliveries d INDEXED BY callback_deliveries_failed CROSS JOIN events e
            WHERE e.tenant = ? AND e.occurred_at >= ? AND e.occurred_at < ?
              AND d.callback_id = ? AND d.state = 2 AND e.id = d.event_id
            ORDER BY e.occurred_at LIMIT ?""");
  }

  private static String page(String index, String condition) {
    return "SELECT e.id, e.event_id, e.type, e.occurred_at, d.state, d.attempts, d.due_at,"
        + " d.attempted_at, d.took_ms, d.http_status, d.error FROM callback_deliveries d "
        + index
        + " JOIN events e ON e.id = d.event_id WHERE d.callback_id = ? AND d.event_id < ? "
        + condition
        + " ORDER BY d.event_id DESC LIMIT ?";
  }

  /** Adds to an event what it is told with. */
  @FunctionalInterface
  interface Completion {
    /** Adds nothing. */
    Completion NONE = due -> due;

    /** The same event with that; null if it waits, and others are to be read instead. */
    @Nullable Due of(Due due) throws SQLException;
  }

  List<Due> due(long endpoint, long nowMillis, int limit, Set<Long> skip, Completion completion)
      throws SQLException {
    due.setLong(1, endpoint);
    due.setTime(2, nowMillis);
    due.setLong(3, (long) limit + skip.size() + MAX_UNREADABLE);
    List<Due> found = new ArrayList<>();
    try (SqlRows row = due.stream()) {
      while (found.size() < limit && row.next()) {
        long key = row.getLong(1);
        if (!skip.contains(key)) {
          Due known = event(key, row);
          Due whole = known == null ? null : completion.of(known);
          if (whole != null) {
            found.add(whole);
          }
        }
      }
    }
    return found;
  }

  private @Nullable Due event(long key, SqlRows row) throws SQLException {
    byte[] content = open(row);
    return content == null
        ? null
        : new Due(
            key, row.getString(2), Buffer.buffer(content), row.getInt(4), row.getInt(5), null);
  }

  /** The body of an event; null if its key is not there, which may change. */
  private byte @Nullable [] open(SqlRows row) throws SQLException {
    try {
      return seal.open(row.getBytes(3), OutboxTable.about(row.getString(2)));
    } catch (SealedException e) {
      String why = String.valueOf(e.getMessage());
      if (!why.equals(told)) {
        told = why;
        LOG.error("event {} cannot be read, and others maybe: {}", row.getString(2), why);
      }
      return null;
    }
  }

  /** The keys of the enabled endpoints at which something is due. */
  Set<Long> dueAt(long nowMillis) throws SQLException {
    dueAt.setTime(1, nowMillis);
    List<Long> keys = new ArrayList<>();
    addAll(dueAt, keys);
    return Set.copyOf(keys);
  }

  List<CallbackDelivery> page(long endpoint, @Nullable DeliveryState state, long before, int limit)
      throws SQLException {
    SqlStatement statement = statement(state);
    statement.setLong(1, endpoint);
    statement.setLong(2, before);
    statement.setInt(3, limit);
    List<CallbackDelivery> found = new ArrayList<>();
    try (SqlRows row = statement.query()) {
      while (row.next()) {
        found.add(
            new CallbackDelivery(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                DeliveryState.ofCode(row.getInt(5)),
                row.getInt(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getInt(10),
                Columns.text(row, 11)));
      }
    }
    return found;
  }

  private SqlStatement statement(@Nullable DeliveryState state) {
    if (state == null) {
      return page;
    }
    return switch (state) {
      case PENDING -> pending;
      case DELIVERED -> delivered;
      case FAILED -> failed;
      case SKIPPED -> skipped;
    };
  }

  /** The keys of what is to be sent once more. */
  List<Long> keys(String tenant, long endpoint, Redelivery which) throws SQLException {
    List<Long> keys = new ArrayList<>();
    if (which instanceof Redelivery.Ids ids) {
      for (String id : ids.eventIds()) {
        byId.setLong(1, endpoint);
        byId.setString(2, id);
        addAll(byId, keys);
      }
    } else if (which instanceof Redelivery.Range wanted) {
      SqlStatement statement = wanted.failedOnly() ? failedRange : range;
      statement.setString(1, tenant);
      statement.setTime(2, wanted.fromMillis());
      statement.setTime(3, wanted.toMillis());
      statement.setLong(4, endpoint);
      statement.setInt(5, wanted.limit());
      addAll(statement, keys);
    }
    return keys;
  }

  private static void addAll(SqlStatement statement, List<Long> keys) throws SQLException {
    try (SqlRows row = statement.query()) {
      while (row.next()) {
        keys.add(row.getLong(1));
      }
    }
  }
}
