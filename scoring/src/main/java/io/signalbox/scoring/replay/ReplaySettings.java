package io.signalbox.scoring.replay;

import io.signalbox.scoring.breaker.BreakerSettings;

/**
 * How a replay rebuilds the past and estimates what did not happen.
 *
 * @param healthWindow how many attempts a health window holds
 * @param breaker the settings of the breakers
 * @param rankingMillis how long a ranking is used before it is made anew
 * @param coolDownMillis how long a provider gets no work after it had no capacity: how long it
 *     asked for is not recorded
 * @param evidenceMillis a provider's recorded attempts count as near in time when they began within
 *     so long before or after
 * @param evidenceCount from how many of the nearest recorded attempts one is drawn, at least 1
 * @param resamples how many resamples an interval is made of, 100 to 10,000
 * @param seed of every random number
 */
public record ReplaySettings(
    int healthWindow,
    BreakerSettings breaker,
    long rankingMillis,
    long coolDownMillis,
    long evidenceMillis,
    int evidenceCount,
    int resamples,
    long seed) {
  /** A second of cooling down, ten minutes either way, the 20 nearest, 1,000 resamples. */
  public static ReplaySettings of(
      int healthWindow, BreakerSettings breaker, long rankingMillis, long seed) {
    return new ReplaySettings(
        healthWindow, breaker, rankingMillis, 1_000, 600_000, 20, 1_000, seed);
  }

  /** Checks the ranges. */
  public ReplaySettings {
    check(rankingMillis >= 0, "rankingMillis must be at least 0");
    check(coolDownMillis >= 1, "coolDownMillis must be at least 1");
    check(evidenceMillis >= 1, "evidenceMillis must be at least 1");
    check(evidenceCount >= 1, "evidenceCount must be at least 1");
    check(resamples >= 100 && resamples <= 10_000, "resamples must be 100 to 10000");
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
