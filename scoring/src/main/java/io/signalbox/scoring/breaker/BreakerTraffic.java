package io.signalbox.scoring.breaker;

/**
 * How much one provider is called at most, and what its breaker's time-outs are measured against.
 *
 * @param maxPerSecond calls that may begin in a second; 0 for no limit
 * @param burst calls that may begin at once after a pause; means nothing without a limit
 * @param maxConcurrent calls that may be under way at a time, at least 1
 * @param callTimeoutMillis how long a call may take, at least 1
 * @param windowMillis how long a notification is tried at all, at least 1
 */
public record BreakerTraffic(
    double maxPerSecond,
    double burst,
    int maxConcurrent,
    long callTimeoutMillis,
    long windowMillis) {

  private static final double MILLIS_PER_SECOND = 1_000;

  /** The most calls that can end within so long, whatever the provider does. */
  double endsAtItsRate(long withinMillis) {
    return maxPerSecond == 0
        ? Double.POSITIVE_INFINITY
        : burst + maxPerSecond * (withinMillis / MILLIS_PER_SECOND);
  }

  /** The most calls that can end within so long while each of them hangs until its timeout. */
  double endsWhileHanging(long withinMillis) {
    return (double) maxConcurrent * Math.max(1, withinMillis / callTimeoutMillis);
  }
}
