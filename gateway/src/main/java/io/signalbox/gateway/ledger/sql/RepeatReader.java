package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.RepeatedRequest;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks idempotency keys of notifications up, where nothing is to be stored. */
final class RepeatReader {
  private static final String FIND =
      """
      SELECT n.id, n.random, n.state, k.content_hash, k.key
      FROM idempotency_keys k JOIN notifications n ON n.id = k.notification_id
      WHERE k.tenant = ? AND k.key =""";

  private final SqlStatement one;
  private final @Nullable SqlStatement many;

  RepeatReader(SqlConnection connection) throws SQLException {
    one = connection.prepare(FIND + " ?");
    many = connection.readsAhead() ? connection.prepare(FIND + " ANY(?)") : null;
  }

  /** What became of each; as {@link AcceptChange} would say. */
  List<Optional<AcceptResult>> earlier(List<RepeatedRequest> requests) throws SQLException {
    Map<String, Set<String>> keys = new HashMap<>();
    requests.forEach(
        each -> keys.computeIfAbsent(each.tenant(), tenant -> new HashSet<>()).add(each.key()));
    Map<Key, Use> uses = new HashMap<>();
    for (Map.Entry<String, Set<String>> ofTenant : keys.entrySet()) {
      read(ofTenant.getKey(), ofTenant.getValue(), uses);
    }
    List<Optional<AcceptResult>> results = new ArrayList<>(requests.size());
    for (RepeatedRequest request : requests) {
      results.add(
          Optional.ofNullable(uses.get(new Key(request.tenant(), request.key())))
              .map(use -> use.told(request)));
    }
    return results;
  }

  private void read(String tenant, Set<String> keys, Map<Key, Use> uses) throws SQLException {
    if (many != null && keys.size() > 1) {
      many.setString(1, tenant);
      many.setStrings(2, keys);
      try (SqlRows row = many.query()) {
        while (row.next()) {
          uses.put(new Key(tenant, row.getString(5)), Use.of(row));
        }
      }
      return;
    }
    for (String key : keys) {
      one.setString(1, tenant);
      one.setString(2, key);
      try (SqlRows row = one.query()) {
        if (row.next()) {
          uses.put(new Key(tenant, key), Use.of(row));
        }
      }
    }
  }

  private record Key(String tenant, String key) {}

  /** What a key was used for. */
  private static final class Use {
    private final NotificationId id;
    private final NotificationState state;
    private final byte[] digest;

    private Use(NotificationId id, NotificationState state, byte[] digest) {
      this.id = id;
      this.state = state;
      this.digest = digest;
    }

    static Use of(SqlRows row) throws SQLException {
      return new Use(
          new NotificationId(row.getLong(1), row.getLong(2)),
          NotificationState.ofCode(row.getInt(3)),
          row.getBytes(4));
    }

    AcceptResult told(RepeatedRequest request) {
      return Arrays.equals(digest, request.digest().getBytes())
          ? new AcceptResult.Duplicate(id, state)
          : new AcceptResult.KeyReused(id);
    }
  }
}
