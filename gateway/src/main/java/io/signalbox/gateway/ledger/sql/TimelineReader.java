package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.ledger.Timeline.Event;
import io.signalbox.gateway.ledger.Timeline.ReceiptEntry;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all that is known of one notification. */
final class TimelineReader {
  private static final Logger LOG = LoggerFactory.getLogger(TimelineReader.class);

  private final SqlStatement notification;
  private final SqlStatement receipts;
  private final SqlStatement events;
  private final Contents contents;
  private final AttemptReader attempts;
  private final AliasTable aliases;

  TimelineReader(SqlConnection connection, Contents contents, AttemptReader attempts)
      throws SQLException {
    this.contents = contents;
    this.attempts = attempts;
    this.aliases = new AliasTable(connection);
    notification =
        connection.prepare(
            """
            SELECT content, state, reason, retry_count, accepted_at, updated_at, due_at, subject,
              type, lane, traceparent
            FROM notifications WHERE id = ? AND random = ? AND tenant = ?""");
    receipts =
        connection.prepare(
            """
            SELECT attempt, provider, status, reason, provider_status, provider_code,
              provider_text, occurred_at, created_at
            FROM webhook_events WHERE notification_id = ? ORDER BY id""");
    events =
        connection.prepare(
            "SELECT created_at, event, detail FROM notification_events"
                + " WHERE notification_id = ? ORDER BY id");
  }

  Optional<Timeline> read(String tenant, NotificationId id) throws SQLException {
    Optional<Timeline> found = find(tenant, id);
    if (found.isPresent()) {
      return found;
    }
    NotificationId leadsTo = aliases.find(tenant, id);
    return leadsTo == null ? found : find(tenant, leadsTo);
  }

  private Optional<Timeline> find(String tenant, NotificationId id) throws SQLException {
    notification.setLong(1, id.key());
    notification.setLong(2, id.random());
    notification.setString(3, tenant);
    try (SqlRows row = notification.query()) {
      if (!row.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new Timeline(
              id,
              tenant,
              content(row, tenant, id),
              NotificationState.ofCode(row.getInt(2)),
              Columns.text(row, 3),
              row.getInt(4),
              row.getLong(5),
              row.getLong(6),
              row.getLong(7),
              Columns.text(row, 8),
              Columns.trace(row, 11, id),
              attempts.entries(id.key()),
              receipts(id.key()),
              events(id.key())));
    }
  }

  /** Empty where it was removed; only what is known beside it where it cannot be opened. */
  private Buffer content(SqlRows row, String tenant, NotificationId id) throws SQLException {
    byte[] stored = row.getBytes(1);
    try {
      return stored.length == 0
          ? Buffer.buffer()
          : Buffer.buffer(contents.open(stored, tenant, id.key()));
    } catch (SealedException e) {
      LOG.error("the content of notification {} cannot be read: {}", id, e.getMessage());
    }
    return new JsonObject()
        .put("notification_type", row.getString(9))
        .put("channel", Lane.ofCode(row.getInt(10)).channel().wireName())
        .toBuffer();
  }

  private List<ReceiptEntry> receipts(long key) throws SQLException {
    receipts.setLong(1, key);
    List<ReceiptEntry> found = new ArrayList<>();
    try (SqlRows row = receipts.query()) {
      while (row.next()) {
        found.add(
            new ReceiptEntry(
                row.getInt(1),
                row.getString(2),
                ReceiptStatus.ofCode(row.getInt(3)),
                row.getString(4),
                row.getString(5),
                Columns.text(row, 6),
                Columns.text(row, 7),
                row.getLong(8),
                row.getLong(9)));
      }
    }
    return found;
  }

  private List<Event> events(long key) throws SQLException {
    events.setLong(1, key);
    List<Event> found = new ArrayList<>();
    try (SqlRows row = events.query()) {
      while (row.next()) {
        found.add(new Event(row.getLong(1), row.getString(2), Columns.text(row, 3)));
      }
    }
    return found;
  }
}
