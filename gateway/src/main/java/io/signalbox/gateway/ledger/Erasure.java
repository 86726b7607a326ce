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
   * @param waiting how many have an attempt under way, or wait to take effect, and follow then
   * @param unreadable how much cannot be looked into as long as its key is not there
   * @param events for callback endpoints, that name nobody any more
   * @param webhooks raw webhooks that name it no more
   * @param answers kept for idempotency keys of requests that named it, with their keys
   * @param receipts of no known notification, that name it no more
   * @param suppressions entries of the suppression list that hold the hash alone
   */
  public record Counts(
      long notifications,
      long cancelled,
      long waiting,
      long unreadable,
      long events,
      long webhooks,
      long answers,
      long receipts,
      long suppressions) {
    /** Nothing yet. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** These and others together. */
    public Counts plus(Counts more) {
      return new Counts(
          notifications + more.notifications,
          cancelled + more.cancelled,
          waiting + more.waiting,
          unreadable + more.unreadable,
          events + more.events,
          webhooks + more.webhooks,
          answers + more.answers,
          receipts + more.receipts,
          suppressions + more.suppressions);
    }

    /** These before all is gone over once more: what was done stays. */
    public Counts anew() {
      return new Counts(notifications, cancelled, 0, 0, events, webhooks, answers, receipts, 0);
    }

    /** How much follows: the recipient is not forgotten yet. */
    public long left() {
      return waiting + unreadable;
    }
  }
}
