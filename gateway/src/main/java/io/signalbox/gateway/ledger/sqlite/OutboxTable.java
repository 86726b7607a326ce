package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.CallbackQueue.Result;
import io.signalbox.gateway.ledger.CloudEventJson;
import io.signalbox.gateway.ledger.DeliveryState;
import io.signalbox.spi.events.NotificationEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The writer's statements on {@code events} and {@code callback_deliveries}. */
final class OutboxTable {
  private final PreparedStatement insertEvent;
  private final PreparedStatement lastKey;
  private final PreparedStatement insertDelivery;
  private final PreparedStatement record;
  private final PreparedStatement again;

  OutboxTable(Connection connection) throws SQLException {
    insertEvent =
        connection.prepareStatement(
            """
            INSERT OR IGNORE INTO events (event_id, tenant, type, occurred_at, created_at, content)
            VALUES (?, ?, ?, ?, ?, ?)""");
    lastKey = connection.prepareStatement("SELECT last_insert_rowid()");
    insertDelivery =
        connection.prepareStatement(
            "INSERT INTO callback_deliveries (callback_id, event_id, tenant, state, attempts,"
                + " due_at) VALUES (?, ?, ?, 0, 0, ?)");
    // Not if it was asked for anew meanwhile.
    record =
        connection.prepareStatement(
            """
            UPDATE callback_deliveries SET state = ?, attempts = ?, due_at = ?, attempted_at = ?,
              took_ms = ?, http_status = ?, error = ?
            WHERE callback_id = ? AND event_id = ? AND state = 0 AND asked = ?
              AND attempts = ? - 1""");
    again =
        connection.prepareStatement(
            "UPDATE callback_deliveries SET state = 0, attempts = 0, asked = asked + 1, due_at = ?"
                + " WHERE callback_id = ? AND event_id = ?");
  }

  /** Stores an event for endpoints, unless it is stored already. */
  void insert(NotificationEvent event, List<Long> endpoints) throws SQLException {
    long nowMillis = event.receivedAt().toEpochMilli();
    insertEvent.setString(1, event.id());
    insertEvent.setString(2, event.tenant());
    insertEvent.setString(3, event.type());
    insertEvent.setLong(4, event.occurredAt().toEpochMilli());
    insertEvent.setLong(5, nowMillis);
    insertEvent.setBytes(6, CloudEventJson.write(event).getBytes());
    if (insertEvent.executeUpdate() == 0) {
      return;
    }
    long key = lastKey();
    for (long endpoint : endpoints) {
      insertDelivery.setLong(1, endpoint);
      insertDelivery.setLong(2, key);
      insertDelivery.setString(3, event.tenant());
      insertDelivery.setLong(4, nowMillis);
      insertDelivery.executeUpdate();
    }
  }

  private long lastKey() throws SQLException {
    try (ResultSet row = lastKey.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Records an attempt; false if the delivery is not as it was when the attempt began. */
  boolean record(Result result) throws SQLException {
    record.setInt(1, result.state().code());
    record.setInt(2, result.attempts());
    Columns.bind(
        record, 3, result.state() == DeliveryState.PENDING ? (Long) result.nextAtMillis() : null);
    record.setLong(4, result.attemptedAtMillis());
    record.setLong(5, result.tookMillis());
    Columns.bind(record, 6, result.httpStatus() == 0 ? null : (Long) (long) result.httpStatus());
    Columns.bind(record, 7, result.error());
    record.setLong(8, result.endpoint());
    record.setLong(9, result.key());
    record.setInt(10, result.asked());
    record.setInt(11, result.attempts());
    return record.executeUpdate() == 1;
  }

  /** Makes a delivery due as if it were new; false if it is gone. */
  boolean again(long endpoint, long key, long nowMillis) throws SQLException {
    again.setLong(1, nowMillis);
    again.setLong(2, endpoint);
    again.setLong(3, key);
    return again.executeUpdate() == 1;
  }
}
