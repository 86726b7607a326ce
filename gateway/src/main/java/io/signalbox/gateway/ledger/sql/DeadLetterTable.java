package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.DeadLetterFilter;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds dead letters and what is held, newest first. The writer and each reader have one of their
 * own.
 */
final class DeadLetterTable {
  // The codes of HELD and DEAD_LETTER, written as the partial index has them: else it is not found.
  private static final String MATCHES =
      """
       FROM notifications n
      WHERE n.state IN (3, 8) AND n.tenant = ?1 AND n.id < ?2
        AND (CAST(?3 AS BIGINT) IS NULL OR (n.id = ?3 AND n.random = ?4))
        AND (CAST(?5 AS INTEGER) IS NULL OR n.lane / 8 = ?5)
        AND (CAST(?6 AS TEXT) IS NULL OR n.last_provider = ?6)
        AND n.updated_at >= ?7 AND n.updated_at < ?8
        AND (CAST(?9 AS INTEGER) IS NULL OR n.state = ?9)
      """;

  private final SqlStatement page;
  private final SqlStatement count;

  DeadLetterTable(SqlConnection connection) throws SQLException {
    page = connection.prepare("SELECT n.id" + MATCHES + "ORDER BY n.id DESC LIMIT ?10");
    count = connection.prepare("SELECT COUNT(*)" + MATCHES);
  }

  /** Keys of dead letters, newest first. */
  List<Long> keys(DeadLetterFilter filter, @Nullable NotificationId before, int limit)
      throws SQLException {
    bind(page, filter, before);
    page.setInt(10, limit);
    List<Long> keys = new ArrayList<>();
    try (SqlRows row = page.query()) {
      while (row.next()) {
        keys.add(row.getLong(1));
      }
    }
    return keys;
  }

  long count(DeadLetterFilter filter) throws SQLException {
    bind(count, filter, null);
    try (SqlRows row = count.query()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static void bind(
      SqlStatement statement, DeadLetterFilter filter, @Nullable NotificationId before)
      throws SQLException {
    statement.setString(1, filter.tenant());
    statement.setLong(2, before == null ? Long.MAX_VALUE : before.key());
    NotificationId id = filter.id();
    Columns.bind(statement, 3, id == null ? null : (Long) id.key());
    Columns.bind(statement, 4, id == null ? null : (Long) id.random());
    Channel channel = filter.channel();
    if (channel == null) {
      statement.setNull(5, SqlType.LONG);
    } else {
      statement.setInt(5, channel.code());
    }
    Columns.bind(statement, 6, filter.provider());
    statement.setTime(7, filter.diedAfterMillis());
    statement.setTime(8, filter.diedBeforeMillis());
    NotificationState state = filter.state();
    Columns.bind(statement, 9, state == null ? null : (Long) (long) state.code());
  }
}
