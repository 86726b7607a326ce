package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.ApiKey;
import io.signalbox.gateway.ledger.ApiKey.Previous;
import io.signalbox.gateway.ledger.ApiKey.Quota;
import io.signalbox.gateway.ledger.ApiKeyLedger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads API keys. */
final class ApiKeyReader {
  private static final String SELECT =
      """
      SELECT id, tenant, name, roles, hash, previous_hash, previous_until, created_at, created_by,
        rotated_at, expires_at, last_used_at, scopes, per_day, per_month
      FROM api_keys""";

  private final SqlStatement one;
  private final SqlStatement ofTenant;

  ApiKeyReader(SqlConnection connection) throws SQLException {
    this(connection, "");
  }

  /**
   * Makes it.
   *
   * @param lock what is put behind the search for one, see {@link SqlConnection#forUpdate}
   */
  ApiKeyReader(SqlConnection connection, String lock) throws SQLException {
    one = connection.prepare(SELECT + " WHERE id = ?" + lock);
    ofTenant =
        connection.prepare(
            SELECT
                + " WHERE tenant = ? ORDER BY created_at, id LIMIT "
                + ApiKeyLedger.MAX_API_KEYS);
  }

  @Nullable ApiKey find(String id) throws SQLException {
    one.setString(1, id);
    try (SqlRows row = one.query()) {
      return row.next() ? key(row) : null;
    }
  }

  List<ApiKey> ofTenant(String tenant) throws SQLException {
    ofTenant.setString(1, tenant);
    List<ApiKey> found = new ArrayList<>();
    try (SqlRows row = ofTenant.query()) {
      while (row.next()) {
        found.add(key(row));
      }
    }
    return found;
  }

  private static ApiKey key(SqlRows row) throws SQLException {
    String previousHash = Columns.text(row, 6);
    Long previousUntil = time(row, 7);
    return new ApiKey(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        words(row.getString(4)),
        words(row.getString(13)),
        new Quota(row.getLong(14), row.getLong(15)),
        row.getString(5),
        previousHash == null || previousUntil == null
            ? null
            : new Previous(previousHash, previousUntil),
        row.getLong(8),
        row.getString(9),
        time(row, 10),
        time(row, 11),
        time(row, 12));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }

  private static @Nullable Long time(SqlRows row, int index) throws SQLException {
    long millis = row.getLong(index);
    return row.wasNull() ? null : (Long) millis;
  }
}
