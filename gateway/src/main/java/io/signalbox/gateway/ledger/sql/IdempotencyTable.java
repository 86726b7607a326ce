package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code idempotency_keys}. */
final class IdempotencyTable {
  private final SqlStatement insert;
  private final SqlStatement find;

  IdempotencyTable(SqlConnection connection) throws SQLException {
    insert =
        connection.prepare(
            """
            INSERT INTO idempotency_keys (tenant, key, content_hash, notification_id, created_at)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (tenant, key) DO UPDATE SET content_hash = excluded.content_hash,
              notification_id = excluded.notification_id, created_at = excluded.created_at""");
    find =
        connection.prepare(
            "SELECT notification_id, content_hash FROM idempotency_keys"
                + " WHERE tenant = ? AND key = ?");
  }

  void insert(String tenant, String key, byte[] contentHash, long notification, long nowMillis)
      throws SQLException {
    insert.setString(1, tenant);
    insert.setString(2, key);
    insert.setBytes(3, contentHash);
    insert.setLong(4, notification);
    insert.setTime(5, nowMillis);
    insert.execute();
  }

  /** Who used the key before; null if nobody did. */
  @Nullable Use find(String tenant, String key, byte[] contentHash) throws SQLException {
    find.setString(1, tenant);
    find.setString(2, key);
    try (SqlRows row = find.query()) {
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
