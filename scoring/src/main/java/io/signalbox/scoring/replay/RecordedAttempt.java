package io.signalbox.scoring.replay;

/**
 * An attempt as it was recorded. Times are epoch milliseconds.
 *
 * @param channel the channel it used
 * @param provider the provider it used
 * @param startedAtMillis when it began
 * @param tookMillis how long it took, at least 0
 * @param outcome how it ended
 * @param confirmedAfterMillis how long after its end the first receipt said that the message
 *     arrived; {@link #NEVER} if none did
 * @param undelivered whether a receipt said for good that the message did not arrive
 */
public record RecordedAttempt(
    String channel,
    String provider,
    long startedAtMillis,
    long tookMillis,
    RecordedOutcome outcome,
    long confirmedAfterMillis,
    boolean undelivered) {
  /** No receipt said that the message arrived. */
  public static final long NEVER = -1;

  /** Checks the duration. */
  public RecordedAttempt {
    if (tookMillis < 0) {
      throw new IllegalArgumentException("tookMillis must be at least 0: " + tookMillis);
    }
  }

  /** When it ended. */
  public long endedAtMillis() {
    return startedAtMillis + tookMillis;
  }

  /** Whether a receipt said, however late, that the message arrived. */
  boolean isConfirmed() {
    return confirmedAfterMillis != NEVER;
  }

  /** Whether a receipt said within so long after its end that the message arrived. */
  boolean isConfirmedWithin(long millis) {
    return isConfirmed() && confirmedAfterMillis <= millis;
  }

  /** Whether the message counts as arrived: taken and not reported back, or confirmed. */
  boolean isSuccess() {
    return outcome == RecordedOutcome.SENT ? !undelivered : isConfirmed();
  }
}
