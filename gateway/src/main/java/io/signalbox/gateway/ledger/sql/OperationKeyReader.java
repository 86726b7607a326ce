package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What the idempotency keys of operations were used for. */
final class OperationKeyReader {
  private final SqlStatement find;

  /**
   * Prepares it.
   *
   * @param lock what is put behind the search, see {@link SqlConnection#forUpdate}
   */
  OperationKeyReader(SqlConnection connection, String lock) throws SQLException {
    find =
        connection.prepare(
            "SELECT id, digest FROM operations WHERE tenant = ? AND idempotency_key = ?" + lock);
  }

  /** Who used a key; null if nobody did. */
  @Nullable Use find(String tenant, String key, String digest) throws SQLException {
    find.setString(1, tenant);
    find.setString(2, key);
    try (SqlRows row = find.query()) {
      return row.next() ? new Use(row.getLong(1), row.getString(2).equals(digest)) : null;
    }
  }

  /**
   * The use of a key.
   *
   * @param operation the key of the operation that it stored
   * @param sameRequest whether it was the same request
   */
  record Use(long operation, boolean sameRequest) {}
}
