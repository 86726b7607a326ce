package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.BookingChangeJson;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.WebhookBody;
import io.signalbox.spi.BookingChange;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The writer's statements on {@code booking_events}. */
final class BookingEventTable {
  private static final byte[] NOTHING = {};

  private final SqlConnection connection;
  private final SqlStatement insert;
  private final SqlStatement processed;
  private final SqlStatement later;
  private final SqlStatement move;
  private final SqlStatement delete;

  BookingEventTable(SqlConnection connection) throws SQLException {
    this.connection = connection;
    insert =
        connection.prepare(
            """
            INSERT INTO booking_events (body_id, provider, event_id, received_at, node, tries,
              due_at, content)
            VALUES (?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT DO NOTHING""");
    processed =
        connection.prepare("UPDATE booking_events SET due_at = NULL, content = ? WHERE id = ?");
    later = connection.prepare("UPDATE booking_events SET tries = ?, due_at = ? WHERE id = ?");
    move =
        connection.prepare(
            "UPDATE booking_events SET node = ? WHERE node = ? AND due_at IS NOT NULL");
    delete = connection.prepare("DELETE FROM booking_events WHERE body_id = ?");
  }

  /**
   * What is stored of a webhook's statements; made before the writer's turn. Without reasons, which
   * people write: nothing personal is kept.
   */
  static List<byte[]> sealed(WebhookBody webhook, Seal seal) {
    String about = WebhookTable.about(webhook.provider(), webhook.receivedAtMillis());
    List<byte[]> sealed = new ArrayList<>();
    for (BookingChange change : webhook.bookings()) {
      JsonObject json = BookingChangeJson.write(change);
      json.remove("reason");
      sealed.add(seal.seal(json.toBuffer().getBytes(), about));
    }
    return sealed;
  }

  /** Stores what a webhook says, but for what was said before. */
  void insert(long body, WebhookBody webhook, List<byte[]> sealed) throws SQLException {
    for (int i = 0; i < sealed.size(); i++) {
      insert.setLong(1, body);
      insert.setString(2, webhook.provider());
      insert.setString(3, webhook.bookings().get(i).eventId());
      insert.setTime(4, webhook.receivedAtMillis());
      insert.setInt(5, connection.node());
      insert.setTime(6, webhook.receivedAtMillis());
      insert.setBytes(7, sealed.get(i));
      insert.execute();
    }
  }

  void processed(long id) throws SQLException {
    processed.setBytes(1, NOTHING);
    processed.setLong(2, id);
    processed.execute();
  }

  void later(long id, int tries, long dueAtMillis) throws SQLException {
    later.setInt(1, tries);
    later.setTime(2, dueAtMillis);
    later.setLong(3, id);
    later.execute();
  }

  /** Makes what a dead node was to process this node's. */
  void move(int dead) throws SQLException {
    move.setInt(1, connection.node());
    move.setInt(2, dead);
    move.execute();
  }

  /** Forgets what a webhook has said. */
  void delete(long body) throws SQLException {
    delete.setLong(1, body);
    delete.execute();
  }
}
