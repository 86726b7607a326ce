package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.Erasure;
import io.signalbox.gateway.ledger.Erasure.Counts;
import io.signalbox.gateway.ledger.Seal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements on {@code erasures}. The writer and each reader have one of their own. */
final class ErasureTable {
  private static final String COLUMNS =
      "SELECT id, tenant, recipient_hash, created_at, created_by, ended_at, notifications,"
          + " cancelled, waiting, events, webhooks, answers, receipts, suppressions, address,"
          + " phase, place, origin, correlation_id FROM erasures ";

  private final Seal seal;
  private final SqlStatement insert;
  private final SqlStatement open;
  private final SqlStatement due;
  private final SqlStatement byId;
  private final SqlStatement page;
  private final SqlStatement advance;
  private final SqlStatement reopen;

  ErasureTable(SqlConnection connection, Seal seal) throws SQLException {
    this.seal = seal;
    insert =
        connection.prepare(
            """
            INSERT INTO erasures (tenant, recipient_hash, address, due_at, created_at, created_by,
              origin, correlation_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""");
    open =
        connection.prepare(
            COLUMNS + "WHERE due_at IS NOT NULL AND tenant = ? AND recipient_hash = ?");
    due =
        connection.prepare(
            COLUMNS + "WHERE due_at IS NOT NULL AND due_at <= ? ORDER BY due_at, id LIMIT 1");
    byId = connection.prepare(COLUMNS + "WHERE id = ?");
    page = connection.prepare(COLUMNS + "WHERE tenant = ? AND id < ? ORDER BY id DESC LIMIT ?");
    advance =
        connection.prepare(
            """
            UPDATE erasures SET phase = ?, place = ?, due_at = ?, ended_at = ?, address = ?,
              notifications = ?, cancelled = ?, waiting = ?, events = ?, webhooks = ?,
              answers = ?, receipts = ?, suppressions = ?
            WHERE id = ?""");
    reopen =
        connection.prepare(
            "UPDATE erasures SET phase = ?, place = ?, due_at = ?, ended_at = NULL, waiting = 0"
                + " WHERE due_at IS NULL AND created_at >= ?");
  }

  /** Stores an order; returns its number. */
  long insert(String hash, String address, Who who, long nowMillis) throws SQLException {
    insert.setString(1, who.tenant());
    insert.setString(2, hash);
    insert.setString(3, seal.sealText(address, about(hash)));
    insert.setTime(4, nowMillis);
    insert.setTime(5, nowMillis);
    insert.setString(6, who.actor());
    insert.setString(7, who.origin());
    insert.setString(8, who.correlationId());
    try (SqlRows row = insert.query()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The order of a recipient that is not done yet; null if there is none. */
  @Nullable Order open(String tenant, String hash) throws SQLException {
    open.setString(1, tenant);
    open.setString(2, hash);
    return first(open);
  }

  /** The order that is due for longest; null if none is. */
  @Nullable Order due(long nowMillis) throws SQLException {
    due.setTime(1, nowMillis);
    return first(due);
  }

  /** One by its number; null if there is none. */
  @Nullable Order find(long id) throws SQLException {
    byId.setLong(1, id);
    return first(byId);
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
   * Stores how far an order has come.
   *
   * @param dueAtMillis when it goes on; null if it is done: then the address is forgotten
   */
  void advance(Order to, @Nullable Long dueAtMillis) throws SQLException {
    Counts counts = to.erasure().counts();
    String address = to.address();
    advance.setInt(1, to.phase().code());
    advance.setLong(2, to.place());
    Columns.time(advance, 3, dueAtMillis);
    Columns.time(advance, 4, to.erasure().endedAtMillis());
    Columns.bind(
        advance,
        5,
        dueAtMillis == null || address == null
            ? null
            : seal.sealText(address, about(to.erasure().recipientHash())));
    advance.setLong(6, counts.notifications());
    advance.setLong(7, counts.cancelled());
    advance.setLong(8, counts.waiting());
    advance.setLong(9, counts.events());
    advance.setLong(10, counts.webhooks());
    advance.setLong(11, counts.answers());
    advance.setLong(12, counts.receipts());
    advance.setLong(13, counts.suppressions());
    advance.setLong(14, to.erasure().id());
    advance.execute();
  }

  /**
   * Has done orders look at notifications again: some came only now that had been accepted before.
   *
   * @param fromKey the first key of those
   * @param acceptedAtMillis only orders since then
   */
  void reopen(long fromKey, long acceptedAtMillis, long nowMillis) throws SQLException {
    reopen.setInt(1, Phase.NOTIFICATIONS.code());
    reopen.setLong(2, fromKey - 1);
    reopen.setTime(3, nowMillis);
    reopen.setTime(4, acceptedAtMillis);
    reopen.execute();
  }

  private @Nullable Order first(SqlStatement statement) throws SQLException {
    try (SqlRows row = statement.query()) {
      return row.next() ? read(row) : null;
    }
  }

  private Order read(SqlRows row) throws SQLException {
    long endedAt = row.getLong(6);
    boolean ended = !row.wasNull();
    String hash = row.getString(3);
    String address = Columns.text(row, 15);
    return new Order(
        new Erasure(
            row.getLong(1),
            row.getString(2),
            hash,
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
                row.getLong(14))),
        address == null ? null : seal.openText(address, about(hash)),
        Phase.ofCode(row.getInt(16)),
        row.getLong(17),
        row.getString(18),
        row.getString(19));
  }

  private static String about(String hash) {
    return "erasure:" + hash;
  }

  /** What an order goes through, one after the other. */
  enum Phase {
    SUPPRESSIONS(0),
    NOTIFICATIONS(1),
    WEBHOOKS(2),
    EVENTS(3),
    RECEIPTS(4),
    ANSWERS(5),
    END(6);

    private final int code;

    Phase(int code) {
      this.code = code;
    }

    /** The number in the ledger. */
    int code() {
      return code;
    }

    /** What follows; the last one is followed by itself. */
    Phase next() {
      return ofCode(Math.min(code + 1, END.code));
    }

    /** The phase of a number. */
    static Phase ofCode(int code) {
      for (Phase phase : values()) {
        if (phase.code == code) {
          return phase;
        }
      }
      throw new IllegalArgumentException("no phase has the number " + code);
    }
  }

  /**
   * An order as far as it has come.
   *
   * @param address of the recipient; null once it is done
   * @param phase what is being looked through
   * @param place the key that was looked at last
   */
  record Order(
      Erasure erasure,
      @Nullable String address,
      Phase phase,
      long place,
      String origin,
      String correlationId) {

    Order at(Phase next, long nextPlace, Counts counts) {
      return new Order(with(counts, null), address, next, nextPlace, origin, correlationId);
    }

    Order ended(long nowMillis) {
      return new Order(
          with(erasure.counts(), nowMillis), address, Phase.END, place, origin, correlationId);
    }

    private Erasure with(Counts counts, @Nullable Long endedAtMillis) {
      return new Erasure(
          erasure.id(),
          erasure.tenant(),
          erasure.recipientHash(),
          erasure.createdAtMillis(),
          erasure.createdBy(),
          endedAtMillis,
          counts);
    }
  }
}
