package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a receipt moves its notification. One rule for all ledgers:
 *
 * <ol>
 *   <li>A receipt counts only if it ranks above every earlier receipt of the same attempt, so a
 *       late {@code sent} after a {@code bounced} says nothing.
 *   <li>Good news of any attempt moves the notification forward: the recipient has it, whoever
 *       carried it.
 *   <li>Bad news moves it only if it speaks of the latest attempt; or if no work is planned any
 *       more and every other attempt that could carry it certainly did not send or failed. A bounce
 *       of an old attempt never fails a notification that a newer attempt carries, or may still
 *       carry.
 *   <li>While the notification is open, bad news of an attempt that is known not to have sent moves
 *       nothing: what follows that failure is planned already.
 *   <li>Where a delivered receipt is waited for, bad news that blames neither recipient nor content
 *       ends the waiting instead of the notification: see {@link #callsForAnother}.
 * </ol>
 */
public final class ReceiptRule {
  private static final Set<ReasonClass> NOT_THE_RECIPIENTS_FAULT =
      EnumSet.of(
          ReasonClass.NONE,
          ReasonClass.SOFT_BOUNCE,
          ReasonClass.BLOCKED,
          ReasonClass.EXPIRED,
          ReasonClass.CONFIGURATION);

  private ReceiptRule() {}

  /**
   * What is known before the receipt.
   *
   * @param state where the notification stands
   * @param latest whether the receipt speaks of the latest attempt
   * @param othersMayArrive whether an attempt that could carry the notification instead is under
   *     way, was sent, or is unknown, and is not known to have failed: a later one; or, if this one
   *     began because an earlier one was not confirmed, any other
   * @param best the receipt of the same attempt that ranks highest so far; {@link
   *     ReceiptStatus#UNKNOWN} if there was none
   * @param outcome how the attempt ended; null while it is under way
   */
  public record Standing(
      NotificationState state,
      boolean latest,
      boolean othersMayArrive,
      ReceiptStatus best,
      @Nullable OutcomeKind outcome) {}

  /** The state after the receipt; the same state if it moves nothing. */
  public static NotificationState after(Standing standing, ReceiptStatus status) {
    NotificationState state = standing.state();
    if (status.rank() <= standing.best().rank()) {
      return state;
    }
    if (status.meansNotDelivered() && !badNewsDecides(standing)) {
      return state;
    }
    return state.after(status);
  }

  /**
   * Whether a receipt settles an outcome that was unknown until then.
   *
   * @param outcome how the attempt ended; null while it is under way
   * @param best as in {@link Standing}
   * @param status what the receipt says
   */
  public static boolean resolvesUnknown(
      @Nullable OutcomeKind outcome, ReceiptStatus best, ReceiptStatus status) {
    return outcome == OutcomeKind.UNKNOWN && best.rank() == 0 && status.rank() > 0;
  }

  /**
   * Whether bad news calls for another provider instead of an end: its attempt is to be confirmed,
   * is the one that carries the notification, and failed for a reason that lies neither with the
   * recipient nor with the content.
   *
   * @param wantsConfirmation whether a delivered receipt of the attempt is waited for
   * @param reason why it failed
   */
  public static boolean callsForAnother(
      Standing standing, boolean wantsConfirmation, ReceiptStatus status, ReasonClass reason) {
    NotificationState state = standing.state();
    return wantsConfirmation
        && standing.latest()
        && (state == NotificationState.PROCESSING || state == NotificationState.SENT)
        && status.rank() > standing.best().rank()
        && (status == ReceiptStatus.FAILED
            || status == ReceiptStatus.REJECTED
            || status == ReceiptStatus.EXPIRED)
        && NOT_THE_RECIPIENTS_FAULT.contains(reason)
        && !failedBefore(standing.outcome());
  }

  private static boolean badNewsDecides(Standing standing) {
    if (standing.state().isOpen()) {
      return standing.latest() && !failedBefore(standing.outcome());
    }
    return !standing.othersMayArrive();
  }

  private static boolean failedBefore(@Nullable OutcomeKind outcome) {
    return outcome == OutcomeKind.TRANSIENT
        || outcome == OutcomeKind.THROTTLED
        || outcome == OutcomeKind.PROVIDER_FAULT;
  }
}
