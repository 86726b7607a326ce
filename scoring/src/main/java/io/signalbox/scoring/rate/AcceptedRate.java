package io.signalbox.scoring.rate;

/** Counts what a provider took in the last minute, second by second. Not thread-safe. */
final class AcceptedRate {
  static final int SECONDS = 60;
  private static final long SECOND_MILLIS = 1_000;

  private final int[] counts = new int[SECONDS + 1];
  private long newestSecond = Long.MIN_VALUE;

  /** Counts one. */
  void accepted(long nowMillis) {
    advance(Math.floorDiv(nowMillis, SECOND_MILLIS));
    counts[slot(newestSecond)]++;
  }

  /**
   * How many were taken per second over the last so many seconds: the running second counts whole,
   * and of the first one the share that still belongs to them.
   *
   * @param seconds 1 to {@value #SECONDS}
   */
  double perSecond(int seconds, long nowMillis) {
    advance(Math.floorDiv(nowMillis, SECOND_MILLIS));
    double passed = Math.floorMod(nowMillis, SECOND_MILLIS) / (double) SECOND_MILLIS;
    double sum = counts[slot(newestSecond - seconds)] * (1 - passed);
    for (long second = newestSecond - seconds + 1; second <= newestSecond; second++) {
      sum += counts[slot(second)];
    }
    return sum / seconds;
  }

  private void advance(long second) {
    if (newestSecond == Long.MIN_VALUE) {
      newestSecond = second;
    }
    long first = Math.max(newestSecond + 1, second - SECONDS);
    for (long each = first; each <= second; each++) {
      counts[slot(each)] = 0;
    }
    newestSecond = Math.max(newestSecond, second);
  }

  private int slot(long second) {
    return (int) Math.floorMod(second, (long) counts.length);
  }
}
