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
  private final SqlStatement findBody;
  private final SqlStatement updateBody;
  private final SqlStatement findWork;
  private final SqlStatement updateWork;
  private final SqlStatement findEvent;
  private final SqlStatement updateEvent;
  private final SqlStatement findReceipt;
  private final SqlStatement updateReceipt;
  private final SqlStatement answer;
  private final SqlStatement operation;
  private final SqlStatement bookingEvent;

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
    findBody =
        connection.prepare(
            "SELECT received_at, provider, url, headers, body FROM webhook_bodies WHERE id = ?");
    updateBody =
        connection.prepare("UPDATE webhook_bodies SET url = ?, headers = ?, body = ? WHERE id = ?");
    findWork =
        connection.prepare(
            "SELECT received_at, provider, receipts FROM webhook_work WHERE body_id = ?");
    // What was taken up again meanwhile takes effect first.
    updateWork =
        connection.prepare(
            "UPDATE webhook_work SET receipts = ? WHERE body_id = ? AND set_aside IS NOT NULL");
    findEvent = connection.prepare("SELECT event_id, content FROM events WHERE id = ?");
    updateEvent = connection.prepare("UPDATE events SET content = ? WHERE id = ?");
    findReceipt =
        connection.prepare(
            "SELECT event_id, provider_message_id, provider_text FROM webhook_events"
                + " WHERE id = ? AND notification_id IS NULL");
    updateReceipt =
        connection.prepare(
            "UPDATE webhook_events SET event_id = ?, provider_message_id = ?, provider_text = ?"
                + " WHERE id = ? AND notification_id IS NULL");
    // What was found may have been taken up again meanwhile; whoever has read the operation before
    // does not write back what he has read.
    operation =
        connection.prepare(
            "UPDATE operations SET version = version + 1, content = ?, problem_detail ="
                + " CASE WHEN problem_detail IS NULL THEN NULL ELSE '' END, follow_at = NULL,"
                + " idempotency_key = NULL, digest = ''"
                + " WHERE id = ? AND ended_at IS NOT NULL");
    bookingEvent =
        connection.prepare(
            "UPDATE booking_events SET event_id = 'erased:' || id"
                + " WHERE id = ? AND due_at IS NULL");
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

  /** Takes the recipient out of a webhook as it came in. */
  int webhook(long id, RecipientTraces traces) throws SQLException {
    findBody.setLong(1, id);
    try (SqlRows row = findBody.query()) {
      if (!row.next()) {
        return 0;
      }
      String about = WebhookTable.about(row.getString(2), row.getLong(1));
      for (int column = 3; column <= 4; column++) {
        String text = traces.blot(seal.openText(row.getString(column), about));
        updateBody.setString(column - 2, seal.sealText(text, about));
      }
      updateBody.setBytes(3, seal.seal(traces.blot(seal.open(row.getBytes(5), about)), about));
    }
    updateBody.setLong(4, id);
    int updated = updateBody.update();
    // A body may be large, and the statement lives long.
    updateBody.clearParameters();
    return updated;
  }

  /** Takes the recipient out of receipts that are set aside. */
  void work(long id, RecipientTraces traces) throws SQLException {
    findWork.setLong(1, id);
    try (SqlRows row = findWork.query()) {
      if (!row.next()) {
        return;
      }
      String about = WebhookTable.about(row.getString(2), row.getLong(1));
      updateWork.setBytes(1, seal.seal(traces.blot(seal.open(row.getBytes(3), about)), about));
    }
    updateWork.setLong(2, id);
    updateWork.execute();
    updateWork.clearParameters();
  }

  /** Takes the recipient out of an event. */
  int event(long id, RecipientTraces traces) throws SQLException {
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
    updateEvent.setBytes(1, seal.seal(traces.blot(event.toBuffer().getBytes()), about));
    updateEvent.setLong(2, id);
    return updateEvent.update();
  }

  /** Empties the content of an operation, and takes out what providers said of it. */
  int operation(long key) throws SQLException {
    operation.setBytes(1, NOTHING);
    operation.setLong(2, key);
    int erased = operation.update();
    if (erased > 0) {
      SqlStatement attempts = ofNotification.get(0);
      attempts.setLong(1, key);
      attempts.execute();
    }
    return erased;
  }

  /** Takes its name from a statement on a booking; nothing else is kept of it. */
  int bookingEvent(long id) throws SQLException {
    bookingEvent.setLong(1, id);
    return bookingEvent.update();
  }

  /** Removes the answer to a request, with its key. */
  int answer(long id) throws SQLException {
    answer.setLong(1, id);
    return answer.update();
  }

  /** Takes the recipient out of a receipt of no known notification. */
  int receipt(long id, RecipientTraces traces) throws SQLException {
    findReceipt.setLong(1, id);
    try (SqlRows row = findReceipt.query()) {
      if (!row.next()) {
        return 0;
      }
      String event = row.getString(1);
      // Of one event there is one row.
      updateReceipt.setString(1, traces.in(event) ? "erased:" + id : event);
      for (int column = 2; column <= 3; column++) {
        String text = Columns.text(row, column);
        Columns.bind(updateReceipt, column, text == null ? null : traces.blot(text));
      }
    }
    updateReceipt.setLong(4, id);
    return updateReceipt.update();
  }
}
