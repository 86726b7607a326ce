package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.model.NotificationId;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The statements on {@code notification_aliases}: ids that were given out for notifications that
 * the ledger has under another one.
 */
final class AliasTable {
  private final SqlConnection connection;
  private final SqlStatement insert;
  private final SqlStatement find;
  private final SqlStatement known;

  AliasTable(SqlConnection connection) throws SQLException {
    this.connection = connection;
    insert =
        connection.prepare(
            """
            INSERT INTO notification_aliases (id, random, tenant, notification_id,
              notification_random, created_at)
            VALUES (?, ?, ?, ?, ?, ?)""");
    find =
        connection.prepare(
            """
            SELECT notification_id, notification_random FROM notification_aliases
            WHERE id = ? AND random = ? AND tenant = ?""");
    known =
        connection.prepare(
            "SELECT id, random FROM notification_aliases WHERE id "
                + (connection.readsAhead() ? "= ANY(?)" : "= ?"));
  }

  /** Lets an id lead to a notification. */
  void insert(NotificationId id, String tenant, NotificationId leadsTo, long nowMillis)
      throws SQLException {
    insert.setLong(1, id.key());
    insert.setLong(2, id.random());
    insert.setString(3, tenant);
    insert.setLong(4, leadsTo.key());
    insert.setLong(5, leadsTo.random());
    insert.setTime(6, nowMillis);
    insert.execute();
  }

  /** Where an id leads; null if it is no alias. */
  @Nullable NotificationId find(String tenant, NotificationId id) throws SQLException {
    find.setLong(1, id.key());
    find.setLong(2, id.random());
    find.setString(3, tenant);
    try (SqlRows row = find.query()) {
      return row.next() ? new NotificationId(row.getLong(1), row.getLong(2)) : null;
    }
  }

  /** The aliases that have one of these keys. */
  Set<NotificationId> withKeys(Collection<Long> keys) throws SQLException {
    Set<NotificationId> found = new HashSet<>();
    if (connection.readsAhead()) {
      known.setLongs(1, keys);
      read(found);
    } else {
      for (long key : keys) {
        known.setLong(1, key);
        read(found);
      }
    }
    return found;
  }

  private void read(Set<NotificationId> found) throws SQLException {
    try (SqlRows row = known.query()) {
      while (row.next()) {
        found.add(new NotificationId(row.getLong(1), row.getLong(2)));
      }
    }
  }
}
