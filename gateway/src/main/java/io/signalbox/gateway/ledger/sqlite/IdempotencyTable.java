package io.signalbox.gateway.ledger.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code idempotency_keys}. */
final class IdempotencyTable {
  private final PreparedStatement insert;
  private final PreparedStatement find;

  IdempotencyTable(Connection connection) throws SQLException {
    insert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO idempotency_keys (tenant, key, content_hash, notification_id, created_at)"
                + " VALUES (?, ?, ?, ?, ?)");
    find =
        connection.prepareStatement(
            "SELECT notification_id, content_hash FROM idempotency_keys"
                + " WHERE tenant = ? AND key = ?");
  }

  void insert(String tenant, String key, byte[] contentHash, long notification, long nowMillis)
      throws SQLException {
    insert.setString(1, tenant);
    insert.setString(2, key);
    insert.setBytes(3, contentHash);
    insert.setLong(4, notification);
    insert.setLong(5, nowMillis);
    insert.executeUpdate();
  }

  /** Who used the key before; null if nobody did. */
  @Nullable Use find(String tenant, String key, byte[] contentHash) throws SQLException {
    find.setString(1, tenant);
    find.setString(2, key);
    try (ResultSet row = find.executeQuery()) {
      return row.next()
          ? new Use(row.getLong(1), Arrays.equals(row.getBytes(2), contentHash))
          : null;
    }
  }

  /**
   * The use of a key.
   *
   * @param notification the key of the notification that it stored
   * @param sameContent whether it was the same request
   */
  record Use(long notification, boolean sameContent) {}
}
