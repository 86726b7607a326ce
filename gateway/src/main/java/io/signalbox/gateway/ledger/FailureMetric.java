package io.signalbox.gateway.ledger;

import io.signalbox.scoring.FailureKind;
import java.util.Map;

/**
 * How the attempts of one provider went in one window of time: a row of {@code failure_metrics}.
 *
 * @param provider which provider
 * @param windowStartMillis from when
 * @param windowEndMillis until when
 * @param requests attempts that ended in the window
 * @param successes those that were sent
 * @param failures those that failed; what is neither was throttled or rejected
 * @param severity the grade of the minute before the end: {@code low}, {@code medium} or {@code
 *     critical}
 * @param kinds counts by kind, of the neutral kinds too
 */
public record FailureMetric(
    String provider,
    long windowStartMillis,
    long windowEndMillis,
    int requests,
    int successes,
    int failures,
    String severity,
    Map<FailureKind, Integer> kinds) {

  /** Copies the map. */
  public FailureMetric {
    kinds = Map.copyOf(kinds);
  }

  /** Share of the successes and failures that failed, 0 to 1; 0 if there were none. */
  public double failureRate() {
    int counted = successes + failures;
    return counted == 0 ? 0 : (double) failures / counted;
  }

  /** How many failed in one way. */
  public int count(FailureKind kind) {
    return kinds.getOrDefault(kind, 0);
  }
}
