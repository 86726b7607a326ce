package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Erasure.Counts;
import io.signalbox.gateway.ledger.StepRule.Position;
import io.signalbox.gateway.ledger.sql.DeadLetterChange.Decision;
import io.signalbox.gateway.ledger.sql.EraseOrder.Phase;
import io.signalbox.gateway.ledger.sql.ErasureReader.Found;
import io.signalbox.gateway.model.NotificationState;
import java.sql.SQLException;

/**
 * Erases a page of notifications. What is not sent yet is called back first; what is under way is
 * counted as waiting, and comes again when it has ended.
 *
 * @param seen the order when the page was found; if it has moved on, nothing is done
 */
record EraseChange(EraseOrder seen, Found found, long nowMillis) implements Change<Boolean> {
  /** What the timeline says. */
  static final String ERASED = "erased";

  @Override
  public void foresee(Foresight foresight) {
    found.keys().forEach(foresight::both);
  }

  @Override
  public Boolean apply(WriteSession session) throws SQLException {
    EraseOrder order = session.erasures().hold(seen.id());
    if (order == null || !order.isAt(seen)) {
      return false;
    }
    Tally tally = new Tally();
    for (long key : found.keys()) {
      NotificationRow row = session.notifications().find(key);
      if (row != null && row.tenant().equals(order.erasure().tenant())) {
        erase(session, row, tally);
      }
    }
    Counts more =
        new Counts(tally.erased, tally.cancelled, tally.waiting, found.unreadable(), 0, 0, 0, 0, 0);
    EraseOrder next =
        found.end()
            ? order.at(Phase.WEBHOOKS, Phase.WEBHOOKS.start(), more)
            : order.at(Phase.NOTIFICATIONS, found.last(), more);
    session.erasures().advance(next, nowMillis);
    return true;
  }

  private void erase(WriteSession session, NotificationRow row, Tally tally) throws SQLException {
    long key = row.id().key();
    AttemptRow last = session.attempts().find(key, row.attempts());
    if (last != null && last.outcome() == null) {
      if (row.state().isOpen()) {
        new CancelChange(row.tenant(), row.id(), nowMillis).apply(session);
      }
      tally.waiting++;
      return;
    }
    if (row.state().isOpen() || row.state() == NotificationState.HELD) {
      new CancelChange(row.tenant(), row.id(), nowMillis).apply(session);
      tally.cancelled++;
    } else if (row.state() == NotificationState.DEAD_LETTER) {
      Position discarded = Decision.DISCARD.position(row, nowMillis);
      session.move(row, discarded, Cause.decision(row, nowMillis), nowMillis);
      session.events().insert(key, nowMillis, Decision.DISCARD.event(), null);
      tally.cancelled++;
    } else if (row.dueAtMillis() > 0) {
      // Sent, and a confirmation was awaited: nothing follows any more.
      Position sent = new Position(row.state(), null, row.round(), row.reason());
      session.notifications().move(row, sent, nowMillis);
    }
    session.erasing().notification(key);
    session.recipients().forget();
    session.events().insert(key, nowMillis, ERASED, null);
    tally.erased++;
  }

  /** What happened to the page. */
  private static final class Tally {
    private long erased;
    private long cancelled;
    private long waiting;
  }
}
