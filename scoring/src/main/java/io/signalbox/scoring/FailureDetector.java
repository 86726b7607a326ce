package io.signalbox.scoring;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Grades the failures of one provider (or of any other service) in the last minute, and counts them
 * by kind. Its memory is fixed, and "the last minute" is exact to one second. Thread-confined.
 */
public final class FailureDetector {
  /** A provider is degraded when more than this share of its attempts failed. */
  public static final double DEGRADED_ABOVE_FAILURE_RATE = 0.25;

  private static final int CRITICAL_ABOVE_FAILURES = 3;
  private static final int MEDIUM_FROM_FAILURES = 2;
  private static final long MINUTE_MILLIS = 60_000;

  private final RollingCounts lastMinute = new RollingCounts(MINUTE_MILLIS);
  private final Map<FailureKind, RollingCounts> kinds = new EnumMap<>(FailureKind.class);

  /** Counts an attempt that ended now; a neutral one counts neither way. */
  public void record(AttemptResult result, long nowMillis) {
    record(result, null, nowMillis);
  }

  /**
   * Counts an attempt that ended now.
   *
   * @param result a neutral one counts neither as a success nor as a failure
   * @param kind counted by itself, also if the result is neutral; null if there is none to count
   */
  public void record(AttemptResult result, @Nullable FailureKind kind, long nowMillis) {
    lastMinute.record(result, nowMillis);
    if (kind != null) {
      ofKind(kind).record(AttemptResult.FAILURE, nowMillis);
    }
  }

  /**
   * Counts attempts that ended some time ago, as another gateway tells it.
   *
   * @param result a neutral one counts neither as a success nor as a failure
   * @param kind counted by itself, also if the result is neutral; null if there is none to count
   * @param count how many there were
   * @param atMillis when they ended
   */
  public void recordPast(
      AttemptResult result, @Nullable FailureKind kind, int count, long atMillis, long nowMillis) {
    lastMinute.recordPast(result, count, atMillis, nowMillis);
    if (kind != null) {
      ofKind(kind).recordPast(AttemptResult.FAILURE, count, atMillis, nowMillis);
    }
  }

  private RollingCounts ofKind(FailureKind kind) {
    return kinds.computeIfAbsent(kind, first -> new RollingCounts(MINUTE_MILLIS));
  }

  /** Returns the counts and the grade of the minute before now. */
  public FailureReport report(long nowMillis) {
    int failures = lastMinute.failures(nowMillis);
    double rate = lastMinute.failureRate(nowMillis);
    boolean degraded = rate > DEGRADED_ABOVE_FAILURE_RATE;
    return new FailureReport(
        lastMinute.calls(nowMillis),
        failures,
        rate,
        grade(failures, degraded),
        degraded,
        kinds(nowMillis));
  }

  private Map<FailureKind, Integer> kinds(long nowMillis) {
    Map<FailureKind, Integer> counts = new EnumMap<>(FailureKind.class);
    kinds.forEach(
        (kind, counter) -> {
          int count = counter.failures(nowMillis);
          if (count > 0) {
            counts.put(kind, count);
          }
        });
    return counts;
  }

  /** Forgets everything, as after a manual reset. */
  public void reset() {
    lastMinute.clear();
    kinds.clear();
  }

  private static Severity grade(int failures, boolean degraded) {
    if (failures > CRITICAL_ABOVE_FAILURES) {
      return Severity.CRITICAL;
    }
    return degraded || failures >= MEDIUM_FROM_FAILURES ? Severity.MEDIUM : Severity.LOW;
  }
}
