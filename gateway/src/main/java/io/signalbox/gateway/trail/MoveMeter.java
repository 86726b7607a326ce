package io.signalbox.gateway.trail;

import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.model.NotificationState;

/**
 * Counts notifications that receipts, or their absence, move on: before or after the work on them
 * has ended. Called on an event loop; must return at once.
 */
public interface MoveMeter {

  /** A notification moved, by what is known of its attempts. */
  void moved(NotificationState before, NotificationState after);

  /** Counts what a receipt did, if it moved its notification. */
  default void received(ReceiptEffect effect) {
    NotificationState before = effect.before();
    NotificationState after = effect.state();
    if (before != null && after != null && before != after) {
      moved(before, after);
    }
  }
}
