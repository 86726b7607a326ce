package io.signalbox.scoring.rate;

/**
 * How many calls a provider is given at a time, between a minimum and its configured maximum, found
 * from how long its calls take. The idea is that of Vegas and Gradient limiters: latency that rises
 * with load means that calls wait at the other side, and giving fewer loses nothing.
 *
 * <p>The ends of calls are judged in windows, in the order in which they come. A window's latency
 * is the geometric mean of its calls, which a few slow ones hardly move. It is compared with a
 * baseline, the latency without our load:
 *
 * <ul>
 *   <li>At most {@value #TOLERANCE} times the baseline, and the limit was reached: the limit grows.
 *       It doubles until the first sign of congestion, and by an eighth after it.
 *   <li>More, and over half of the limit was in use: the limit shrinks by as much as the latency is
 *       too long, at most by half.
 *   <li>Latencies up to {@value #MATTERS_FROM_MILLIS} ms are never too long.
 *   <li>At the minimum it cannot be our load that makes it slow. Such a window is the new baseline,
 *       and the limit grows again. So a provider that is slow for its own reasons gets back to full
 *       speed.
 *   <li>The baseline follows shorter latencies, and any latency while less than half is in use.
 * </ul>
 *
 * <p>After a change the calls that were under way say nothing of it, so as many are left out. Calls
 * that hang until their timeout give no news for long: {@value #HUNG_IN_A_ROW} of them without an
 * answer between them bring the limit to its minimum at once.
 *
 * <p>It knows no time and has no timer: without calls nothing changes. Not thread-safe.
 */
public final class AdaptiveConcurrency {
  /** What is left to a provider that is slowed down the most. */
  public static final int MINIMUM = 2;

  /** What a provider is given before anything is known of it. */
  static final int INITIAL = 8;

  static final int TOLERANCE = 2;
  static final int HUNG_IN_A_ROW = 3;
  private static final int SMALLEST_WINDOW = 20;
  private static final int LARGEST_WINDOW = 200;
  private static final int GROWTH_PART = 8;

  /** Shorter latencies are our own scheduling as much as the provider, and never congestion. */
  static final int MATTERS_FROM_MILLIS = 20;

  private static final double BASELINE_STEP = 0.25;
  private static final double LARGEST_CUT = 0.5;

  private int maximum;
  private int limit;
  private boolean doubling = true;
  private double baselineMillis;
  private int toLeaveOut;
  private int calls;
  private int mostInFlight;
  private double sumOfLogs;
  private int hungInARow;

  /**
   * Makes a limiter for a provider of which nothing is known.
   *
   * @param maximum the most that it may ever give, at least 1
   */
  public AdaptiveConcurrency(int maximum) {
    this.maximum = checked(maximum);
    this.limit = Math.min(INITIAL, maximum);
  }

  /** How many calls may be under way at a time now. */
  public int limit() {
    return limit;
  }

  /** The most that it may ever give. */
  public int maximum() {
    return maximum;
  }

  /** Sets another maximum; what was found out stays. */
  public void setMaximum(int newMaximum) {
    maximum = checked(newMaximum);
    if (limit > maximum) {
      limit = maximum;
    }
  }

  /**
   * A call was answered.
   *
   * @param tookMillis how long it took
   * @param inFlight how many calls were under way when it ended, itself among them
   */
  public void answered(long tookMillis, int inFlight) {
    hungInARow = 0;
    sample(tookMillis, inFlight);
  }

  /**
   * A call was given up after its timeout.
   *
   * @param tookMillis how long it took
   * @param inFlight how many calls were under way when it ended, itself among them
   */
  public void hung(long tookMillis, int inFlight) {
    hungInARow++;
    if (hungInARow >= HUNG_IN_A_ROW) {
      hungInARow = HUNG_IN_A_ROW;
      doubling = true;
      change(minimum(), inFlight);
    } else {
      sample(tookMillis, inFlight);
    }
  }

  private void sample(long tookMillis, int inFlight) {
    mostInFlight = Math.max(mostInFlight, inFlight);
    if (toLeaveOut > 0) {
      toLeaveOut--;
      return;
    }
    // Less than a millisecond cannot be told apart from it.
    sumOfLogs += Math.log((double) Math.max(1, tookMillis));
    calls++;
    if (calls >= Math.max(SMALLEST_WINDOW, Math.min(limit, LARGEST_WINDOW))) {
      judge(Math.exp(sumOfLogs / calls), inFlight);
    }
  }

  private void judge(double latencyMillis, int inFlight) {
    boolean reached = mostInFlight >= limit;
    boolean halfUsed = mostInFlight * 2 > limit;
    beginWindow();
    if (baselineMillis == 0) {
      baselineMillis = latencyMillis;
    }
    double tolerated = Math.max(MATTERS_FROM_MILLIS, TOLERANCE * baselineMillis);
    if (latencyMillis <= tolerated) {
      if (latencyMillis < baselineMillis || !halfUsed) {
        approach(latencyMillis);
      }
      if (reached) {
        grow(inFlight);
      }
    } else if (!halfUsed) {
      approach(latencyMillis);
    } else if (limit <= minimum()) {
      baselineMillis = latencyMillis;
      doubling = true;
      grow(inFlight);
    } else {
      doubling = false;
      double share = Math.max(LARGEST_CUT, tolerated / latencyMillis);
      change(Math.max(minimum(), (int) Math.round(limit * share)), inFlight);
    }
  }

  private void approach(double latencyMillis) {
    baselineMillis += (latencyMillis - baselineMillis) * BASELINE_STEP;
  }

  private void grow(int inFlight) {
    int more = doubling ? limit : Math.max(1, limit / GROWTH_PART);
    change(Math.min(maximum, limit + more), inFlight);
  }

  private void change(int newLimit, int inFlight) {
    if (newLimit != limit) {
      limit = newLimit;
      beginWindow();
      toLeaveOut = inFlight - 1;
    }
  }

  private void beginWindow() {
    calls = 0;
    sumOfLogs = 0;
    mostInFlight = 0;
  }

  private int minimum() {
    return Math.min(MINIMUM, maximum);
  }

  private static int checked(int maximum) {
    if (maximum < 1) {
      throw new IllegalArgumentException("a maximum is at least 1, was " + maximum);
    }
    return maximum;
  }
}
