package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.BreakerLedger.BreakerEvent;
import io.signalbox.gateway.ledger.BreakerLedger.BreakerTransition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads how breakers moved. */
final class BreakerReader {
  private static final String COLUMNS =
      """
      SELECT id, provider, from_state, to_state, cause, reason, generation, created_at, open_until,
        recovery_timeout_ms, fault, actor, evidence
      FROM circuit_breaker_events
      """;

  private final SqlStatement latest;
  private final SqlStatement ofProvider;

  BreakerReader(SqlConnection connection) throws SQLException {
    latest =
        connection.prepare(
            COLUMNS
                + """
                WHERE id IN (SELECT MAX(id) FROM circuit_breaker_events GROUP BY provider)
                ORDER BY provider""");
    ofProvider =
        connection.prepare(COLUMNS + "WHERE provider = ? AND id < ? ORDER BY id DESC LIMIT ?");
  }

  /** The latest move of every breaker. */
  List<BreakerTransition> latest() throws SQLException {
    return read(latest).stream().map(BreakerEvent::transition).toList();
  }

  /** The moves of one breaker, newest first. */
  List<BreakerEvent> of(String provider, long before, int limit) throws SQLException {
    ofProvider.setString(1, provider);
    ofProvider.setLong(2, before);
    ofProvider.setInt(3, limit);
    return read(ofProvider);
  }

  private static List<BreakerEvent> read(SqlStatement statement) throws SQLException {
    List<BreakerEvent> found = new ArrayList<>();
    try (SqlRows row = statement.query()) {
      while (row.next()) {
        found.add(new BreakerEvent(row.getLong(1), transition(row)));
      }
    }
    return found;
  }

  private static BreakerTransition transition(SqlRows row) throws SQLException {
    return new BreakerTransition(
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        row.getLong(10),
        row.getFlag(11),
        Columns.text(row, 12),
        row.getString(13));
  }
}
