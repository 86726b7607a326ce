package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.ApiKey;
import io.signalbox.gateway.ledger.ApiKey.Previous;
import io.signalbox.gateway.ledger.ApiKeyLedger.Rotation;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code api_keys}. */
final class ApiKeyTable {
  private final ApiKeyReader reader;
  private final SqlStatement count;
  private final SqlStatement insert;
  private final SqlStatement rotate;
  private final SqlStatement remove;
  private final SqlStatement use;

  ApiKeyTable(SqlConnection connection) throws SQLException {
    reader = new ApiKeyReader(connection, connection.forUpdate());
    count = connection.prepare("SELECT count(*) FROM api_keys WHERE tenant = ?");
    insert =
        connection.prepare(
            """
            INSERT INTO api_keys (id, tenant, name, roles, hash, previous_hash, previous_until,
              created_at, created_by, rotated_at, expires_at, last_used_at, scopes, per_day, per_month)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
    rotate =
        connection.prepare(
            """
            UPDATE api_keys SET hash = ?, previous_hash = ?, previous_until = ?, rotated_at = ?
            WHERE id = ? AND tenant = ?""");
    remove = connection.prepare("DELETE FROM api_keys WHERE id = ? AND tenant = ?");
    use = connection.prepare("UPDATE api_keys SET last_used_at = ? WHERE id = ?");
  }

  int count(String tenant) throws SQLException {
    count.setString(1, tenant);
    try (SqlRows row = count.query()) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  void insert(ApiKey key) throws SQLException {
    insert.setString(1, key.id());
    insert.setString(2, key.tenant());
    insert.setString(3, key.name());
    insert.setString(4, String.join(" ", key.roles()));
    insert.setString(5, key.hash());
    Previous previous = key.previous();
    Columns.bind(insert, 6, previous == null ? null : previous.hash());
    Columns.time(insert, 7, previous == null ? null : (Long) previous.untilMillis());
    insert.setTime(8, key.createdAtMillis());
    insert.setString(9, key.createdBy());
    Columns.time(insert, 10, key.rotatedAtMillis());
    Columns.time(insert, 11, key.expiresAtMillis());
    Columns.time(insert, 12, key.lastUsedAtMillis());
    insert.setString(13, String.join(" ", key.scopes()));
    insert.setLong(14, key.quota().perDay());
    insert.setLong(15, key.quota().perMonth());
    insert.execute();
  }

  /** A key; null if the tenant has none of that id. */
  @Nullable ApiKey find(String tenant, String id) throws SQLException {
    ApiKey found = reader.find(id);
    return found == null || !found.tenant().equals(tenant) ? null : found;
  }

  /** Replaces the hash, unless a key that was replaced still counts and would end by that. */
  Rotation rotate(
      String tenant, String id, String hash, @Nullable Long previousUntilMillis, long nowMillis)
      throws SQLException {
    ApiKey found = find(tenant, id);
    if (found == null) {
      return new Rotation.Unknown();
    }
    Previous previous = found.previous();
    if (previous != null && previousUntilMillis != null && nowMillis < previous.untilMillis()) {
      return new Rotation.Overlapping(previous.untilMillis());
    }
    rotate.setString(1, hash);
    Columns.bind(rotate, 2, previousUntilMillis == null ? null : found.hash());
    Columns.time(rotate, 3, previousUntilMillis);
    rotate.setTime(4, nowMillis);
    rotate.setString(5, id);
    rotate.setString(6, tenant);
    rotate.execute();
    ApiKey rotated = reader.find(id);
    return rotated == null ? new Rotation.Unknown() : new Rotation.Done(rotated);
  }

  boolean remove(String tenant, String id) throws SQLException {
    remove.setString(1, id);
    remove.setString(2, tenant);
    return remove.update() == 1;
  }

  void used(String id, long atMillis) throws SQLException {
    use.setTime(1, atMillis);
    use.setString(2, id);
    use.execute();
  }
}
