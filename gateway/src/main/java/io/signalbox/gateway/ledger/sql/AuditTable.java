package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import java.sql.SQLException;

/** The writer's statement on {@code audit_log}: there is none that changes a line. */
final class AuditTable {
  private final SqlStatement insert;

  AuditTable(SqlConnection connection) throws SQLException {
    insert =
        connection.prepare(
            """
            INSERT INTO audit_log (created_at, tenant, actor, origin, action, target, before_value,
              after_value, outcome, detail, correlation_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
  }

  void insert(AuditEntry entry) throws SQLException {
    Who who = entry.who();
    insert.setTime(1, entry.atMillis());
    insert.setString(2, who.tenant());
    insert.setString(3, who.actor());
    insert.setString(4, who.origin());
    insert.setString(5, entry.action());
    insert.setString(6, entry.target());
    Columns.bind(insert, 7, entry.before());
    Columns.bind(insert, 8, entry.after());
    insert.setString(9, entry.outcome());
    insert.setString(10, entry.detail());
    insert.setString(11, who.correlationId());
    insert.execute();
  }
}
