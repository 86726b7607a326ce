package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * What one receipt did.
 *
 * @param receipt the receipt
 * @param attempt the attempt it speaks of; null if none is known (yet)
 * @param kind whether it was new, and whether it moved the notification
 * @param before the notification's state until then; null if the attempt is not known
 * @param state the notification's state now; null if the attempt is not known
 * @param resolvedUnknown whether the attempt's outcome was unknown until now
 * @param lane the notification's; null if the attempt is not known
 * @param trace where the notification stands in a trace; null if the attempt is not known
 */
public record ReceiptEffect(
    Receipt receipt,
    @Nullable AttemptId attempt,
    Kind kind,
    @Nullable NotificationState before,
    @Nullable NotificationState state,
    boolean resolvedUnknown,
    @Nullable Lane lane,
    @Nullable TraceContext trace) {

  /** One that belongs to no attempt that is known. */
  public static ReceiptEffect ofNoAttempt(Receipt receipt, Kind kind) {
    return new ReceiptEffect(receipt, null, kind, null, null, false, null, null);
  }

  /** Kinds of effect. */
  public enum Kind {
    /** New, and the state moved forward. */
    MOVED,
    /** New, kept in the timeline, the state stays. */
    KEPT,
    /** Seen before: changed nothing. */
    REPEATED,
    /**
     * New, but speaks of no attempt known so far; kept, and matched when the attempt's end is
     * recorded, or its message id is learnt from another receipt.
     */
    UNMATCHED
  }
}
