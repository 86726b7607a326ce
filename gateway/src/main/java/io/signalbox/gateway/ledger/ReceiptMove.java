package io.signalbox.gateway.ledger;

import io.signalbox.gateway.ledger.ReceiptRule.Standing;
import io.signalbox.gateway.ledger.StepRule.Position;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a receipt does to its notification: the state as the {@link ReceiptRule} says, and when
 * something is to be done next. One rule for all ledgers.
 */
public final class ReceiptMove {
  private ReceiptMove() {}

  /**
   * What is known before the receipt.
   *
   * @param confirmWithinMillis how long a delivered receipt of the attempt is waited for; 0 if
   *     nobody waits
   * @param dueAtMillis when something is to be done next; 0 if nothing is
   * @param round the round that is stored
   */
  public record Facts(Standing standing, long confirmWithinMillis, long dueAtMillis, int round) {}

  /** Where the receipt moves the notification; null if it stays as it is. */
  public static @Nullable Position after(Facts facts, Receipt receipt, long nowMillis) {
    Standing standing = facts.standing();
    NotificationState state = standing.state();
    ReceiptStatus status = receipt.status();
    boolean waits = facts.confirmWithinMillis() > 0;
    if (ReceiptRule.callsForAnother(standing, waits, status, receipt.reason())) {
      if (facts.dueAtMillis() > 0) {
        return new Position(state, nowMillis, facts.round(), StepRule.NOT_DELIVERED);
      }
      if (standing.outcome() == null) {
        // What follows is decided when the attempt ends.
        return null;
      }
    }
    String why = receipt.reason() == ReasonClass.NONE ? null : receipt.reason().wireName();
    NotificationState after = ReceiptRule.after(standing, status);
    if (after == NotificationState.SENT && (after != state || isSentAfterAll(facts, status))) {
      Long due = waits ? (Long) (nowMillis + facts.confirmWithinMillis()) : null;
      return new Position(after, due, facts.round(), why);
    }
    if (after != state) {
      return new Position(after, null, facts.round(), why);
    }
    return endsConfirmation(facts, status)
        ? new Position(state, null, facts.round(), StepRule.UNCONFIRMED)
        : null;
  }

  /** Whether an unknown outcome of a sent notification's newest attempt turns out to be sent. */
  private static boolean isSentAfterAll(Facts facts, ReceiptStatus status) {
    Standing standing = facts.standing();
    return facts.dueAtMillis() > 0
        && standing.latest()
        && ReceiptRule.resolvesUnknown(standing.outcome(), standing.best(), status);
  }

  /** Bad news that no other provider can mend, while an earlier attempt may still arrive. */
  private static boolean endsConfirmation(Facts facts, ReceiptStatus status) {
    Standing standing = facts.standing();
    return standing.state() == NotificationState.SENT
        && facts.dueAtMillis() > 0
        && standing.latest()
        && status.meansNotDelivered()
        && status.rank() > standing.best().rank();
  }
}
