package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step really led to.
 *
 * @param applied whether the step was taken; if not, something else has settled the notification
 *     meanwhile: a receipt, a cancellation, another step
 * @param state the state now
 * @param matched what receipts did that had come before the provider's message id was known; empty
 *     for everything but {@link Ledger#settle}
 * @param suppressed why the attempt that was to begin was not begun: its recipient is on the
 *     suppression list, and another channel may be tried. Null if that is not the reason
 */
public record Settled(
    boolean applied,
    NotificationState state,
    List<ReceiptEffect> matched,
    @Nullable SuppressionReason suppressed) {

  /** Copies the list. */
  public Settled {
    matched = List.copyOf(matched);
  }

  /** A result without receipts. */
  public Settled(boolean applied, NotificationState state) {
    this(applied, state, List.of(), null);
  }

  /** A result that the suppression list has no part in. */
  public Settled(boolean applied, NotificationState state, List<ReceiptEffect> matched) {
    this(applied, state, matched, null);
  }
}
