package io.signalbox.scoring.rate;

/**
 * The rate that a provider seems to accept, learned from its refusals: additive increase,
 * multiplicative decrease.
 *
 * <p>When a provider says that it is asked too often, the rate becomes {@value #DECREASE} of what
 * it took lately: over the time after which it wants to be asked again, which is the length of its
 * own window as far as it tells, between a second and a minute. From then on the rate grows by a
 * hundredth of that each second, at least by {@value #SMALLEST_INCREASE}. After {@value
 * #SURE_AFTER_SECONDS} seconds without a refusal that rate is known to be too low, and it also
 * doubles every {@value #DOUBLES_IN_SECONDS} seconds: what a provider took while little was sent is
 * no sign of how much it takes, and a limit that was lifted is found out. After {@value
 * #FORGOTTEN_AFTER_MINUTES} minutes there is no learned rate any more.
 *
 * <p>If it took nothing lately, the refusal tells of no rate: a quota is used up, perhaps. A rate
 * that was learned before is halved then, and else nothing is learned.
 *
 * <p>Calls that began before the last decrease say nothing of it: of many refusals at once only the
 * first counts. Time is passed in, epoch milliseconds. Not thread-safe.
 */
public final class LearnedRate {
  /** No limit is known. */
  public static final double UNLIMITED = Double.POSITIVE_INFINITY;

  static final double DECREASE = 0.9;
  static final double SMALLEST_INCREASE = 0.02;
  static final int SURE_AFTER_SECONDS = 30;
  static final int DOUBLES_IN_SECONDS = 15;
  static final int FORGOTTEN_AFTER_MINUTES = 5;
  static final double LOWEST = 0.1;
  private static final double INCREASE_PART = 0.01;
  private static final double EMPTY_HANDED_DECREASE = 0.5;
  private static final long FORGOTTEN_AFTER_MILLIS = FORGOTTEN_AFTER_MINUTES * 60_000L;
  private static final double MILLIS_PER_SECOND = 1_000;
  private static final long LONGEST_WINDOW_MILLIS = AcceptedRate.SECONDS * 1_000L;

  private final AcceptedRate accepted = new AcceptedRate();
  private double decreasedTo = UNLIMITED;
  private long decreasedAtMillis = Long.MIN_VALUE;
  private long growsFromMillis;

  /** The provider took a call. */
  public void accepted(long nowMillis) {
    accepted.accepted(nowMillis);
  }

  /**
   * The provider refused a call because there were too many.
   *
   * @param beganAtMillis when the call began
   * @param retryAfterMillis when it wants to be asked again, from now; 0 if it does not say
   */
  public void throttled(long beganAtMillis, long retryAfterMillis, long nowMillis) {
    if (beganAtMillis < decreasedAtMillis) {
      return;
    }
    double before = perSecond(nowMillis);
    double took = accepted.perSecond(windowSeconds(retryAfterMillis), nowMillis);
    if (took > 0) {
      decrease(DECREASE * Math.min(took, before), retryAfterMillis, nowMillis);
    } else if (before < UNLIMITED) {
      decrease(EMPTY_HANDED_DECREASE * before, retryAfterMillis, nowMillis);
    }
  }

  private void decrease(double to, long retryAfterMillis, long nowMillis) {
    decreasedTo = Math.max(LOWEST, to);
    decreasedAtMillis = nowMillis;
    growsFromMillis = nowMillis + Math.min(Math.max(0, retryAfterMillis), LONGEST_WINDOW_MILLIS);
  }

  private static int windowSeconds(long retryAfterMillis) {
    long within = Math.max(1, Math.min(retryAfterMillis, LONGEST_WINDOW_MILLIS));
    return (int) Math.ceil(within / MILLIS_PER_SECOND);
  }

  /** Calls per second that are believed to be accepted; {@link #UNLIMITED} if nothing is known. */
  public double perSecond(long nowMillis) {
    if (decreasedTo == UNLIMITED) {
      return UNLIMITED;
    }
    long growing = Math.max(0, nowMillis - growsFromMillis);
    if (growing >= FORGOTTEN_AFTER_MILLIS) {
      decreasedTo = UNLIMITED;
      return UNLIMITED;
    }
    double increase = Math.max(SMALLEST_INCREASE, INCREASE_PART * decreasedTo);
    double seconds = growing / MILLIS_PER_SECOND;
    double doublings = Math.max(0, seconds - SURE_AFTER_SECONDS) / DOUBLES_IN_SECONDS;
    return (decreasedTo + increase * seconds) * Math.pow(2, doublings);
  }
}
