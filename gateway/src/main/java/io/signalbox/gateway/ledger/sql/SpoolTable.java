package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;

/** What is removed from a spool once another ledger has it. */
final class SpoolTable {
  private final SqlStatement notification;
  private final SqlStatement key;

  SpoolTable(SqlConnection connection) throws SQLException {
    notification = connection.prepare("DELETE FROM notifications WHERE id = ?");
    key = connection.prepare("DELETE FROM idempotency_keys WHERE notification_id = ?");
  }

  /** Removes a notification on which nothing was done, with its idempotency key. */
  void forget(long notificationKey) throws SQLException {
    notification.setLong(1, notificationKey);
    notification.execute();
    key.setLong(1, notificationKey);
    key.execute();
  }
}
