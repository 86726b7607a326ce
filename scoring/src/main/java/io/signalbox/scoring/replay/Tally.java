package io.signalbox.scoring.replay;

import org.jspecify.annotations.Nullable;

/**
 * Measures what became of one notification. Both sides are measured by it: a message that a receipt
 * says arrived did arrive, whatever was done before that was known.
 */
final class Tally {
  private final long startedAtMillis;
  private @Nullable RecordedOutcome last;
  private boolean success;
  private long endMillis;
  private double cost;
  private int duplicates;
  private int attempts;

  Tally(long startedAtMillis) {
    this.startedAtMillis = startedAtMillis;
    this.endMillis = startedAtMillis;
  }

  /**
   * Counts an attempt.
   *
   * @param like how it went
   * @param attemptEndMillis when it ended on this side
   * @param price of a message there
   */
  void add(RecordedAttempt like, long attemptEndMillis, double price) {
    attempts++;
    if (last == RecordedOutcome.UNKNOWN) {
      duplicates++;
    }
    last = like.outcome();
    if (like.outcome() == RecordedOutcome.SENT || like.isConfirmed()) {
      cost += price;
    }
    if (!success) {
      success = like.isSuccess();
      endMillis = attemptEndMillis;
    }
  }

  Side.Result result() {
    return new Side.Result(success, endMillis - startedAtMillis, cost, duplicates, attempts);
  }
}
