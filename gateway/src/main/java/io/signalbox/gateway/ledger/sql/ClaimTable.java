package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code operation_claims}: whose the rentals and bookings at providers are. One that is nobody's
 * is claimed for the operation whose attempt made it, so that no other gets it.
 */
final class ClaimTable {
  /** The result of its operation. */
  static final int HELD = 0;

  /** Nobody's, to be undone. */
  static final int ORPHAN = 1;

  /** Nobody's, and undone. */
  static final int UNDONE = 2;

  /** Nobody's, and left to a person. */
  static final int LEFT = 3;

  private static final int MOST_CLAIMS = 5_000;

  private final SqlConnection connection;
  private final SqlStatement find;
  private final SqlStatement insert;
  private final SqlStatement update;
  private final SqlStatement move;
  private final SqlStatement since;
  private final SqlStatement due;

  ClaimTable(SqlConnection connection) throws SQLException {
    this.connection = connection;
    find =
        connection.prepare(
            "SELECT operation_id, state FROM operation_claims"
                + " WHERE provider = ? AND provider_id = ?"
                + connection.forUpdate());
    insert =
        connection.prepare(
            """
            INSERT INTO operation_claims (provider, provider_id, operation_id, attempt, state,
              claimed_at, due_at, tries, node)
            VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)""");
    update =
        connection.prepare(
            "UPDATE operation_claims SET state = ?, due_at = ?, tries = tries + 1"
                + " WHERE provider = ? AND provider_id = ? AND state = "
                + ORPHAN);
    move = connection.prepare("UPDATE operation_claims SET node = ? WHERE node = ?");
    since =
        connection.prepare(
            "SELECT provider_id FROM operation_claims WHERE provider = ? AND claimed_at >= ?"
                + " ORDER BY claimed_at DESC LIMIT "
                + MOST_CLAIMS);
    due =
        connection.prepare(
            "SELECT provider, provider_id, operation_id, attempt, tries, claimed_at"
                + " FROM operation_claims WHERE node = ? AND due_at <= ? ORDER BY due_at LIMIT ?");
  }

  /** Whose something is; null if it is nobody's yet. */
  @Nullable Claim find(String provider, String providerId) throws SQLException {
    find.setString(1, provider);
    find.setString(2, providerId);
    try (SqlRows row = find.query()) {
      return row.next() ? new Claim(row.getLong(1), row.getInt(2)) : null;
    }
  }

  /**
   * Claims something.
   *
   * @param dueAtMillis when it is to be undone; null for never
   */
  void insert(
      String provider,
      String providerId,
      long operation,
      int attempt,
      int state,
      long nowMillis,
      @Nullable Long dueAtMillis)
      throws SQLException {
    insert.setString(1, provider);
    insert.setString(2, providerId);
    insert.setLong(3, operation);
    insert.setInt(4, attempt);
    insert.setInt(5, state);
    insert.setTime(6, nowMillis);
    Columns.time(insert, 7, dueAtMillis);
    insert.setInt(8, connection.node());
    // At once: of two that claim the same the second must meet the first.
    insert.update();
  }

  /** Notes what became of an orphan; false if that was known before. */
  boolean update(String provider, String providerId, int state, @Nullable Long dueAtMillis)
      throws SQLException {
    update.setInt(1, state);
    Columns.time(update, 2, dueAtMillis);
    update.setString(3, provider);
    update.setString(4, providerId);
    return update.update() == 1;
  }

  void move(int dead) throws SQLException {
    move.setInt(1, connection.node());
    move.setInt(2, dead);
    move.execute();
  }

  Set<String> since(String provider, long sinceMillis) throws SQLException {
    since.setString(1, provider);
    since.setTime(2, sinceMillis);
    Set<String> ids = new HashSet<>();
    try (SqlRows row = since.query()) {
      while (row.next()) {
        ids.add(row.getString(1));
      }
    }
    return ids;
  }

  List<Due> due(long nowMillis, int limit) throws SQLException {
    due.setInt(1, connection.node());
    due.setTime(2, nowMillis);
    due.setInt(3, limit);
    List<Due> found = new ArrayList<>();
    try (SqlRows row = due.query()) {
      while (row.next()) {
        found.add(
            new Due(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getInt(4),
                row.getInt(5),
                row.getLong(6)));
      }
    }
    return found;
  }

  /** A claim of an operation, by its key. */
  record Claim(long operation, int state) {}

  /** An orphan that is to be undone. */
  record Due(
      String provider,
      String providerId,
      long operation,
      int attempt,
      int tries,
      long claimedAtMillis) {}
}
