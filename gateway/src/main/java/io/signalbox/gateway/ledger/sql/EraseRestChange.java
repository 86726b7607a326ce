package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.Erasure;
import io.signalbox.gateway.ledger.Erasure.Counts;
import io.signalbox.gateway.ledger.sql.ErasureReader.Found;
import io.signalbox.gateway.ledger.sql.ErasureTable.Order;
import io.signalbox.gateway.ledger.sql.ErasureTable.Phase;
import java.sql.SQLException;

/**
 * Takes an order one page further in a phase other than that of notifications.
 *
 * @param phase in which the page was found; if the order has moved on, nothing is done
 */
record EraseRestChange(long orderId, Phase phase, Found found, long nowMillis)
    implements Change<Boolean> {
  /** What has an attempt under way is looked at again after so long. */
  private static final long AGAIN_MILLIS = 5_000;

  @Override
  public Boolean apply(WriteSession session) throws SQLException {
    Order order = session.erasures().find(orderId);
    if (order == null || order.phase() != phase || order.erasure().endedAtMillis() != null) {
      return false;
    }
    if (phase == Phase.END) {
      return end(session, order);
    }
    Counts counts = erase(session, order);
    Phase next = found.end() ? phase.next() : phase;
    long place = !found.end() ? found.last() : next == Phase.NOTIFICATIONS ? -1 : 0;
    session.erasures().advance(order.at(next, place, counts), nowMillis);
    return true;
  }

  private Counts erase(WriteSession session, Order order) throws SQLException {
    Counts c = order.erasure().counts();
    long done = 0;
    for (long key : found.keys()) {
      done +=
          switch (phase) {
            case WEBHOOKS -> session.erasing().webhook(key);
            case EVENTS -> session.erasing().event(key);
            case RECEIPTS -> session.erasing().receipt(key);
            case ANSWERS -> session.erasing().answer(key);
            case SUPPRESSIONS, NOTIFICATIONS, END -> 0;
          };
    }
    String address = order.address();
    long entries =
        phase == Phase.SUPPRESSIONS && address != null
            ? session.suppressions().hide(order.erasure().tenant(), address)
            : 0;
    return new Counts(
        c.notifications(),
        c.cancelled(),
        c.waiting(),
        c.events() + (phase == Phase.EVENTS ? done : 0),
        c.webhooks() + (phase == Phase.WEBHOOKS ? done : 0),
        c.answers() + (phase == Phase.ANSWERS ? done : 0),
        c.receipts() + (phase == Phase.RECEIPTS ? done : 0),
        c.suppressions() + entries);
  }

  private boolean end(WriteSession session, Order order) throws SQLException {
    Counts c = order.erasure().counts();
    if (c.waiting() > 0) {
      session.erasures().advance(order.at(Phase.NOTIFICATIONS, -1, c), nowMillis + AGAIN_MILLIS);
      return false;
    }
    session.erasures().advance(order.ended(nowMillis), null);
    session.audit().insert(line(order, AuditEntry.DONE, counts(c), nowMillis));
    return true;
  }

  /** A line of the audit log that names the hash alone. */
  static AuditEntry line(Order order, String outcome, String detail, long nowMillis) {
    Erasure erasure = order.erasure();
    return new AuditEntry(
        nowMillis,
        new Who(erasure.tenant(), erasure.createdBy(), order.origin(), order.correlationId()),
        "recipient.erase",
        erasure.recipientHash(),
        null,
        null,
        outcome,
        detail);
  }

  /** Of the tenant's own alone: what names no tenant may be another's. */
  private static String counts(Counts c) {
    return "notifications "
        + c.notifications()
        + " (cancelled "
        + c.cancelled()
        + "), events "
        + c.events()
        + ", answers "
        + c.answers()
        + ", suppressions "
        + c.suppressions();
  }
}
