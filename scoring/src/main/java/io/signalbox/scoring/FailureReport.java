package io.signalbox.scoring;

import java.util.Map;

/**
 * What the {@link FailureDetector} saw in the last minute.
 *
 * @param attempts counted attempts (not the neutral ones)
 * @param failures those that failed
 * @param failureRate failures / attempts, 0 to 1; 0 when there are no attempts
 * @param severity the grade
 * @param degraded whether over 25% failed
 * @param kinds how many of each kind, neutral kinds too; only kinds that occurred
 */
public record FailureReport(
    int attempts,
    int failures,
    double failureRate,
    Severity severity,
    boolean degraded,
    Map<FailureKind, Integer> kinds) {

  /** Nothing was seen. */
  public static final FailureReport NONE =
      new FailureReport(0, 0, 0, Severity.LOW, false, Map.of());

  /** Copies the map. */
  public FailureReport {
    kinds = Map.copyOf(kinds);
  }

  /**
   * Whether the provider fails in a way that counts for the mode of the whole: more than three
   * failures in the last minute <em>and</em> over 25% of the attempts. Severity alone would call a
   * provider critical that failed 4 of 10,000.
   */
  public boolean isFailing() {
    return severity == Severity.CRITICAL && degraded;
  }
}
