package io.signalbox.gateway.ledger.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Reads what operators decided about providers. */
final class ControlReader {
  private final PreparedStatement drained;

  ControlReader(Connection connection) throws SQLException {
    drained = connection.prepareStatement("SELECT provider FROM provider_controls WHERE drained");
  }

  Set<String> drained() throws SQLException {
    Set<String> found = new HashSet<>();
    try (ResultSet row = drained.executeQuery()) {
      while (row.next()) {
        found.add(row.getString(1));
      }
    }
    return found;
  }
}
