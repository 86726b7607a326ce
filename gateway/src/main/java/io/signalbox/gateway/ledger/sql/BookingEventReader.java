package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.BookingChangeJson;
import io.signalbox.gateway.ledger.BookingInbox.ToldBooking;
import io.signalbox.gateway.ledger.Seal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what was told of bookings and has had no effect yet. */
final class BookingEventReader {
  private static final Logger LOG = LoggerFactory.getLogger(BookingEventReader.class);

  private final SqlConnection connection;
  private final Seal seal;
  private final SqlStatement due;

  BookingEventReader(SqlConnection connection, Seal seal) throws SQLException {
    this.connection = connection;
    this.seal = seal;
    due =
        connection.prepare(
            """
            SELECT id, provider, received_at, tries, content FROM booking_events
            WHERE node = ? AND due_at <= ? ORDER BY due_at, id LIMIT ?""");
  }

  Found due(long nowMillis, int limit) throws SQLException {
    due.setInt(1, connection.node());
    due.setTime(2, nowMillis);
    due.setInt(3, limit);
    List<ToldBooking> told = new ArrayList<>();
    List<Long> unreadable = new ArrayList<>();
    try (SqlRows row = due.query()) {
      while (row.next()) {
        read(row, told, unreadable);
      }
    }
    return new Found(told, unreadable);
  }

  private void read(SqlRows row, List<ToldBooking> told, List<Long> unreadable)
      throws SQLException {
    long id = row.getLong(1);
    String provider = row.getString(2);
    long receivedAt = row.getLong(3);
    byte[] stored = row.getBytes(5);
    try {
      byte[] opened = seal.open(stored, WebhookTable.about(provider, receivedAt));
      told.add(
          new ToldBooking(
              id,
              provider,
              receivedAt,
              row.getInt(4),
              BookingChangeJson.read(new JsonObject(Buffer.buffer(opened)))));
    } catch (RuntimeException e) {
      LOG.error("what was told of a booking (no. {}) cannot be read: {}", id, Contents.why(e));
      unreadable.add(id);
    }
  }

  /** What is due, and what cannot be read any more. */
  record Found(List<ToldBooking> told, List<Long> unreadable) {}
}
