package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.DeadLetterFilter;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
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
        AND (?3 IS NULL OR (n.id = ?3 AND n.random = ?4))
        AND (?5 IS NULL OR n.lane / 8 = ?5)
        AND (?6 IS NULL OR n.last_provider = ?6)
        AND n.updated_at >= ?7 AND n.updated_at < ?8
        AND (?9 IS NULL OR n.state = ?9)
      """;

  private final PreparedStatement page;
  private final PreparedStatement count;

  DeadLetterTable(Connection connection) throws SQLException {
    page = connection.prepareStatement("SELECT n.id" + MATCHES + "ORDER BY n.id DESC LIMIT ?10");
    count = connection.prepareStatement("SELECT COUNT(*)" + MATCHES);
  }

  /** Keys of dead letters, newest first. */
  List<Long> keys(DeadLetterFilter filter, @Nullable NotificationId before, int limit)
      throws SQLException {
    bind(page, filter, before);
    page.setInt(10, limit);
    List<Long> keys = new ArrayList<>();
    try (ResultSet row = page.executeQuery()) {
      while (row.next()) {
        keys.add(row.getLong(1));
      }
    }
    return keys;
  }

  long count(DeadLetterFilter filter) throws SQLException {
    bind(count, filter, null);
    try (ResultSet row = count.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static void bind(
      PreparedStatement statement, DeadLetterFilter filter, @Nullable NotificationId before)
      throws SQLException {
    statement.setString(1, filter.tenant());
    statement.setLong(2, before == null ? Long.MAX_VALUE : before.key());
    NotificationId id = filter.id();
    Columns.bind(statement, 3, id == null ? null : (Long) id.key());
    Columns.bind(statement, 4, id == null ? null : (Long) id.random());
    Channel channel = filter.channel();
    if (channel == null) {
      statement.setNull(5, Types.INTEGER);
    } else {
      statement.setInt(5, channel.code());
    }
    Columns.bind(statement, 6, filter.provider());
    statement.setLong(7, filter.diedAfterMillis());
    statement.setLong(8, filter.diedBeforeMillis());
    NotificationState state = filter.state();
    Columns.bind(statement, 9, state == null ? null : (Long) (long) state.code());
  }
}
