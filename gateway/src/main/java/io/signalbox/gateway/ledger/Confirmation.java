package io.signalbox.gateway.ledger;

/**
 * What an attempt has to do with waiting for a {@code delivered} receipt.
 *
 * @param withinMillis how long such a receipt is waited for once the provider has taken the
 *     message; 0 if nobody waits
 * @param failover whether the attempt begins although an earlier one was sent, because its receipt
 *     did not come or was bad
 */
public record Confirmation(long withinMillis, boolean failover) {
  /** Nobody waits, and nobody waited. */
  public static final Confirmation NONE = new Confirmation(0, false);
}
