package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.ReceiptMove;
import io.signalbox.gateway.ledger.ReceiptMove.Facts;
import io.signalbox.gateway.ledger.ReceiptRule;
import io.signalbox.gateway.ledger.ReceiptRule.Standing;
import io.signalbox.gateway.ledger.StepRule.Position;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Moves notifications as the {@link ReceiptRule} says. */
final class Receipts {
  private Receipts() {}

  /** Applies a receipt that was not seen before, to the attempt it speaks of. */
  static ReceiptEffect apply(
      WriteSession session, NotificationRow row, AttemptId id, Receipt receipt, Arrival arrival)
      throws SQLException {
    long nowMillis = arrival.atMillis();
    AttemptRow attempt = session.attempts().find(row.id().key(), id.number());
    if (attempt == null) {
      throw new IllegalArgumentException("the attempt " + id + " has not begun");
    }
    ReceiptStatus status = receipt.status();
    Standing standing = standing(session, row, id, attempt);
    boolean resolves = ReceiptRule.resolvesUnknown(attempt.outcome(), attempt.best(), status);
    if (status.rank() > attempt.best().rank()) {
      session.attempts().bestReceipt(id, status);
    }
    String messageId = receipt.providerMessageId();
    boolean learns =
        attempt.outcome() == OutcomeKind.UNKNOWN
            && attempt.providerMessageId() == null
            && messageId != null;
    if (learns && messageId != null) {
      // Its answer never came: other receipts may name nothing else.
      session.attempts().learnMessageId(id, messageId);
    }
    session.news().received(row, id, attempt, receipt, arrival);
    Suppressor.told(session, row, attempt, receipt, nowMillis);
    long within = attempt.wantsConfirmation() ? attempt.confirmWithinMillis() : 0;
    Facts facts = new Facts(standing, within, row.dueAtMillis(), row.round());
    Position to = ReceiptMove.after(facts, receipt, nowMillis);
    if (to != null) {
      session.move(row, to, Cause.receipt(id, attempt, receipt), nowMillis);
    }
    NotificationState now = to == null ? row.state() : to.state();
    if (learns && messageId != null) {
      for (ReceiptEffect early : matchEarly(session, id, attempt.provider(), messageId, arrival)) {
        now = early.state() == null ? now : early.state();
      }
    }
    return new ReceiptEffect(
        receipt,
        id,
        now == row.state() ? ReceiptEffect.Kind.KEPT : ReceiptEffect.Kind.MOVED,
        row.state(),
        now,
        resolves,
        row.lane(),
        row.trace());
  }

  /**
   * Applies the receipts that named a message before it was known whose it is, oldest first.
   *
   * @param arrival of what has told whose it is
   */
  static List<ReceiptEffect> matchEarly(
      WriteSession session, AttemptId id, String provider, String messageId, Arrival arrival)
      throws SQLException {
    List<ReceiptTable.Unmatched> early = session.receipts().unmatched(provider, messageId);
    if (early.isEmpty()) {
      return List.of();
    }
    List<ReceiptEffect> effects = new ArrayList<>(early.size());
    for (ReceiptTable.Unmatched one : early) {
      session.receipts().match(one.id(), id);
      NotificationRow row = session.notifications().get(id.notification());
      effects.add(apply(session, row, id, one.receipt(), arrival));
    }
    return effects;
  }

  private static Standing standing(
      WriteSession session, NotificationRow row, AttemptId id, AttemptRow attempt)
      throws SQLException {
    boolean latest = row.attempts() == id.number();
    boolean othersMayArrive =
        attempt.confirmation()
            ? session.attemptFinder().othersMayArrive(row.id().key(), id.number())
            : !latest && session.attemptFinder().laterMayArrive(row.id().key(), id.number());
    return new Standing(row.state(), latest, othersMayArrive, attempt.best(), attempt.outcome());
  }
}
