package io.signalbox.gateway.webhook;

import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.trail.MoveMeter;

/** Counts webhooks. Called on an event loop; must return at once. */
public interface WebhookMeter extends MoveMeter {

  /**
   * A webhook was dealt with.
   *
   * @param result {@code verified}, {@code answered}, {@code unauthenticated}, {@code stale} or
   *     {@code malformed}
   */
  void webhook(String provider, String result);

  /** A webhook's body was stored. */
  void stored(String provider);

  /** All receipts of a stored webhook took effect. */
  void processed(String provider);

  /** A receipt was stored, or was known already. */
  void receipt(String provider, ReceiptEffect effect);
}
