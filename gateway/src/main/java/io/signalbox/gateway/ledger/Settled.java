package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step really led to.
 *
 * @param applied whether the step was taken as it was wanted; if not, something else has settled
 *     the notification meanwhile: a receipt, a cancellation, another step
 * @param before the state just before the step, after the receipts that were matched with it
 * @param state the state now
 * @param taken the step that was taken, and that nobody else has told of: another one than was
 *     wanted if the application has called the notification back. Null if none was, if only an
 *     attempt has begun, or if the caller is to plan again
 * @param matched what receipts did that had come before the provider's message id was known; empty
 *     for everything but {@link Ledger#settle}
 * @param suppressed why the attempt that was to begin was not begun: its recipient is on the
 *     suppression list, and another channel may be tried. Null if that is not the reason
 */
public record Settled(
    boolean applied,
    NotificationState before,
    NotificationState state,
    @Nullable NextStep taken,
    List<ReceiptEffect> matched,
    @Nullable SuppressionReason suppressed) {

  /** Copies the list. */
  public Settled {
    matched = List.copyOf(matched);
  }

  /** An attempt is under way now, or again known to be. */
  public static Settled begun(NotificationState before, NotificationState state) {
    return new Settled(true, before, state, null, List.of(), null);
  }

  /** A step that came too late: nothing was changed. */
  public static Settled overtaken(NotificationState state) {
    return overtaken(state, List.of());
  }

  /** A step that came too late, perhaps after receipts that were matched just before it. */
  public static Settled overtaken(NotificationState state, List<ReceiptEffect> matched) {
    return new Settled(false, state, state, null, matched, null);
  }

  /** An attempt that is not to begin; the caller plans again. */
  public static Settled suppressed(
      NotificationState before,
      NotificationState state,
      List<ReceiptEffect> matched,
      SuppressionReason reason) {
    return new Settled(false, before, state, null, matched, reason);
  }
}
