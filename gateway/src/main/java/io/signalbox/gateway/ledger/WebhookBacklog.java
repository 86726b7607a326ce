package io.signalbox.gateway.ledger;

/**
 * How many stored webhooks have not taken effect.
 *
 * @param unprocessed how many wait
 * @param oldestReceivedAtMillis when the oldest of them arrived; 0 if none waits
 * @param setAside how many the ledger refused; they wait for the next start
 */
public record WebhookBacklog(long unprocessed, long oldestReceivedAtMillis, long setAside) {
  /** Nothing waits. */
  public static final WebhookBacklog NONE = new WebhookBacklog(0, 0, 0);
}
