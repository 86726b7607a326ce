package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.DegradationLedger.ModeChange;
import io.signalbox.gateway.ledger.ReasonsJson;
import io.signalbox.gateway.model.DegradationMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads {@code degradation_events}. */
final class DegradationReader {
  private final PreparedStatement latest;

  DegradationReader(Connection connection) throws SQLException {
    latest =
        connection.prepareStatement(
            "SELECT from_mode, to_mode, reasons, created_at FROM degradation_events"
                + " ORDER BY id DESC LIMIT 1");
  }

  Optional<ModeChange> latest() throws SQLException {
    try (ResultSet row = latest.executeQuery()) {
      return row.next()
          ? Optional.of(
              new ModeChange(
                  DegradationMode.valueOf(row.getString(1)),
                  DegradationMode.valueOf(row.getString(2)),
                  ReasonsJson.read(row.getString(3)),
                  row.getLong(4)))
          : Optional.empty();
    }
  }
}
