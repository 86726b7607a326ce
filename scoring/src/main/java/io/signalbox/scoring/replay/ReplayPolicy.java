package io.signalbox.scoring.replay;

import io.signalbox.scoring.ScoreParameters;
import io.signalbox.scoring.ScorePolicy;
import io.signalbox.scoring.SelectionStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The policy that recorded attempts are run through.
 *
 * @param score how candidates are scored
 * @param parameters the numbers of the score
 * @param strategy how one is picked from a ranking
 * @param exploration share of first choices that explore, 0 to 1
 * @param provider the only provider to use; null for any
 * @param onUnknown what follows an unknown outcome
 * @param unknownWaitMillis how long a receipt is waited for before an unknown outcome fails over
 * @param maxAttempts how many attempts one notification may have, at least 1
 * @param maxRounds how many rounds over all candidates, at least 1
 * @param retryBaseMillis wait before the second round; doubles with each round
 * @param retryMaxMillis longest wait between rounds
 * @param windowMillis how long after its first attempt a notification may still be tried
 * @param fallbackChannels whether other channels of the notification may be used
 */
public record ReplayPolicy(
    ScorePolicy score,
    ScoreParameters parameters,
    SelectionStrategy strategy,
    double exploration,
    @Nullable String provider,
    OnUnknown onUnknown,
    long unknownWaitMillis,
    int maxAttempts,
    int maxRounds,
    long retryBaseMillis,
    long retryMaxMillis,
    long windowMillis,
    boolean fallbackChannels) {

  /** Checks the ranges. */
  public ReplayPolicy {
    check(exploration >= 0 && exploration <= 1, "exploration must be 0 to 1");
    check(unknownWaitMillis >= 0, "unknownWaitMillis must be at least 0");
    check(maxAttempts >= 1, "maxAttempts must be at least 1");
    check(maxRounds >= 1, "maxRounds must be at least 1");
    check(retryBaseMillis >= 1, "retryBaseMillis must be at least 1");
    check(retryMaxMillis >= retryBaseMillis, "retryMaxMillis must be at least retryBaseMillis");
    check(windowMillis >= 1, "windowMillis must be at least 1");
  }

  /** What follows an unknown outcome that no receipt explains in time. */
  public enum OnUnknown {
    /** The next provider, which may make a duplicate. */
    FAILOVER,
    /** A person decides: no duplicate, and no success. */
    STOP
  }

  /** The mean wait before a round: half of the doubled base, because the jitter is full. */
  long backoffMillis(int roundsOver) {
    int doublings = Math.min(Math.max(0, roundsOver - 1), 62);
    long doubled =
        retryBaseMillis > Long.MAX_VALUE >> doublings
            ? Long.MAX_VALUE
            : retryBaseMillis << doublings;
    return Math.max(1, Math.min(doubled, retryMaxMillis) / 2);
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
