package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationState;
import java.util.List;

/**
 * What a step really led to.
 *
 * @param applied whether the step was taken; if not, something else has settled the notification
 *     meanwhile: a receipt, a cancellation, another step
 * @param state the state now
 * @param matched what receipts did that had come before the provider's message id was known; empty
 *     for everything but {@link Ledger#settle}
 */
public record Settled(boolean applied, NotificationState state, List<ReceiptEffect> matched) {

  /** Copies the list. */
  public Settled {
    matched = List.copyOf(matched);
  }

  /** A result without receipts. */
  public Settled(boolean applied, NotificationState state) {
    this(applied, state, List.of());
  }
}
