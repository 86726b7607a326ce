package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.DegradationLedger.ModeChange;
import io.signalbox.gateway.ledger.ReasonsJson;
import io.signalbox.gateway.model.DegradationMode;
import java.sql.SQLException;
import java.util.Optional;

/** Reads {@code degradation_events}. */
final class DegradationReader {
  private final SqlStatement latest;

  DegradationReader(SqlConnection connection) throws SQLException {
    latest =
        connection.prepare(
            "SELECT from_mode, to_mode, reasons, created_at FROM degradation_events"
                + " ORDER BY id DESC LIMIT 1");
  }

  Optional<ModeChange> latest() throws SQLException {
    try (SqlRows row = latest.query()) {
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
