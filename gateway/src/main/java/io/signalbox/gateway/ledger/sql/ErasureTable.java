package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.Erasure;
import io.signalbox.gateway.ledger.Erasure.Counts;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.ledger.sql.EraseOrder.Phase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements on {@code erasures}. The writer and each reader have one of their own. */
final class ErasureTable {
  private static final String COLUMNS =
      "SELECT id, tenant, recipient_hash, created_at, created_by, ended_at, notifications,"
          + " cancelled, waiting, unreadable, events, webhooks, answers, receipts, suppressions,"
          + " asked_until, covers_until, address, phase, place, origin, correlation_id"
          + " FROM erasures ";

  private final Seal seal;
  private final SqlStatement insert;
  private final SqlStatement open;
  private final SqlStatement countOpen;
  private final SqlStatement askAgain;
  private final SqlStatement due;
  private final SqlStatement byId;
  private final SqlStatement held;
  private final SqlStatement page;
  private final SqlStatement advance;
  private final SqlStatement postpone;
  private final SqlStatement lastAsked;
  private final SqlStatement covering;
  private final SqlStatement late;

  ErasureTable(SqlConnection connection, Seal seal) throws SQLException {
    this.seal = seal;
    insert =
        connection.prepare(
            """
            INSERT INTO erasures (tenant, recipient_hash, address, due_at, created_at, asked_until,
              covers_until, created_by, origin, correlation_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""");
    open =
        connection.prepare(
            COLUMNS
                + "WHERE due_at IS NOT NULL AND tenant = ? AND recipient_hash = ? ORDER BY id"
                + connection.forUpdate());
    countOpen =
        connection.prepare(
            "SELECT COUNT(*) FROM (SELECT id FROM erasures"
                + " WHERE due_at IS NOT NULL AND tenant = ? LIMIT ?) AS open_orders");
    askAgain = connection.prepare("UPDATE erasures SET asked_until = ?, address = ? WHERE id = ?");
    due =
        connection.prepare(
            COLUMNS + "WHERE due_at IS NOT NULL AND due_at <= ? ORDER BY due_at, id LIMIT 1");
    byId = connection.prepare(COLUMNS + "WHERE id = ?");
    held = connection.prepare(COLUMNS + "WHERE id = ?" + connection.forUpdate());
    page = connection.prepare(COLUMNS + "WHERE tenant = ? AND id < ? ORDER BY id DESC LIMIT ?");
    advance =
        connection.prepare(
            """
            UPDATE erasures SET phase = ?1, place = ?2, due_at = ?3, ended_at = ?4,
              address = CASE WHEN ?5 = 1 THEN NULL ELSE address END, covers_until = ?6,
              notifications = ?7, cancelled = ?8, waiting = ?9, unreadable = ?10, events = ?11,
              webhooks = ?12, answers = ?13, receipts = ?14, suppressions = ?15
            WHERE id = ?16""");
    postpone = connection.prepare("UPDATE erasures SET due_at = ? WHERE id = ? AND due_at <= ?");
    lastAsked = connection.prepare("SELECT MAX(asked_until) FROM erasures");
    covering =
        connection.prepare(
            "SELECT MAX(id) FROM erasures"
                + " WHERE tenant = ? AND recipient_hash = ? AND asked_until >= ?");
    late =
        connection.prepare(
            "UPDATE erasures SET notifications = notifications + 1, cancelled = cancelled + ?"
                + " WHERE id = ?");
  }

  /** What the address of an order belongs to. */
  static String about(String hash) {
    return "erasure:" + hash;
  }

  /** Stores an order; returns its number. */
  long insert(String hash, String address, Who who, long nowMillis) throws SQLException {
    insert.setString(1, who.tenant());
    insert.setString(2, hash);
    insert.setString(3, seal.sealText(address, about(hash)));
    for (int time = 4; time <= 7; time++) {
      insert.setTime(time, nowMillis);
    }
    insert.setString(8, who.actor());
    insert.setString(9, who.origin());
    insert.setString(10, who.correlationId());
    try (SqlRows row = insert.query()) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * The order of a recipient that is not done yet; null if there is none. For the writer: nobody
   * else changes it before the commit.
   */
  @Nullable EraseOrder open(String tenant, String hash) throws SQLException {
    open.setString(1, tenant);
    open.setString(2, hash);
    return first(open);
  }

  /** Whether a tenant has so many orders that are not done. */
  boolean hasOpen(String tenant, int many) throws SQLException {
    countOpen.setString(1, tenant);
    countOpen.setInt(2, many);
    try (SqlRows row = countOpen.query()) {
      return row.next() && row.getInt(1) >= many;
    }
  }

  /** Notes that an order which is not done is to cover all until now. */
  void askAgain(EraseOrder order, String address, long nowMillis) throws SQLException {
    askAgain.setTime(1, Math.max(order.askedUntilMillis(), nowMillis));
    // Anew: its key may have been lost.
    askAgain.setString(2, seal.sealText(address, about(order.erasure().recipientHash())));
    askAgain.setLong(3, order.id());
    askAgain.execute();
  }

  /** The order that is due for longest; null if none is. */
  @Nullable EraseOrder due(long nowMillis) throws SQLException {
    due.setTime(1, nowMillis);
    return first(due);
  }

  /** One by its number; null if there is none. */
  @Nullable EraseOrder find(long id) throws SQLException {
    byId.setLong(1, id);
    return first(byId);
  }

  /** The same for the writer: nobody else changes it before the commit. */
  @Nullable EraseOrder hold(long id) throws SQLException {
    held.setLong(1, id);
    return first(held);
  }

  List<Erasure> page(String tenant, long before, int limit) throws SQLException {
    page.setString(1, tenant);
    page.setLong(2, before);
    page.setInt(3, limit);
    List<Erasure> found = new ArrayList<>();
    try (SqlRows row = page.query()) {
      while (row.next()) {
        found.add(read(row).erasure());
      }
    }
    return found;
  }

  /**
   * The recipient of an order that is not done.
   *
   * @throws SealedException if it cannot be opened
   */
  String address(EraseOrder order) {
    String stored = order.address();
    if (stored == null) {
      throw new IllegalArgumentException("order " + order.id() + " is done");
    }
    return seal.openText(stored, about(order.erasure().recipientHash()));
  }

  /**
   * Stores how far an order has come.
   *
   * @param dueAtMillis when it goes on; null if it is done: then the address is forgotten
   */
  void advance(EraseOrder to, @Nullable Long dueAtMillis) throws SQLException {
    Counts counts = to.erasure().counts();
    advance.setInt(1, to.phase().code());
    advance.setLong(2, to.place());
    Columns.time(advance, 3, dueAtMillis);
    Columns.time(advance, 4, to.erasure().endedAtMillis());
    advance.setInt(5, dueAtMillis == null ? 1 : 0);
    advance.setTime(6, to.coversUntilMillis());
    advance.setLong(7, counts.notifications());
    advance.setLong(8, counts.cancelled());
    advance.setLong(9, counts.waiting());
    advance.setLong(10, counts.unreadable());
    advance.setLong(11, counts.events());
    advance.setLong(12, counts.webhooks());
    advance.setLong(13, counts.answers());
    advance.setLong(14, counts.receipts());
    advance.setLong(15, counts.suppressions());
    advance.setLong(16, to.id());
    advance.execute();
  }

  /** Leaves one that is due for later. */
  void postpone(long id, long nowMillis, long dueAtMillis) throws SQLException {
    postpone.setTime(1, dueAtMillis);
    postpone.setLong(2, id);
    postpone.setTime(3, nowMillis);
    postpone.execute();
  }

  /** When any was asked for last; 0 if there is none. */
  long lastAskedMillis() throws SQLException {
    try (SqlRows row = lastAsked.query()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** The last order, done or not, under which what was accepted at a time falls; 0 for none. */
  long covering(String tenant, String hash, long acceptedAtMillis) throws SQLException {
    covering.setString(1, tenant);
    covering.setString(2, hash);
    covering.setTime(3, acceptedAtMillis);
    try (SqlRows row = covering.query()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** Counts a notification that came late and was emptied at once. */
  void countLate(long id, boolean cancelled) throws SQLException {
    late.setInt(1, cancelled ? 1 : 0);
    late.setLong(2, id);
    late.execute();
  }

  private static @Nullable EraseOrder first(SqlStatement statement) throws SQLException {
    try (SqlRows row = statement.query()) {
      return row.next() ? read(row) : null;
    }
  }

  private static EraseOrder read(SqlRows row) throws SQLException {
    long endedAt = row.getLong(6);
    boolean ended = !row.wasNull();
    return new EraseOrder(
        new Erasure(
            row.getLong(1),
            row.getString(2),
            row.getString(3),
            row.getLong(4),
            row.getString(5),
            ended ? (Long) endedAt : null,
            new Counts(
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                row.getLong(13),
                row.getLong(14),
                row.getLong(15))),
        row.getLong(16),
        row.getLong(17),
        Columns.text(row, 18),
        Phase.ofCode(row.getInt(19)),
        row.getLong(20),
        row.getString(21),
        row.getString(22));
  }
}
