package io.signalbox.gateway.ledger;

import org.jspecify.annotations.Nullable;

/**
 * An order to forget a recipient, and what was done of it. It outlives a crash, and stays as a
 * proof; it holds no recipient once it is done.
 *
 * @param id growing
 * @param tenant whose data
 * @param recipientHash the keyed hash that stands for the recipient
 * @param createdAtMillis when it was ordered
 * @param createdBy who ordered it
 * @param endedAtMillis when nothing was left; null while something is
 * @param counts what was done so far
 */
public record Erasure(
    long id,
    String tenant,
    String recipientHash,
    long createdAtMillis,
    String createdBy,
    @Nullable Long endedAtMillis,
    Counts counts) {

  /**
   * How much was erased.
   *
   * @param notifications whose contents and providers' words are gone
   * @param cancelled how many of them had not been sent, and were called back
   * @param waiting how many have an attempt under way and follow when it has ended
   * @param events for callback endpoints, that name nobody any more
   * @param webhooks raw bodies of webhooks that are gone
   * @param answers kept for idempotency keys of requests that named it, with their keys
   * @param receipts of no known notification, that lost the provider's words
   * @param suppressions entries of the suppression list that hold the hash alone
   */
  public record Counts(
      long notifications,
      long cancelled,
      long waiting,
      long events,
      long webhooks,
      long answers,
      long receipts,
      long suppressions) {}
}
