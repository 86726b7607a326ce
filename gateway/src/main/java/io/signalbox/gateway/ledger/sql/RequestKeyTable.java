package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.KeptAnswer;
import io.signalbox.gateway.ledger.KeyedRequest;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.SealedException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writer's statements on {@code request_keys}. */
final class RequestKeyTable {
  private static final Logger LOG = LoggerFactory.getLogger(RequestKeyTable.class);

  private final Seal seal;
  private final SqlStatement find;
  private final SqlStatement insert;
  private final SqlStatement replace;
  private final SqlStatement keep;
  private final SqlStatement giveBack;
  private final SqlStatement remove;

  RequestKeyTable(SqlConnection connection, Seal seal) throws SQLException {
    this.seal = seal;
    find =
        connection.prepare(
            "SELECT fingerprint, created_at, status, headers, body FROM request_keys"
                + " WHERE tenant = ? AND key = ?"
                + connection.forUpdate());
    insert =
        connection.prepare(
            "INSERT INTO request_keys (fingerprint, turn, created_at, tenant, key)"
                + " VALUES (?, ?, ?, ?, ?)");
    replace =
        connection.prepare(
            "UPDATE request_keys SET fingerprint = ?, turn = ?, created_at = ?,"
                + " status = NULL, headers = NULL, body = NULL WHERE tenant = ? AND key = ?");
    keep =
        connection.prepare(
            "UPDATE request_keys SET status = ?, headers = ?, body = ?"
                + " WHERE tenant = ? AND key = ? AND turn = ?");
    giveBack =
        connection.prepare(
            "DELETE FROM request_keys WHERE tenant = ? AND key = ? AND turn = ?"
                + " AND status IS NULL");
    remove =
        connection.prepare(
            "DELETE FROM request_keys WHERE (tenant, key) IN (SELECT k.tenant, k.key"
                + " FROM request_keys k WHERE k.created_at < ? ORDER BY k.created_at LIMIT ?)");
  }

  /** The row of a key; null if there is none. */
  @Nullable Row find(String tenant, String key) throws SQLException {
    find.setString(1, tenant);
    find.setString(2, key);
    try (SqlRows row = find.query()) {
      return row.next()
          ? new Row(row.getString(1), row.getLong(2), answer(row, about(tenant, key)))
          : null;
    }
  }

  /** What the answer to a key belongs to. */
  static String about(String tenant, String key) {
    return about(tenant + ":" + key);
  }

  /** As above, of the two as {@link ResealReader} reads them. */
  static String about(String tenantAndKey) {
    return "answer:" + tenantAndKey;
  }

  /** The answer; null as long as there is none, and where its key is not there. */
  private @Nullable KeptAnswer answer(SqlRows row, String about) throws SQLException {
    int status = row.getInt(3);
    if (row.wasNull()) {
      return null;
    }
    Map<String, String> headers = new HashMap<>();
    new JsonObject(row.getString(4))
        .forEach(header -> headers.put(header.getKey(), String.valueOf(header.getValue())));
    try {
      return new KeptAnswer(status, headers, Buffer.buffer(seal.open(row.getBytes(5), about)));
    } catch (SealedException e) {
      LOG.error(
          "the answer that is kept for an idempotency key cannot be read: {}", e.getMessage());
      return null;
    }
  }

  /** Stores the first use of a key. If another node does so at this moment, it is a collision. */
  void insert(KeyedRequest request, long nowMillis) throws SQLException {
    take(insert, request, nowMillis);
  }

  /** Stores the first use of a key whose former use is forgotten. */
  void replace(KeyedRequest request, long nowMillis) throws SQLException {
    take(replace, request, nowMillis);
  }

  private static void take(SqlStatement statement, KeyedRequest request, long nowMillis)
      throws SQLException {
    statement.setString(1, request.fingerprint());
    statement.setLong(2, request.turn());
    statement.setTime(3, nowMillis);
    statement.setString(4, request.tenant());
    statement.setString(5, request.key());
    statement.execute();
  }

  void keep(KeyedRequest request, KeptAnswer answer) throws SQLException {
    JsonObject headers = new JsonObject();
    answer.headers().forEach(headers::put);
    keep.setInt(1, answer.status());
    keep.setString(2, headers.encode());
    keep.setBytes(3, seal.seal(answer.body().getBytes(), about(request.tenant(), request.key())));
    keep.setString(4, request.tenant());
    keep.setString(5, request.key());
    keep.setLong(6, request.turn());
    keep.execute();
    keep.clearParameters();
  }

  void giveBack(KeyedRequest request) throws SQLException {
    giveBack.setString(1, request.tenant());
    giveBack.setString(2, request.key());
    giveBack.setLong(3, request.turn());
    giveBack.execute();
  }

  /** Removes some keys that were taken before a time, oldest first. */
  int remove(long beforeMillis, int limit) throws SQLException {
    remove.setTime(1, beforeMillis);
    remove.setInt(2, limit);
    return remove.update();
  }

  /**
   * A key that is known.
   *
   * @param answer null while there is none
   */
  record Row(String fingerprint, long takenAtMillis, @Nullable KeptAnswer answer) {}
}
