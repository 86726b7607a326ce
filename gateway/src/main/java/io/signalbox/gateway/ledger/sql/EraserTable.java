package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Seal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.List;

/** The writer's statements that take personal data out of rows which stay. */
final class EraserTable {
  private static final List<String> OF_EVENTS =
      List.of("recipient", "provider_text", "provider_message_id");
  private static final byte[] NOTHING = {};

  private final Seal seal;
  private final List<SqlStatement> ofNotification;
  private final SqlStatement content;
  private final SqlStatement body;
  private final SqlStatement work;
  private final SqlStatement findEvent;
  private final SqlStatement updateEvent;
  private final SqlStatement receipt;
  private final SqlStatement answer;

  EraserTable(SqlConnection connection, Seal seal) throws SQLException {
    this.seal = seal;
    content = connection.prepare("UPDATE notifications SET content = ? WHERE id = ?");
    ofNotification =
        List.of(
            connection.prepare(
                "UPDATE provider_requests SET error_message = NULL, provider_message_id = NULL"
                    + " WHERE notification_id = ?"),
            connection.prepare(
                "UPDATE webhook_events SET provider_text = NULL, provider_message_id = NULL,"
                    // Some providers put the recipient into their ids.
                    + " event_id = 'erased:' || id WHERE notification_id = ?"));
    body = connection.prepare("DELETE FROM webhook_bodies WHERE id = ?");
    // What waits takes effect first, and goes then.
    work =
        connection.prepare("DELETE FROM webhook_work WHERE body_id = ? AND set_aside IS NOT NULL");
    findEvent = connection.prepare("SELECT event_id, content FROM events WHERE id = ?");
    updateEvent = connection.prepare("UPDATE events SET content = ? WHERE id = ?");
    receipt =
        connection.prepare(
            "UPDATE webhook_events SET provider_text = NULL, provider_message_id = NULL,"
                + " event_id = 'erased:' || id WHERE id = ? AND notification_id IS NULL");
    answer = connection.prepare("DELETE FROM request_keys WHERE id = ?");
  }

  /** Empties the content of a notification, and takes out what providers said of it. */
  void notification(long key) throws SQLException {
    content.setBytes(1, NOTHING);
    content.setLong(2, key);
    content.execute();
    for (SqlStatement statement : ofNotification) {
      statement.setLong(1, key);
      statement.execute();
    }
  }

  /** Removes a webhook as it came in. */
  int webhook(long id) throws SQLException {
    work.setLong(1, id);
    work.execute();
    body.setLong(1, id);
    return body.update();
  }

  /** Takes the recipient out of an event. */
  int event(long id) throws SQLException {
    findEvent.setLong(1, id);
    String eventId;
    byte[] stored;
    try (SqlRows row = findEvent.query()) {
      if (!row.next()) {
        return 0;
      }
      eventId = row.getString(1);
      stored = row.getBytes(2);
    }
    String about = OutboxTable.about(eventId);
    JsonObject event = new JsonObject(Buffer.buffer(seal.open(stored, about)));
    JsonObject data = event.getJsonObject("data");
    if (data != null) {
      OF_EVENTS.forEach(data::remove);
    }
    updateEvent.setBytes(1, seal.seal(event.toBuffer().getBytes(), about));
    updateEvent.setLong(2, id);
    return updateEvent.update();
  }

  /** Removes the answer to a request, with its key. */
  int answer(long id) throws SQLException {
    answer.setLong(1, id);
    return answer.update();
  }

  /** Takes the provider's words out of a receipt of no known notification. */
  int receipt(long id) throws SQLException {
    receipt.setLong(1, id);
    return receipt.update();
  }
}
