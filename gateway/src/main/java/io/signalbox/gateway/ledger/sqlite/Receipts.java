package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.ReceiptRule;
import io.signalbox.gateway.ledger.ReceiptRule.Standing;
import io.signalbox.gateway.ledger.StepRule.Position;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import java.sql.SQLException;

/** Moves notifications as the {@link ReceiptRule} says. */
final class Receipts {
  private Receipts() {}

  /** Applies a receipt that was not seen before, to the attempt it speaks of. */
  static ReceiptEffect apply(
      WriteSession session, NotificationRow row, AttemptId id, Receipt receipt, long nowMillis)
      throws SQLException {
    AttemptRow attempt = session.attempts().find(row.id().key(), id.number());
    if (attempt == null) {
      throw new IllegalArgumentException("the attempt " + id + " has not begun");
    }
    ReceiptStatus status = receipt.status();
    NotificationState after = ReceiptRule.after(standing(session, row, id, attempt), status);
    if (status.rank() > attempt.best().rank()) {
      session.attempts().bestReceipt(id, status);
    }
    String messageId = receipt.providerMessageId();
    if (attempt.outcome() == OutcomeKind.UNKNOWN
        && attempt.providerMessageId() == null
        && messageId != null) {
      // Its answer never came: later receipts may name nothing else.
      session.attempts().learnMessageId(id, messageId);
    }
    session.news().received(row, id, attempt, receipt, nowMillis);
    Suppressor.told(session, row, attempt, receipt, nowMillis);
    boolean moved = after != row.state();
    if (moved) {
      ReasonClass reason = receipt.reason();
      String why = reason == ReasonClass.NONE ? null : reason.wireName();
      Position to = new Position(after, null, row.round(), why);
      session.move(row, to, Cause.receipt(id, attempt, receipt), nowMillis);
    }
    return new ReceiptEffect(
        receipt,
        id,
        moved ? ReceiptEffect.Kind.MOVED : ReceiptEffect.Kind.KEPT,
        after,
        ReceiptRule.resolvesUnknown(attempt.outcome(), attempt.best(), status));
  }

  private static Standing standing(
      WriteSession session, NotificationRow row, AttemptId id, AttemptRow attempt)
      throws SQLException {
    boolean latest = row.attempts() == id.number();
    boolean laterMayArrive =
        !latest && session.attempts().laterMayArrive(row.id().key(), id.number());
    return new Standing(row.state(), latest, laterMayArrive, attempt.best());
  }
}
