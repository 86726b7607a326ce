package io.signalbox.scoring;

/**
 * Grades the failures of one provider (or of any other service) in the last minute. Its memory is
 * fixed, and "the last minute" is exact to one second. Thread-confined.
 */
public final class FailureDetector {
  /** A provider is degraded when more than this share of its attempts failed. */
  public static final double DEGRADED_ABOVE_FAILURE_RATE = 0.25;

  private static final int CRITICAL_ABOVE_FAILURES = 3;
  private static final int MEDIUM_FROM_FAILURES = 2;
  private static final long MINUTE_MILLIS = 60_000;

  private final RollingCounts lastMinute = new RollingCounts(MINUTE_MILLIS);

  /** Counts an attempt that ended now; a neutral one counts neither way. */
  public void record(AttemptResult result, long nowMillis) {
    lastMinute.record(result, nowMillis);
  }

  /** Returns the counts and the grade of the minute before now. */
  public FailureReport report(long nowMillis) {
    int failures = lastMinute.failures(nowMillis);
    double rate = lastMinute.failureRate(nowMillis);
    boolean degraded = rate > DEGRADED_ABOVE_FAILURE_RATE;
    return new FailureReport(
        lastMinute.calls(nowMillis), failures, rate, grade(failures, degraded), degraded);
  }

  /** Forgets everything, as after a manual reset. */
  public void reset() {
    lastMinute.clear();
  }

  private static Severity grade(int failures, boolean degraded) {
    if (failures > CRITICAL_ABOVE_FAILURES) {
      return Severity.CRITICAL;
    }
    return degraded || failures >= MEDIUM_FROM_FAILURES ? Severity.MEDIUM : Severity.LOW;
  }
}
