package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;

/** What is noted in a spool, and removed from it once another ledger has it. */
final class SpoolTable {
  private final SqlStatement notification;
  private final SqlStatement key;
  private final LateStatement offered;
  private final LateStatement forgotten;

  SpoolTable(SqlConnection connection) throws SQLException {
    notification = connection.prepare("DELETE FROM notifications WHERE id = ?");
    key = connection.prepare("DELETE FROM idempotency_keys WHERE notification_id = ?");
    offered =
        new LateStatement(
            connection, "INSERT OR IGNORE INTO spool_offers (notification_id) VALUES (?)");
    forgotten = new LateStatement(connection, "DELETE FROM spool_offers WHERE notification_id = ?");
  }

  /** Notes that a notification is about to be offered to another ledger. */
  void offer(long notificationKey) throws SQLException {
    SqlStatement offering = offered.get();
    offering.setLong(1, notificationKey);
    offering.execute();
  }

  /** Removes a notification on which nothing was done, with its idempotency key. */
  void forget(long notificationKey) throws SQLException {
    notification.setLong(1, notificationKey);
    notification.execute();
    key.setLong(1, notificationKey);
    key.execute();
    SqlStatement forgetting = forgotten.get();
    forgetting.setLong(1, notificationKey);
    forgetting.execute();
  }
}
