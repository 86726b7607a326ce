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

  /** After so many bytes of contents it reads no further, however few notifications that were. */
  private static final long CONTENT_BYTES = 16 << 20;

  private static final byte[] NOTHING = {};

  private static final String COLUMNS =
      "SELECT id, random, tenant, type, lane, state, reason, attempts, accepted_at, updated_at,"
          + " last_provider";

  private static final String RANGE =
      " FROM notifications WHERE id >= ?1 AND id < ?2 ORDER BY id DESC LIMIT ";

  private final SqlStatement rows;
  private final SqlStatement contents;

  SearchReader(SqlConnection connection) throws SQLException {
    rows = connection.prepare(COLUMNS + RANGE + ROWS);
    contents =
        connection.prepare(COLUMNS + ", CASE WHEN tenant = ?3 THEN content END" + RANGE + CONTENTS);
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
    query.setLong(1, key(filter.fromMillis()));
    query.setLong(2, Math.min(before, key(filter.untilMillis())));
    if (reads) {
      query.setString(3, filter.tenant());
    }
    List<FoundNotification> found = new ArrayList<>();
    int seen = 0;
    long bytes = 0;
    long last = 0;
    try (SqlRows row = query.stream()) {
      while (found.size() < limit && bytes < CONTENT_BYTES && row.next()) {
        seen++;
        last = row.getLong(1);
        if (fits(filter, row)) {
          byte[] content = reads ? row.getBytes(12) : NOTHING;
          bytes += content.length;
          if (!reads || isFor(filter, row, content, opened)) {
            found.add(read(row));
          }
        }
      }
    }
    boolean more =
        found.size() == limit || bytes >= CONTENT_BYTES || seen == (reads ? CONTENTS : ROWS);
    return new FoundNotification.Page(found, more ? (Long) last : null);
  }

  /** No key is beyond {@link Long#MAX_VALUE}; there are times of which it would be. */
  private static long key(long millis) {
    return millis >= 1L << 48 ? Long.MAX_VALUE : NotificationId.firstKey(millis);
  }

  private static boolean fits(NotificationFilter filter, SqlRows row) throws SQLException {
    return row.getString(3).equals(filter.tenant())
        && (filter.state() == null || filter.state().code() == row.getInt(6))
        && (filter.channel() == null || filter.channel() == Lane.ofCode(row.getInt(5)).channel())
        && (filter.provider() == null || filter.provider().equals(Columns.text(row, 11)));
  }

  private static boolean isFor(
      NotificationFilter filter, SqlRows row, byte[] content, Contents opened) throws SQLException {
    try {
      return opened
          .read(content, row.getString(3), row.getLong(1), row.getLong(9))
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
