package io.signalbox.scoring.replay;

import java.util.Arrays;
import java.util.List;

/**
 * What one policy made of the notifications that were compared.
 *
 * @param notifications how many were compared
 * @param successes how many arrived, as far as is known
 * @param success their share with its 95% interval (Wilson)
 * @param meanLatencyMillis from the first attempt's beginning to the end of the one that succeeded,
 *     over the successes; 0 when there are none
 * @param medianLatencyMillis likewise
 * @param p95LatencyMillis likewise
 * @param cost sum of the prices that are known
 * @param duplicates attempts that may have made a duplicate
 * @param attempts attempts in all
 */
public record Side(
    int notifications,
    int successes,
    Interval success,
    double meanLatencyMillis,
    long medianLatencyMillis,
    long p95LatencyMillis,
    double cost,
    int duplicates,
    int attempts) {

  /** What became of one notification. */
  record Result(boolean success, long latencyMillis, double cost, int duplicates, int attempts) {}

  static Side of(List<Result> results) {
    long[] latencies =
        results.stream()
            .filter(Result::success)
            .mapToLong(Result::latencyMillis)
            .sorted()
            .toArray();
    return new Side(
        results.size(),
        latencies.length,
        Interval.wilson(latencies.length, results.size()),
        Arrays.stream(latencies).average().orElse(0),
        quantile(latencies, 0.5),
        quantile(latencies, 0.95),
        results.stream().mapToDouble(Result::cost).sum(),
        results.stream().mapToInt(Result::duplicates).sum(),
        results.stream().mapToInt(Result::attempts).sum());
  }

  /** The smallest value that so great a share of the values does not exceed; 0 if there is none. */
  private static long quantile(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
