package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.BookingChangeJson;
import io.signalbox.gateway.ledger.BookingInbox.ToldBooking;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.ledger.sql.ErasureFinding.Look;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what was told of bookings. */
final class BookingEventReader {
  private static final Logger LOG = LoggerFactory.getLogger(BookingEventReader.class);

  /** How many rows a page of an erasure looks at. */
  private static final int PAGE = 500;

  private final SqlConnection connection;
  private final Seal seal;
  private final SqlStatement due;
  private final SqlStatement all;

  BookingEventReader(SqlConnection connection, Seal seal) throws SQLException {
    this.connection = connection;
    this.seal = seal;
    due =
        connection.prepare(
            """
            SELECT id, provider, received_at, tries, content FROM booking_events
            WHERE node = ? AND due_at <= ? ORDER BY due_at, id LIMIT ?""");
    all =
        connection.prepare(
            "SELECT id, received_at, provider, event_id, content FROM booking_events"
                + " WHERE id > ? ORDER BY id LIMIT "
                + PAGE);
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

  /**
   * Statements that name a recipient, as providers' ids may do. Those that have not taken effect
   * yet are waited for; of the others nothing is kept but the name of the event.
   */
  ErasureReader.Found naming(EraseOrder order, RecipientTraces traces) throws SQLException {
    all.setLong(1, order.place());
    ErasureFinding finding = new ErasureFinding(order.place(), PAGE);
    try (SqlRows row = all.stream()) {
      while (finding.goesOn() && row.next()) {
        finding.saw(row.getLong(1), look(traces, row));
      }
    }
    return finding.found();
  }

  private Look look(RecipientTraces traces, SqlRows row) throws SQLException {
    boolean named = traces.in(row.getString(4));
    byte[] stored = row.getBytes(5);
    if (stored.length == 0) {
      return named ? Look.NAMED : Look.OTHER;
    }
    try {
      byte[] opened = seal.open(stored, WebhookTable.about(row.getString(3), row.getLong(2)));
      return named || traces.in(opened) ? Look.WAITING : Look.OTHER;
    } catch (SealedException e) {
      return seal.isMissingKeyOf(stored) ? Look.UNREADABLE : Look.OTHER;
    }
  }

  /** What is due, and what cannot be read any more. */
  record Found(List<ToldBooking> told, List<Long> unreadable) {}
}
