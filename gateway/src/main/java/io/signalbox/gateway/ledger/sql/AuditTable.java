package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditChain;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.AuditHead;
import io.signalbox.gateway.ledger.AuditRow;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import java.sql.SQLException;

/**
 * The writer's statements on {@code audit_log} and its head: there is none that changes a line.
 * Where several nodes write, the row of the head is locked from the first line to the commit, so
 * that all of them make one chain.
 */
final class AuditTable {
  private final SqlStatement head;
  private final SqlStatement count;
  private final SqlStatement insert;
  private final SqlStatement move;
  private final SqlStatement oldest;
  private final SqlStatement remove;

  AuditTable(SqlConnection connection) throws SQLException {
    head =
        connection.prepare(
            "SELECT seq, hash FROM audit_head WHERE id = 1" + connection.forUpdate());
    count = connection.prepare("SELECT count(*) FROM audit_log");
    insert =
        connection.prepare(
            """
            INSERT INTO audit_log (seq, created_at, scope, tenant, actor, origin, action, target,
              before_value, after_value, outcome, detail, correlation_id, previous_hash, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
    move = connection.prepare("UPDATE audit_head SET seq = ?, hash = ? WHERE id = 1");
    oldest =
        connection.prepare(
            "SELECT seq, hash, created_at FROM audit_log WHERE seq > 0 ORDER BY seq LIMIT ?");
    remove = connection.prepare("DELETE FROM audit_log WHERE seq <= ?");
  }

  void insert(AuditEntry entry) throws SQLException {
    AuditHead before = head();
    if (before.seq() == 0) {
      before = append(before, AuditChain.begin(entry.atMillis(), count()));
    }
    AuditHead after = append(before, AuditChain.storable(entry));
    move.setLong(1, after.seq());
    move.setString(2, after.hash());
    move.execute();
  }

  private AuditHead head() throws SQLException {
    try (SqlRows row = head.query()) {
      if (row.next()) {
        return new AuditHead(row.getLong(1), row.getString(2));
      }
    }
    throw new LedgerUnavailableException("the head of the audit log is gone; see docs/audit.md");
  }

  private long count() throws SQLException {
    try (SqlRows row = count.query()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private AuditHead append(AuditHead before, AuditEntry entry) throws SQLException {
    AuditRow row = AuditChain.next(before, entry);
    Who who = entry.who();
    insert.setLong(1, row.seq());
    insert.setTime(2, entry.atMillis());
    insert.setString(3, row.scope());
    insert.setString(4, who.tenant());
    insert.setString(5, who.actor());
    insert.setString(6, who.origin());
    insert.setString(7, entry.action());
    insert.setString(8, entry.target());
    Columns.bind(insert, 9, entry.before());
    Columns.bind(insert, 10, entry.after());
    insert.setString(11, entry.outcome());
    insert.setString(12, entry.detail());
    insert.setString(13, who.correlationId());
    insert.setString(14, row.previousHash());
    insert.setString(15, row.hash());
    insert.execute();
    return new AuditHead(row.seq(), row.hash());
  }

  /**
   * Removes the oldest lines and writes a line that says so; none if the oldest is younger than
   * another time, so that a few at a time are not replaced by as many such lines.
   *
   * @param ifBeforeMillis when the oldest must have been written for anything to be done
   * @param limit at most so many
   * @return how many went
   */
  int removeOld(long beforeMillis, long ifBeforeMillis, long nowMillis, int limit)
      throws SQLException {
    // First of all the lock, or two nodes might look at the same lines.
    head();
    AuditHead last = null;
    int found = 0;
    oldest.setInt(1, limit);
    try (SqlRows row = oldest.query()) {
      while (row.next()) {
        long at = row.getLong(3);
        if (at >= beforeMillis || (found == 0 && at >= ifBeforeMillis)) {
          break;
        }
        last = new AuditHead(row.getLong(1), row.getString(2));
        found++;
      }
    }
    if (last == null) {
      return 0;
    }
    insert(AuditChain.checkpoint(nowMillis, last));
    remove.setLong(1, last.seq());
    return remove.update();
  }
}
