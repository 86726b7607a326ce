package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditChain;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.AuditHead;
import io.signalbox.gateway.ledger.AuditRow;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The writer's statements on {@code audit_log} and its head: there is none that changes a line.
 *
 * <p>Where several nodes write, the row of the head is locked from the first line to the commit, so
 * that all of them make one chain. It is the last lock of a transaction: lines wait until all
 * changes of the transaction are made. So whoever holds it waits for nobody, and it is part of no
 * deadlock, whatever else the transactions of two nodes lock.
 */
final class AuditTable {
  private final SqlStatement exists;
  private final SqlStatement head;
  private final SqlStatement count;
  private final SqlStatement insert;
  private final SqlStatement move;
  private final SqlStatement oldest;
  private final SqlStatement find;
  private final SqlStatement remove;
  private final List<Line> waiting = new ArrayList<>();
  private int marked;

  AuditTable(SqlConnection connection) throws SQLException {
    exists = connection.prepare("SELECT seq FROM audit_head WHERE id = 1");
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
    find = connection.prepare("SELECT hash FROM audit_log WHERE seq = ?");
    remove = connection.prepare("DELETE FROM audit_log WHERE seq <= ?");
  }

  /**
   * Has a line written with the transaction.
   *
   * @throws LedgerUnavailableException if there is no head that it could follow
   */
  void insert(AuditEntry entry) throws SQLException {
    try (SqlRows row = exists.query()) {
      if (!row.next()) {
        throw headIsGone();
      }
    }
    waiting.add(new Line(entry, null));
  }

  /** How many lines wait for the end of the transaction. */
  int waiting() {
    return waiting.size();
  }

  /** Marks the place that {@link #undo} goes back to. */
  void mark() {
    marked = waiting.size();
  }

  /** Takes back the lines since the mark. */
  void undo() {
    waiting.subList(Math.min(marked, waiting.size()), waiting.size()).clear();
  }

  /** Takes back all lines that wait. */
  void forget() {
    waiting.clear();
    marked = 0;
  }

  /** Writes what waits; nothing but the commit may follow. */
  void write() throws SQLException {
    if (waiting.isEmpty()) {
      return;
    }
    List<Line> lines = List.copyOf(waiting);
    forget();
    AuditHead before = head();
    AuditHead last = before;
    for (Line line : lines) {
      AuditHead removed = line.removed;
      if (removed != null && !isThere(removed)) {
        // Another node was first.
        continue;
      }
      if (last.seq() == 0) {
        last = append(last, AuditChain.begin(line.entry.atMillis(), count()));
      }
      last = append(last, AuditChain.storable(line.entry));
      if (removed != null) {
        remove.setLong(1, removed.seq());
        remove.execute();
      }
    }
    if (last.seq() > before.seq()) {
      move.setLong(1, last.seq());
      move.setString(2, last.hash());
      move.execute();
    }
  }

  private boolean isThere(AuditHead line) throws SQLException {
    find.setLong(1, line.seq());
    try (SqlRows row = find.query()) {
      return row.next() && row.getString(1).equals(line.hash());
    }
  }

  private static LedgerUnavailableException headIsGone() {
    return new LedgerUnavailableException("the head of the audit log is gone; see docs/audit.md");
  }

  private AuditHead head() throws SQLException {
    try (SqlRows row = head.query()) {
      if (row.next()) {
        return new AuditHead(row.getLong(1), row.getString(2));
      }
    }
    throw headIsGone();
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
   * Has the oldest lines removed with the transaction, and a line written that says so; none if the
   * oldest is younger than another time, so that a few at a time are not replaced by as many such
   * lines.
   *
   * @param ifBeforeMillis when the oldest must have been written for anything to be done
   * @param limit at most so many
   * @return how many go, unless another node is just removing them
   */
  int removeOld(long beforeMillis, long ifBeforeMillis, long nowMillis, int limit)
      throws SQLException {
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
    if (last != null) {
      waiting.add(new Line(AuditChain.checkpoint(nowMillis, last), last));
    }
    return found;
  }

  /**
   * A line that waits.
   *
   * @param removed the last of the lines that go with it; null if none do
   */
  private record Line(AuditEntry entry, @Nullable AuditHead removed) {}
}
