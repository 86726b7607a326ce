package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.AuditHead;
import io.signalbox.gateway.ledger.AuditRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the audit log, also in files of older versions. */
final class AuditReader implements AuditWalk.Log {
  static final String COLUMNS =
      """
      SELECT seq, created_at, scope, tenant, actor, origin, correlation_id, action, target,
        before_value, after_value, outcome, detail, previous_hash, hash
      FROM audit_log""";

  private final SqlStatement newest;
  private final SqlStatement following;
  private final SqlStatement first;
  private final SqlStatement head;

  AuditReader(SqlConnection connection) throws SQLException {
    newest =
        connection.prepare(
            COLUMNS
                + " WHERE action NOT IN ('audit.begin', 'audit.checkpoint')"
                + " ORDER BY seq DESC LIMIT ?");
    following = connection.prepare(COLUMNS + " WHERE seq > ? ORDER BY seq LIMIT ?");
    first = connection.prepare("SELECT min(seq) FROM audit_log");
    head = connection.prepare("SELECT seq, hash FROM audit_head WHERE id = 1");
  }

  List<AuditEntry> newest(int limit) throws SQLException {
    newest.setInt(1, limit);
    return rows(newest).stream().map(AuditRow::entry).toList();
  }

  static List<AuditRow> rows(SqlStatement statement) throws SQLException {
    List<AuditRow> found = new ArrayList<>();
    try (SqlRows row = statement.query()) {
      while (row.next()) {
        found.add(row(row));
      }
    }
    return found;
  }

  @Override
  public Optional<AuditHead> head() throws SQLException {
    try (SqlRows row = head.query()) {
      return row.next()
          ? Optional.of(new AuditHead(row.getLong(1), row.getString(2)))
          : Optional.empty();
    }
  }

  @Override
  public long first() throws SQLException {
    try (SqlRows row = first.query()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  @Override
  public List<AuditRow> following(long seq, int limit) throws SQLException {
    following.setLong(1, seq);
    following.setInt(2, limit);
    return rows(following);
  }

  private static AuditRow row(SqlRows row) throws SQLException {
    return new AuditRow(
        row.getLong(1),
        row.getString(3),
        new AuditEntry(
            row.getLong(2),
            new Who(row.getString(4), row.getString(5), row.getString(6), row.getString(7)),
            row.getString(8),
            row.getString(9),
            Columns.text(row, 10),
            Columns.text(row, 11),
            row.getString(12),
            row.getString(13)),
        row.getString(14),
        row.getString(15));
  }
}
