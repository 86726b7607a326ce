package io.signalbox.scoring.retry;

import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next round of attempts: exponential with full jitter. Round n waits a
 * random time from 0 to base x 2^n (1, 2, 4, ... s unless configured), never more than the cap;
 * spreading over the whole range keeps notifications that failed together from coming back
 * together.
 *
 * <p>As confined to a thread as its source of randomness.
 */
public final class Backoff {
  /** The base unless configured: 1 s. */
  public static final long DEFAULT_BASE_MILLIS = 1_000;

  /** The cap unless configured: 1 h. */
  public static final long DEFAULT_CAP_MILLIS = 3_600_000;

  private static final long LONGEST_MILLIS = 30L * 24 * 3_600_000;

  private final long baseMillis;
  private final long capMillis;
  private final long maxRetryAfterMillis;
  private final RandomGenerator random;

  /** Makes a backoff of 2^n seconds, capped at 1 h, that honours a Retry-After of up to 1 h. */
  public Backoff(RandomGenerator random) {
    this(DEFAULT_BASE_MILLIS, DEFAULT_CAP_MILLIS, DEFAULT_CAP_MILLIS, random);
  }

  /**
   * Makes a backoff.
   *
   * @param baseMillis the longest wait of round 0, at least 1
   * @param capMillis the longest wait of any round, at least the base, at most 30 days
   * @param maxRetryAfterMillis what a provider's Retry-After is limited to, 0 (ignore it) to 30
   *     days
   */
  public Backoff(
      long baseMillis, long capMillis, long maxRetryAfterMillis, RandomGenerator random) {
    if (baseMillis < 1 || capMillis < baseMillis || capMillis > LONGEST_MILLIS) {
      throw new IllegalArgumentException(
          "base must be at least 1 ms, and the cap from the base to 30 days: "
              + baseMillis
              + ", "
              + capMillis);
    }
    if (maxRetryAfterMillis < 0 || maxRetryAfterMillis > LONGEST_MILLIS) {
      throw new IllegalArgumentException(
          "maxRetryAfterMillis must be 0 to 30 days: " + maxRetryAfterMillis);
    }
    this.baseMillis = baseMillis;
    this.capMillis = capMillis;
    this.maxRetryAfterMillis = maxRetryAfterMillis;
    this.random = random;
  }

  /**
   * Returns the longest wait of a round: base x 2^round, at most the cap, for any round from 0 on.
   */
  public long ceilingMillis(int round) {
    if (round < 0) {
      throw new IllegalArgumentException("round must be at least 0: " + round);
    }
    // The cap is under 2^32 ms, so a shift that would lose bits is always one that passes the cap.
    return round > Long.numberOfLeadingZeros(baseMillis) - 2
        ? capMillis
        : Math.min(capMillis, baseMillis << round);
  }

  /** Returns a random wait for the round, 0 to {@link #ceilingMillis}. */
  public long delayMillis(int round) {
    return random.nextLong(ceilingMillis(round) + 1);
  }

  /**
   * Returns a random wait for the round that is not shorter than the provider asked for.
   *
   * @param retryAfterMillis the provider's Retry-After, if it sent one; negative counts as 0, and
   *     more than the configured limit as the limit
   */
  public long delayMillis(int round, OptionalLong retryAfterMillis) {
    long floor = Math.max(0, Math.min(retryAfterMillis.orElse(0), maxRetryAfterMillis));
    return Math.max(floor, delayMillis(round));
  }
}
