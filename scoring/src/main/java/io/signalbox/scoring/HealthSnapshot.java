package io.signalbox.scoring;

/**
 * An immutable view of a provider's {@link HealthWindow}.
 *
 * @param attempts counted attempts in the window: successes plus failures, never the neutral ones
 * @param successes attempts that succeeded
 * @param failures attempts that failed
 * @param successRate successes / attempts, 0 to 1; 1 when there are no attempts
 * @param averageResponseMillis mean response time of the attempts that succeeded; 0 when none did.
 *     Failures are left out because a refused connection answers within a millisecond and would
 *     make a failing provider look fast
 * @param lastSuccessAtMillis epoch milliseconds of the newest success ever recorded, or {@link
 *     #NEVER}
 * @param lastFailureAtMillis epoch milliseconds of the newest failure ever recorded, or {@link
 *     #NEVER}
 * @param delivery what receipts say of the accepted ones
 */
public record HealthSnapshot(
    int attempts,
    int successes,
    int failures,
    double successRate,
    double averageResponseMillis,
    long lastSuccessAtMillis,
    long lastFailureAtMillis,
    DeliverySnapshot delivery) {

  /** Stands for "it has not happened yet" in the time components. */
  public static final long NEVER = -1;

  /**
   * The health of a provider that has not been tried. It counts as healthy: a new provider must be
   * able to win traffic, and nothing bad is known of it. Judged as unhealthy it would never be
   * tried and never earn a record.
   */
  public static final HealthSnapshot UNTRIED =
      new HealthSnapshot(0, 0, 0, 1, 0, NEVER, NEVER, DeliverySnapshot.UNKNOWN);

  /** Checks that the numbers agree with each other. */
  public HealthSnapshot {
    if (successes < 0 || failures < 0 || attempts != successes + failures) {
      throw new IllegalArgumentException(
          "attempts must be successes + failures, both at least 0: "
              + attempts
              + ", "
              + successes
              + ", "
              + failures);
    }
    if (!(successRate >= 0 && successRate <= 1)) {
      throw new IllegalArgumentException("successRate must be 0 to 1: " + successRate);
    }
    if (!(averageResponseMillis >= 0)) {
      throw new IllegalArgumentException("averageResponseMillis must be at least 0");
    }
  }

  /** Makes the snapshot of these counts; the success rate follows from them. */
  public static HealthSnapshot of(
      int successes,
      int failures,
      double averageResponseMillis,
      long lastSuccessAtMillis,
      long lastFailureAtMillis) {
    int attempts = successes + failures;
    return new HealthSnapshot(
        attempts,
        successes,
        failures,
        attempts == 0 ? 1 : (double) successes / attempts,
        averageResponseMillis,
        lastSuccessAtMillis,
        lastFailureAtMillis,
        DeliverySnapshot.UNKNOWN);
  }

  /** The same health with what receipts say. */
  public HealthSnapshot with(DeliverySnapshot newDelivery) {
    return new HealthSnapshot(
        attempts,
        successes,
        failures,
        successRate,
        averageResponseMillis,
        lastSuccessAtMillis,
        lastFailureAtMillis,
        newDelivery);
  }

  /**
   * Returns the success rate times the {@linkplain DeliverySnapshot#factor delivery factor}, 0 to
   * 1: a message that was accepted and never arrived was no success.
   */
  public double effectiveSuccessRate() {
    return successRate * delivery.factor();
  }
}
