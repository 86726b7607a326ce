package io.signalbox.scoring.rate;

/**
 * How often one provider may be called: at most at its configured rate, and at most at the rate
 * that it is believed to accept. Time is passed in, epoch milliseconds. Not thread-safe.
 */
public final class RateLimit {
  private final LearnedRate learned = new LearnedRate();
  private final TokenBucket bucket;
  private double configuredPerSecond;
  private double configuredBurst;

  /**
   * Makes a limit of which nothing is learned yet.
   *
   * @param perSecond calls per second; 0 for no limit
   * @param burst calls that may come at once after a pause, at least 1; means nothing without a
   *     rate
   */
  public RateLimit(double perSecond, double burst) {
    configuredPerSecond = perSecond;
    configuredBurst = burst;
    bucket = new TokenBucket(perSecond > 0 ? perSecond : 1, burst, 0);
  }

  /** Sets another rate. The tokens that are there stay. */
  public void configure(double perSecond, double burst) {
    configuredPerSecond = perSecond;
    configuredBurst = burst;
  }

  /** Takes all tokens away, as when calls were counted elsewhere until now. */
  public void empty(long nowMillis) {
    if (isLimited(nowMillis)) {
      bucket.empty(nowMillis);
    }
  }

  /** Calls per second that are configured; 0 for no limit. */
  public double configuredPerSecond() {
    return configuredPerSecond;
  }

  /** Calls per second that are given now; 0 for no limit. */
  public double perSecond(long nowMillis) {
    double believed = learned.perSecond(nowMillis);
    if (configuredPerSecond > 0) {
      return Math.min(configuredPerSecond, believed);
    }
    return believed == LearnedRate.UNLIMITED ? 0 : believed;
  }

  /** Whether a call may be made now. */
  public boolean hasToken(long nowMillis) {
    return !isLimited(nowMillis) || bucket.hasToken(nowMillis);
  }

  /** Takes a token if there is one and one is needed. */
  public void take(long nowMillis) {
    if (isLimited(nowMillis)) {
      bucket.take(nowMillis);
    }
  }

  /** A call for which a token was taken was not made. */
  public void giveBack(long nowMillis) {
    if (isLimited(nowMillis)) {
      bucket.giveBack(nowMillis);
    }
  }

  /** When a call may be made: now if it may. */
  public long nextTokenAtMillis(long nowMillis) {
    return isLimited(nowMillis) ? bucket.nextTokenAtMillis(nowMillis) : nowMillis;
  }

  /** The provider took a call. */
  public void accepted(long nowMillis) {
    learned.accepted(nowMillis);
  }

  /**
   * The provider refused a call because there were too many.
   *
   * @param beganAtMillis when the call began
   * @param retryAfterMillis when it wants to be asked again, from now; 0 if it does not say
   */
  public void throttled(long beganAtMillis, long retryAfterMillis, long nowMillis) {
    learned.throttled(beganAtMillis, retryAfterMillis, nowMillis);
    empty(nowMillis);
  }

  /** Whether there is a limit; if so, the bucket has its rate. */
  private boolean isLimited(long nowMillis) {
    double now = perSecond(nowMillis);
    if (now == 0) {
      return false;
    }
    double burst = Math.max(1, now);
    bucket.setRate(now, configuredPerSecond > 0 ? burstOf(now, burst) : burst, nowMillis);
    return true;
  }

  /** A rate under the configured one has its own, smaller burst. */
  private double burstOf(double now, double burst) {
    return now < configuredPerSecond ? Math.min(configuredBurst, burst) : configuredBurst;
  }
}
