package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the audit log. */
final class AuditReader {
  private final SqlStatement newest;

  AuditReader(SqlConnection connection) throws SQLException {
    newest =
        connection.prepare(
            """
            SELECT created_at, tenant, actor, origin, correlation_id, action, target, before_value,
              after_value, outcome, detail
            FROM audit_log ORDER BY id DESC LIMIT ?""");
  }

  List<AuditEntry> newest(int limit) throws SQLException {
    newest.setInt(1, limit);
    List<AuditEntry> found = new ArrayList<>();
    try (SqlRows row = newest.query()) {
      while (row.next()) {
        found.add(entry(row));
      }
    }
    return found;
  }

  private static AuditEntry entry(SqlRows row) throws SQLException {
    return new AuditEntry(
        row.getLong(1),
        new Who(row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
        row.getString(6),
        row.getString(7),
        Columns.text(row, 8),
        Columns.text(row, 9),
        row.getString(10),
        row.getString(11));
  }
}
