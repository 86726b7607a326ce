package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.AuditFilter;
import io.signalbox.gateway.ledger.AuditHead;
import io.signalbox.gateway.ledger.AuditRow;
import io.signalbox.gateway.ledger.AuditScope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the audit log. */
final class AuditReader implements AuditWalk.Log {
  private static final String COLUMNS =
      """
      SELECT seq, created_at, scope, tenant, actor, origin, correlation_id, action, target,
        before_value, after_value, outcome, detail, previous_hash, hash
      FROM audit_log\s""";

  /** Every time that a store can hold. */
  private static final long LATEST = 253_402_300_799_999L;

  private final SqlStatement newest;
  private final SqlStatement page;
  private final SqlStatement following;
  private final SqlStatement first;
  private final SqlStatement head;

  AuditReader(SqlConnection connection) throws SQLException {
    newest =
        connection.prepare(
            COLUMNS
                + "WHERE action NOT IN ('audit.begin', 'audit.checkpoint')"
                + " ORDER BY seq DESC LIMIT ?");
    page =
        connection.prepare(
            COLUMNS
                + """
                WHERE seq < ?1 AND created_at >= ?2 AND created_at < ?3
                  AND (tenant = ?4 OR tenant = ?5 OR scope = ?6)
                  AND (?7 = '' OR action = ?7 OR substr(action, 1, length(?7) + 1) = ?7 || '.')
                  AND (?8 = '' OR actor = ?8) AND (?9 = '' OR target = ?9)
                ORDER BY seq DESC LIMIT ?10""");
    following = connection.prepare(COLUMNS + "WHERE seq > ? ORDER BY seq LIMIT ?");
    first = connection.prepare("SELECT min(seq) FROM audit_log");
    head = connection.prepare("SELECT seq, hash FROM audit_head WHERE id = 1");
  }

  List<AuditEntry> newest(int limit) throws SQLException {
    newest.setInt(1, limit);
    return rows(newest).stream().map(AuditRow::entry).toList();
  }

  List<AuditRow> page(AuditFilter filter, long before, int limit) throws SQLException {
    page.setLong(1, before);
    page.setTime(2, Math.max(0, filter.fromMillis()));
    page.setTime(3, Math.min(LATEST, filter.untilMillis()));
    page.setString(4, filter.tenant());
    page.setString(5, filter.gatewayToo() ? "" : filter.tenant());
    page.setString(6, filter.gatewayToo() ? AuditScope.GATEWAY.wireName() : "none");
    page.setString(7, orEmpty(filter.action()));
    page.setString(8, orEmpty(filter.actor()));
    page.setString(9, orEmpty(filter.target()));
    page.setInt(10, limit);
    return rows(page);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static List<AuditRow> rows(SqlStatement statement) throws SQLException {
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
