package io.signalbox.loader;

/**
 * How much a provider is given at a time and per second, as its file says.
 *
 * @param maxConcurrent most attempts under way at a time, 1 to 10,000
 * @param adaptiveConcurrency whether fewer than that are given while the provider's latency rises
 *     under load
 * @param maxPerSecond most attempts that begin in a second, up to 100,000; 0 for no limit
 * @param burst how many of them may begin at once after a pause, 1 to 100,000; means nothing
 *     without {@code maxPerSecond}
 */
public record ProviderLimits(
    int maxConcurrent, boolean adaptiveConcurrency, double maxPerSecond, double burst) {

  /** Limits whose burst is what may begin in a second, but at least one. */
  public static ProviderLimits of(int maxConcurrent, double maxPerSecond) {
    return new ProviderLimits(maxConcurrent, true, maxPerSecond, burstOf(maxPerSecond));
  }

  /** The burst of a rate that names none. */
  static double burstOf(double maxPerSecond) {
    return Math.max(1, maxPerSecond);
  }
}
