package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Erasure.Counts;
import io.signalbox.gateway.ledger.StepRule.Position;
import io.signalbox.gateway.ledger.sql.DeadLetterChange.Decision;
import io.signalbox.gateway.ledger.sql.ErasureReader.Found;
import io.signalbox.gateway.ledger.sql.ErasureTable.Order;
import io.signalbox.gateway.ledger.sql.ErasureTable.Phase;
import io.signalbox.gateway.model.NotificationState;
import java.sql.SQLException;

/**
 * Erases a page of notifications. What is not sent yet is called back first; what is under way is
 * counted as waiting, and comes again when it has ended.
 */
record EraseChange(long orderId, Found found, long nowMillis) implements Change<Boolean> {
  private static final String ERASED = "erased";

  @Override
  public void foresee(Foresight foresight) {
    found.keys().forEach(foresight::both);
  }

  @Override
  public Boolean apply(WriteSession session) throws SQLException {
    Order order = session.erasures().find(orderId);
    if (order == null || order.phase() != Phase.NOTIFICATIONS) {
      return false;
    }
    Tally tally = new Tally();
    for (long key : found.keys()) {
      NotificationRow row = session.notifications().find(key);
      if (row != null && row.tenant().equals(order.erasure().tenant())) {
        erase(session, row, tally);
      }
    }
    Counts before = order.erasure().counts();
    Counts counts =
        new Counts(
            before.notifications() + tally.erased,
            before.cancelled() + tally.cancelled,
            // Of this pass alone, which begins before all keys.
            (order.place() < 0 ? 0 : before.waiting()) + tally.waiting,
            before.events(),
            before.webhooks(),
            before.answers(),
            before.receipts(),
            before.suppressions());
    Order next =
        found.end()
            ? order.at(order.address() == null ? Phase.END : Phase.WEBHOOKS, 0, counts)
            : order.at(Phase.NOTIFICATIONS, found.last(), counts);
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
