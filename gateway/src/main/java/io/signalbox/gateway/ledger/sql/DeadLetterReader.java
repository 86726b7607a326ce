package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.DeadLetter;
import io.signalbox.gateway.ledger.DeadLetterFilter;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads dead letters with how they ended. */
final class DeadLetterReader {
  private final DeadLetterTable table;
  private final SqlStatement letter;

  DeadLetterReader(SqlConnection connection) throws SQLException {
    table = new DeadLetterTable(connection);
    letter =
        connection.prepare(
            """
            SELECT n.random, n.type, n.lane, n.accepted_at, n.updated_at, n.attempts, n.reason,
              n.last_provider, r.code, r.error_message, n.state
            FROM notifications n
            LEFT JOIN provider_requests r ON r.notification_id = n.id AND r.attempt = n.attempts
            WHERE n.id = ?""");
  }

  List<DeadLetter> page(DeadLetterFilter filter, @Nullable NotificationId after, int limit)
      throws SQLException {
    List<DeadLetter> letters = new ArrayList<>();
    for (long key : table.keys(filter, after, limit)) {
      letters.add(letter(key));
    }
    return letters;
  }

  long count(DeadLetterFilter filter) throws SQLException {
    return table.count(filter);
  }

  private DeadLetter letter(long key) throws SQLException {
    letter.setLong(1, key);
    try (SqlRows row = letter.query()) {
      if (!row.next()) {
        throw new SQLException("a dead letter vanished inside a read transaction");
      }
      Lane lane = Lane.ofCode(row.getInt(3));
      String reason = Columns.text(row, 7);
      return new DeadLetter(
          new NotificationId(key, row.getLong(1)),
          row.getString(2),
          lane.channel(),
          lane.priority(),
          NotificationState.ofCode(row.getInt(11)),
          row.getLong(4),
          row.getLong(5),
          row.getInt(6),
          reason == null ? "" : reason,
          Columns.text(row, 8),
          error(Columns.text(row, 9), Columns.text(row, 10)));
    }
  }

  private static @Nullable String error(@Nullable String code, @Nullable String message) {
    if (code == null || message == null) {
      return code == null ? message : code;
    }
    return code + ": " + message;
  }
}
