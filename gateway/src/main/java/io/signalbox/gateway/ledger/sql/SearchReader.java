package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.FoundNotification;
import io.signalbox.gateway.ledger.NotificationFilter;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks through notifications from the newest to the oldest. No index helps: each would have to be
 * written with every notification that is accepted. So a search looks at a bounded number of rows
 * at a time, and says where it goes on.
 */
final class SearchReader {
  /** Rows that one search looks at. */
  static final int ROWS = 10_000;

  /** The same where contents are read too. */
  static final int CONTENTS = 2_000;

  private static final String COLUMNS =
      "SELECT id, random, tenant, type, lane, state, reason, attempts, accepted_at, updated_at,"
          + " last_provider";

  private static final String RANGE =
      " FROM notifications WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ";

  private final SqlStatement rows;
  private final SqlStatement contents;

  SearchReader(SqlConnection connection) throws SQLException {
    rows = connection.prepare(COLUMNS + RANGE + ROWS);
    contents = connection.prepare(COLUMNS + ", content" + RANGE + CONTENTS);
  }

  /**
   * The next ones that fit.
   *
   * @param before only those behind this place; {@link Long#MAX_VALUE} at first
   */
  FoundNotification.Page page(NotificationFilter filter, long before, int limit, Contents opened)
      throws SQLException {
    boolean reads = filter.recipient() != null;
    SqlStatement query = reads ? contents : rows;
    query.setLong(1, NotificationId.firstKey(filter.fromMillis()));
    query.setLong(2, Math.min(before, end(filter.untilMillis())));
    List<FoundNotification> found = new ArrayList<>();
    int seen = 0;
    long last = 0;
    try (SqlRows row = query.stream()) {
      while (found.size() < limit && row.next()) {
        seen++;
        last = row.getLong(1);
        if (fits(filter, row) && (!reads || isFor(filter, row, opened))) {
          found.add(read(row));
        }
      }
    }
    boolean more = found.size() == limit || seen == (reads ? CONTENTS : ROWS);
    return new FoundNotification.Page(found, more ? (Long) last : null);
  }

  private static long end(long untilMillis) {
    // Times of which a key would be too large.
    return untilMillis >= 1L << 48 ? Long.MAX_VALUE : NotificationId.firstKey(untilMillis);
  }

  private static boolean fits(NotificationFilter filter, SqlRows row) throws SQLException {
    return row.getString(3).equals(filter.tenant())
        && (filter.state() == null || filter.state().code() == row.getInt(6))
        && (filter.channel() == null || filter.channel() == Lane.ofCode(row.getInt(5)).channel())
        && (filter.provider() == null || filter.provider().equals(Columns.text(row, 11)));
  }

  private static boolean isFor(NotificationFilter filter, SqlRows row, Contents opened)
      throws SQLException {
    try {
      return opened
          .read(row.getBytes(12), row.getString(3), row.getLong(1), row.getLong(9))
          .recipients()
          .stream()
          .anyMatch(each -> Addressee.normal(each.address()).equals(filter.recipient()));
    } catch (RuntimeException e) {
      // Whoever works on it says so in the log, and moves it aside.
      return false;
    }
  }

  private static FoundNotification read(SqlRows row) throws SQLException {
    Lane lane = Lane.ofCode(row.getInt(5));
    return new FoundNotification(
        new NotificationId(row.getLong(1), row.getLong(2)),
        row.getString(4),
        lane.channel(),
        lane.priority(),
        NotificationState.ofCode(row.getInt(6)),
        Columns.text(row, 7),
        row.getInt(8),
        row.getLong(9),
        row.getLong(10),
        Columns.text(row, 11));
  }
}
