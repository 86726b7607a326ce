package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BreakerLedger.BreakerTransition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the latest state of every breaker. */
final class BreakerReader {
  private final PreparedStatement latest;

  BreakerReader(Connection connection) throws SQLException {
    latest =
        connection.prepareStatement(
            """
            SELECT provider, from_state, to_state, reason, generation, created_at, open_until,
              recovery_timeout_ms, actor
            FROM circuit_breaker_events
            WHERE id IN (SELECT MAX(id) FROM circuit_breaker_events GROUP BY provider)
            ORDER BY provider""");
  }

  List<BreakerTransition> latest() throws SQLException {
    List<BreakerTransition> found = new ArrayList<>();
    try (ResultSet row = latest.executeQuery()) {
      while (row.next()) {
        found.add(
            new BreakerTransition(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                Columns.text(row, 9)));
      }
    }
    return found;
  }
}
