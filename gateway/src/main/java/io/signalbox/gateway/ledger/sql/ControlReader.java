package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Reads what operators decided about providers. */
final class ControlReader {
  private final SqlStatement drained;

  ControlReader(SqlConnection connection) throws SQLException {
    drained = connection.prepare("SELECT provider FROM provider_controls WHERE drained");
  }

  Set<String> drained() throws SQLException {
    Set<String> found = new HashSet<>();
    try (SqlRows row = drained.query()) {
      while (row.next()) {
        found.add(row.getString(1));
      }
    }
    return found;
  }
}
