package io.signalbox.scoring.rate;

/**
 * Bounds a rate: tokens flow in evenly up to a burst, and each call takes one. Time is passed in
 * and may stand still; if it goes back, nothing flows until it has caught up. Not thread-safe.
 */
public final class TokenBucket {
  private static final double MILLIS_PER_SECOND = 1_000;

  private double perSecond;
  private double burst;
  private double tokens;
  private long filledAtMillis;

  /**
   * Makes a full bucket.
   *
   * @param perSecond calls per second, more than 0
   * @param burst calls that may come at once after a pause, at least 1
   * @throws IllegalArgumentException if a number is out of its range
   */
  public TokenBucket(double perSecond, double burst, long nowMillis) {
    check(perSecond, burst);
    this.perSecond = perSecond;
    this.burst = burst;
    this.tokens = burst;
    this.filledAtMillis = nowMillis;
  }

  /**
   * Sets another rate from now on.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public void setRate(double newPerSecond, double newBurst, long nowMillis) {
    if (newPerSecond == perSecond && newBurst == burst) {
      return;
    }
    check(newPerSecond, newBurst);
    fill(nowMillis);
    perSecond = newPerSecond;
    burst = newBurst;
    tokens = Math.min(tokens, newBurst);
  }

  /** Takes all tokens away. */
  public void empty(long nowMillis) {
    fill(nowMillis);
    tokens = 0;
  }

  /** A bucket whose burst is what flows in a second, but at least one call. */
  public static TokenBucket ofSecond(double perSecond, long nowMillis) {
    return new TokenBucket(perSecond, Math.max(1, perSecond), nowMillis);
  }

  /** Whether a call may be made now. */
  public boolean hasToken(long nowMillis) {
    fill(nowMillis);
    return tokens >= 1;
  }

  /** How many calls may be made now, one after the other. */
  public long left(long nowMillis) {
    fill(nowMillis);
    return (long) tokens;
  }

  /** Takes a token if there is one. */
  public boolean take(long nowMillis) {
    if (!hasToken(nowMillis)) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Puts back a token that was taken for a call that was not made. */
  public void giveBack(long nowMillis) {
    fill(nowMillis);
    tokens = Math.min(burst, tokens + 1);
  }

  /** When a call may be made: now if it may. */
  public long nextTokenAtMillis(long nowMillis) {
    return hasToken(nowMillis)
        ? nowMillis
        : nowMillis + (long) Math.ceil((1 - tokens) * MILLIS_PER_SECOND / perSecond);
  }

  private void fill(long nowMillis) {
    long passed = nowMillis - filledAtMillis;
    if (passed > 0) {
      tokens = Math.min(burst, tokens + passed * perSecond / MILLIS_PER_SECOND);
      filledAtMillis = nowMillis;
    }
  }

  private static void check(double perSecond, double burst) {
    if (!(perSecond > 0) || !(burst >= 1)) {
      throw new IllegalArgumentException(
          "a rate is more than 0 and a burst at least 1, were " + perSecond + " and " + burst);
    }
  }
}
