package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.CallbackQueue.Result;
import io.signalbox.gateway.ledger.CloudEventJson;
import io.signalbox.gateway.ledger.DeliveryState;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.spi.events.NotificationEvent;
import java.sql.SQLException;
import java.util.List;

/** The writer's statements on {@code events} and {@code callback_deliveries}. */
final class OutboxTable {
  private final Seal seal;
  private final SqlStatement insertEvent;
  private final SqlStatement insertDelivery;
  private final SqlStatement record;
  private final SqlStatement putOff;
  private final SqlStatement again;

  OutboxTable(SqlConnection connection, Seal seal) throws SQLException {
    this.seal = seal;
    insertEvent =
        connection.prepare(
            """
            INSERT INTO events (event_id, tenant, type, occurred_at, created_at, content)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id""");
    insertDelivery =
        connection.prepare(
            "INSERT INTO callback_deliveries (callback_id, event_id, tenant, state, attempts,"
                + " due_at) VALUES (?, ?, ?, 0, 0, ?)");
    // Not if it was asked for anew meanwhile.
    record =
        connection.prepare(
            """
            UPDATE callback_deliveries SET state = ?, attempts = ?, due_at = ?, attempted_at = ?,
              took_ms = ?, http_status = ?, error = ?
            WHERE callback_id = ? AND event_id = ? AND state = 0 AND asked = ?
              AND attempts = ? - 1""");
    putOff =
        connection.prepare(
            """
            UPDATE callback_deliveries SET due_at = ?, error = ?
            WHERE callback_id = ? AND event_id = ? AND state = 0 AND asked = ? AND attempts = ?""");
    again =
        connection.prepare(
            "UPDATE callback_deliveries SET state = 0, attempts = 0, asked = asked + 1, due_at = ?"
                + " WHERE callback_id = ? AND event_id = ?");
  }

  /** What the content of an event belongs to. */
  static String about(String eventId) {
    return "event:" + eventId;
  }

  /** Stores an event for endpoints, unless it is stored already. */
  void insert(NotificationEvent event, List<Long> endpoints) throws SQLException {
    long nowMillis = event.receivedAt().toEpochMilli();
    insertEvent.setString(1, event.id());
    insertEvent.setString(2, event.tenant());
    insertEvent.setString(3, event.type());
    insertEvent.setTime(4, event.occurredAt().toEpochMilli());
    insertEvent.setTime(5, nowMillis);
    insertEvent.setBytes(6, seal.seal(CloudEventJson.write(event).getBytes(), about(event.id())));
    long key;
    try (SqlRows row = insertEvent.query()) {
      if (!row.next()) {
        return;
      }
      key = row.getLong(1);
    }
    for (long endpoint : endpoints) {
      insertDelivery.setLong(1, endpoint);
      insertDelivery.setLong(2, key);
      insertDelivery.setString(3, event.tenant());
      insertDelivery.setTime(4, nowMillis);
      insertDelivery.execute();
    }
  }

  /** Records an attempt, unless the delivery is not any more as it was when the attempt began. */
  void record(Result result) throws SQLException {
    if (!result.made()) {
      putOff(result);
      return;
    }
    record.setInt(1, result.state().code());
    record.setInt(2, result.attempts());
    Columns.time(
        record, 3, result.state() == DeliveryState.PENDING ? (Long) result.nextAtMillis() : null);
    record.setTime(4, result.attemptedAtMillis());
    record.setLong(5, result.tookMillis());
    Columns.bind(record, 6, result.httpStatus() == 0 ? null : (Long) (long) result.httpStatus());
    Columns.bind(record, 7, result.error());
    record.setLong(8, result.endpoint());
    record.setLong(9, result.key());
    record.setInt(10, result.asked());
    record.setInt(11, result.attempts());
    record.execute();
  }

  private void putOff(Result result) throws SQLException {
    putOff.setTime(1, result.nextAtMillis());
    Columns.bind(putOff, 2, result.error());
    putOff.setLong(3, result.endpoint());
    putOff.setLong(4, result.key());
    putOff.setInt(5, result.asked());
    putOff.setInt(6, result.attempts());
    putOff.execute();
  }

  /** Makes a delivery due as if it were new; false if it is gone. */
  boolean again(long endpoint, long key, long nowMillis) throws SQLException {
    again.setTime(1, nowMillis);
    again.setLong(2, endpoint);
    again.setLong(3, key);
    return again.update() == 1;
  }
}
