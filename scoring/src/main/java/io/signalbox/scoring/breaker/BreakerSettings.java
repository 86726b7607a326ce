package io.signalbox.scoring.breaker;

/**
 * The numbers of a {@link Breaker}.
 *
 * @param failureThreshold a closed breaker opens after so many failures in the rolling window: at
 *     once if no success came between them, else if they are also at least {@code
 *     minimumFailureRate} of its calls. At least 1, default 5
 * @param minimumFailureRate 0 to 1, default 0.1. Keeps a busy provider with a few failures among
 *     thousands of successes closed; 0 makes the threshold a plain count
 * @param failureRateThreshold a closed breaker also opens when this share of the window's calls
 *     failed, over 0 to 1, default 0.5
 * @param minimumCalls how many calls the window must hold before the rate counts, at least 1,
 *     default 20
 * @param rollingWindowMillis how long a result counts, at least 1, default 60,000
 * @param recoveryTimeoutMillis how long the first opening lasts, at least 1, default 60,000; each
 *     failed trial doubles it
 * @param maxRecoveryTimeoutMillis what doubling stops at, at least the recovery timeout, at most 30
 *     days, default 300,000
 * @param successesToClose so many trials must succeed, at least 1, default 3
 * @param halfOpenMaxTrials so many trials may be under way at a time, 1 to 1,000, default 1
 * @param trialTimeoutMillis a trial without a result for so long counts as failed, at least 1,
 *     default 30,000. Choose it longer than the time-out of the call itself
 */
public record BreakerSettings(
    int failureThreshold,
    double minimumFailureRate,
    double failureRateThreshold,
    int minimumCalls,
    long rollingWindowMillis,
    long recoveryTimeoutMillis,
    long maxRecoveryTimeoutMillis,
    int successesToClose,
    int halfOpenMaxTrials,
    long trialTimeoutMillis) {

  /** The defaults named above. */
  public static final BreakerSettings DEFAULT =
      new BreakerSettings(5, 0.1, 0.5, 20, 60_000, 60_000, 300_000, 3, 1, 30_000);

  private static final long LONGEST_MILLIS = 30L * 24 * 3_600_000;

  /** Checks the ranges. */
  public BreakerSettings {
    check(failureThreshold >= 1, "failureThreshold must be at least 1");
    check(minimumFailureRate >= 0 && minimumFailureRate <= 1, "minimumFailureRate must be 0 to 1");
    check(
        failureRateThreshold > 0 && failureRateThreshold <= 1,
        "failureRateThreshold must be over 0, at most 1");
    check(minimumCalls >= 1, "minimumCalls must be at least 1");
    check(isDuration(rollingWindowMillis), "rollingWindowMillis must be 1 ms to 30 days");
    check(isDuration(recoveryTimeoutMillis), "recoveryTimeoutMillis must be 1 ms to 30 days");
    check(
        isDuration(maxRecoveryTimeoutMillis) && maxRecoveryTimeoutMillis >= recoveryTimeoutMillis,
        "maxRecoveryTimeoutMillis must be recoveryTimeoutMillis to 30 days");
    check(successesToClose >= 1, "successesToClose must be at least 1");
    check(
        halfOpenMaxTrials >= 1 && halfOpenMaxTrials <= 1_000,
        "halfOpenMaxTrials must be 1 to 1000");
    check(isDuration(trialTimeoutMillis), "trialTimeoutMillis must be 1 ms to 30 days");
  }

  private static boolean isDuration(long millis) {
    return millis >= 1 && millis <= LONGEST_MILLIS;
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
