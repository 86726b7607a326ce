package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.Erasure;
import io.signalbox.gateway.ledger.Erasure.Counts;
import io.signalbox.gateway.ledger.sql.EraseOrder.Phase;
import io.signalbox.gateway.ledger.sql.ErasureReader.Found;
import java.sql.SQLException;

/**
 * Takes an order one page further in a phase other than that of notifications.
 *
 * @param seen the order when the page was found; if it has moved on, nothing is done
 * @param traces of the recipient
 */
record EraseRestChange(EraseOrder seen, RecipientTraces traces, Found found, long nowMillis)
    implements Change<Boolean> {
  /** What has an attempt under way is looked at again after so long. */
  private static final long AGAIN_MILLIS = 5_000;

  /** The same of what cannot be opened, until a person brings its key back. */
  private static final long UNREADABLE_MILLIS = 60_000;

  /** What was accepted when the order came is stored and seen by all gateways after so long. */
  private static final long SETTLED_MILLIS = 2_000;

  @Override
  public Boolean apply(WriteSession session) throws SQLException {
    EraseOrder order = session.erasures().hold(seen.id());
    if (order == null || !order.isAt(seen)) {
      return false;
    }
    Phase phase = seen.phase();
    if (phase == Phase.END) {
      return end(session, order);
    }
    EraseOrder from = phase == Phase.SUPPRESSIONS ? order.begun() : order;
    Phase next = found.end() ? phase.next() : phase;
    long place = found.end() ? next.start() : found.last();
    Counts more = erase(session.erasing(), phase).plus(found.left());
    if (phase == Phase.SUPPRESSIONS) {
      more = more.plus(hide(session));
    }
    long due = nowMillis;
    if (phase == Phase.SUPPRESSIONS) {
      due = Math.max(due, from.coversUntilMillis() + SETTLED_MILLIS);
    }
    session.erasures().advance(from.at(next, place, more), due);
    return due <= nowMillis;
  }

  private Counts erase(EraserTable erasing, Phase phase) throws SQLException {
    long events = 0;
    long webhooks = 0;
    long answers = 0;
    long receipts = 0;
    long operations = 0;
    for (long key : found.keys()) {
      switch (phase) {
        case WEBHOOKS -> webhooks += erasing.webhook(key, traces);
        case WORK -> erasing.work(key, traces);
        case EVENTS -> events += erasing.event(key, traces);
        case RECEIPTS -> receipts += erasing.receipt(key, traces);
        case ANSWERS -> answers += erasing.answer(key);
        case OPERATIONS -> operations += erasing.operation(key);
        case BOOKINGS -> receipts += erasing.bookingEvent(key);
        case SUPPRESSIONS, NOTIFICATIONS, END -> throw new IllegalStateException(phase.name());
      }
    }
    // An operation is counted as what else was asked for and is forgotten.
    return new Counts(operations, 0, 0, 0, events, webhooks, answers, receipts, 0);
  }

  private Counts hide(WriteSession session) throws SQLException {
    long entries = session.suppressions().hide(seen.erasure().tenant(), traces.address());
    return new Counts(0, 0, 0, 0, 0, 0, 0, 0, entries);
  }

  private boolean end(WriteSession session, EraseOrder order) throws SQLException {
    // Once more: an attempt that has ended meanwhile may have put it on the list.
    Counts hidden = hide(session);
    Counts c = order.erasure().counts();
    long entries = hidden.suppressions() - c.suppressions();
    EraseOrder last =
        order.at(Phase.END, order.place(), new Counts(0, 0, 0, 0, 0, 0, 0, 0, entries));
    if (c.left() == 0 && order.askedUntilMillis() == order.coversUntilMillis()) {
      session.erasures().advance(last.ended(nowMillis), null);
      String counts = counts(last.erasure().counts());
      session.audit().insert(line(order, AuditEntry.DONE, counts, nowMillis));
      return true;
    }
    long pause = c.unreadable() > 0 ? UNREADABLE_MILLIS : c.waiting() > 0 ? AGAIN_MILLIS : 0;
    session.erasures().advance(last.at(Phase.SUPPRESSIONS, 0, Counts.NONE), nowMillis + pause);
    return pause == 0;
  }

  /** A line of the audit log that names the hash alone. */
  static AuditEntry line(EraseOrder order, String outcome, String detail, long nowMillis) {
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
