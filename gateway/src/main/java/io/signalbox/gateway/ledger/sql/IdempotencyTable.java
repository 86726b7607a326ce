package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code idempotency_keys}. */
final class IdempotencyTable {
  private final SqlStatement insert;
  private final SqlStatement reuse;
  private final SqlStatement find;

  IdempotencyTable(SqlConnection connection) throws SQLException {
    insert =
        connection.prepare(
            """
            INSERT INTO idempotency_keys (tenant, key, content_hash, notification_id, created_at)
            VALUES (?, ?, ?, ?, ?)""");
    reuse =
        connection.prepare(
            "UPDATE idempotency_keys SET content_hash = ?, notification_id = ?, created_at = ?"
                + " WHERE tenant = ? AND key = ?");
    find =
        connection.prepare(
            "SELECT notification_id, content_hash FROM idempotency_keys"
                + " WHERE tenant = ? AND key = ?"
                + connection.forUpdate());
  }

  /**
   * Stores the first use of a key. If another node stores the same key at this moment, this change
   * fails as a collision, and finds that use when it is done again.
   */
  void insert(String tenant, String key, byte[] contentHash, long notification, long nowMillis)
      throws SQLException {
    insert.setString(1, tenant);
    insert.setString(2, key);
    insert.setBytes(3, contentHash);
    insert.setLong(4, notification);
    insert.setTime(5, nowMillis);
    insert.execute();
  }

  /** Stores the use of a key whose former use is forgotten. */
  void reuse(String tenant, String key, byte[] contentHash, long notification, long nowMillis)
      throws SQLException {
    reuse.setBytes(1, contentHash);
    reuse.setLong(2, notification);
    reuse.setTime(3, nowMillis);
    reuse.setString(4, tenant);
    reuse.setString(5, key);
    reuse.execute();
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
