package io.signalbox.gateway.metrics;

/**
 * What a provider did since the start.
 *
 * @param attempts attempts that have ended
 * @param failures those of them that its breaker counts as failures
 * @param tookMillis how long all of them took together
 */
public record AttemptTotals(long attempts, long failures, double tookMillis) {
  /** Nothing. */
  static final AttemptTotals NONE = new AttemptTotals(0, 0, 0);
}
