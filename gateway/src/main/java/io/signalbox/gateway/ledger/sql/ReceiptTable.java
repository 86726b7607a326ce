package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.sql.AttemptTable.AttemptKey;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code webhook_events}. */
final class ReceiptTable {
  private final SqlStatement insert;
  private final SqlStatement find;
  private final Set<String> without = new HashSet<>();
  private Collection<String> askedFor = List.of();
  private @Nullable SqlAnswer asked;
  private final SqlStatement unmatched;
  private final SqlStatement ahead;
  private final SqlStatement any;
  private final boolean readsAhead;
  // Null while it is not known.
  private @Nullable Boolean someWait;
  private final SqlStatement match;

  ReceiptTable(SqlConnection connection) throws SQLException {
    insert =
        connection.prepare(
            """
            INSERT INTO webhook_events (provider, event_id, notification_id, attempt,
              provider_message_id, status, reason, provider_status, provider_code, provider_text,
              occurred_at, created_at, looked_up)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
    find =
        connection.prepare(
            "SELECT notification_id, attempt FROM webhook_events"
                + " WHERE provider = ? AND event_id = ?");
    unmatched =
        connection.prepare(
            """
            SELECT id, event_id, status, reason, provider_status, provider_code, provider_text,
              occurred_at
            FROM webhook_events
            WHERE provider_message_id = ? AND notification_id IS NULL AND provider = ?
            ORDER BY id""");
    any =
        connection.prepare(
            "SELECT 1 FROM webhook_events WHERE notification_id IS NULL"
                + " AND provider_message_id IS NOT NULL LIMIT 1");
    readsAhead = connection.readsAhead();
    ahead =
        readsAhead
            ? connection.prepare(
                "SELECT DISTINCT provider_message_id FROM webhook_events"
                    + " WHERE provider_message_id = ANY(?) AND notification_id IS NULL")
            : unmatched;
    match =
        connection.prepare(
            "UPDATE webhook_events SET notification_id = ?, attempt = ? WHERE id = ?");
  }

  void insert(String provider, Receipt receipt, @Nullable AttemptId attempt, Arrival arrival)
      throws SQLException {
    String message = receipt.providerMessageId();
    if (message != null) {
      without.remove(message);
      someWait = attempt == null ? Boolean.TRUE : someWait;
    }
    insert.setString(1, provider);
    insert.setString(2, receipt.eventId());
    if (attempt == null) {
      insert.setNull(3, SqlType.LONG);
      insert.setNull(4, SqlType.LONG);
    } else {
      insert.setLong(3, attempt.notification().key());
      insert.setInt(4, attempt.number());
    }
    Columns.bind(insert, 5, message);
    insert.setInt(6, receipt.status().code());
    insert.setString(7, receipt.reason().wireName());
    insert.setString(8, receipt.providerStatus());
    Columns.bind(insert, 9, receipt.providerCode());
    Columns.bind(insert, 10, receipt.providerText());
    insert.setTime(11, receipt.occurredAt().toEpochMilli());
    insert.setTime(12, arrival.atMillis());
    insert.setFlag(13, arrival.lookedUp());
    insert.execute();
  }

  /** What is stored of an event that was seen before; null if it is new. */
  @Nullable Seen find(String provider, String eventId) throws SQLException {
    find.setString(1, provider);
    find.setString(2, eventId);
    try (SqlRows row = find.query()) {
      if (!row.next()) {
        return null;
      }
      long key = row.getLong(1);
      return new Seen(row.wasNull() ? null : new AttemptKey(key, row.getInt(2)));
    }
  }

  /** Receipts of a message that no attempt was known for, oldest first. */
  List<Unmatched> unmatched(String provider, String providerMessageId) throws SQLException {
    if (without.contains(providerMessageId) || (!readsAhead && !someWait())) {
      return List.of();
    }
    unmatched.setString(1, providerMessageId);
    unmatched.setString(2, provider);
    List<Unmatched> found = new ArrayList<>();
    try (SqlRows row = unmatched.query()) {
      while (row.next()) {
        found.add(new Unmatched(row.getLong(1), receipt(row, providerMessageId)));
      }
    }
    return found;
  }

  /**
   * Whether there are any such receipts; mostly there are none, and no message need be asked for.
   */
  private boolean someWait() throws SQLException {
    Boolean known = someWait;
    if (known == null) {
      try (SqlRows row = any.query()) {
        known = row.next();
      }
      someWait = known;
    }
    return known;
  }

  /**
   * Asks which messages, of those that will be looked for, have such receipts; {@link #takeAhead}
   * takes the answer.
   */
  void askAhead(Collection<String> providerMessageIds) throws SQLException {
    if (!providerMessageIds.isEmpty()) {
      ahead.setStrings(1, providerMessageIds);
      asked = ahead.ask();
      askedFor = providerMessageIds;
    }
  }

  void takeAhead() throws SQLException {
    SqlAnswer answer = asked;
    asked = null;
    if (answer == null) {
      return;
    }
    for (String message : askedFor) {
      // A store may keep U+0000 as another character: such an id is asked for by itself.
      if (message.indexOf('\0') < 0) {
        without.add(message);
      }
    }
    try (SqlRows row = answer.rows()) {
      while (row.next()) {
        without.remove(row.getString(1));
      }
    }
  }

  /** Forgets what is known of rows: others may have changed them, or a change was taken back. */
  void forgetAhead() {
    asked = null;
    without.clear();
    someWait = null;
  }

  void match(long id, AttemptId attempt) throws SQLException {
    match.setLong(1, attempt.notification().key());
    match.setInt(2, attempt.number());
    match.setLong(3, id);
    match.execute();
  }

  private static Receipt receipt(SqlRows row, String providerMessageId) throws SQLException {
    return new Receipt(
        row.getString(2),
        null,
        providerMessageId,
        ReceiptStatus.ofCode(row.getInt(3)),
        ReasonClass.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
        row.getString(5),
        Columns.text(row, 6),
        Columns.text(row, 7),
        null,
        Instant.ofEpochMilli(row.getLong(8)));
  }

  /** An event that is stored, and the attempt it speaks of, if that is known. */
  record Seen(@Nullable AttemptKey attempt) {}

  /** A stored receipt without an attempt. */
  record Unmatched(long id, Receipt receipt) {}
}
