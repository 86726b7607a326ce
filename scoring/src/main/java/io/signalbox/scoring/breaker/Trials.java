package io.signalbox.scoring.breaker;

/** The trials of a half-open breaker that are under way, each with its deadline. */
final class Trials {
  private final long[] ids;
  private final long[] deadlines;
  private final long timeoutMillis;
  private int underWay;
  private long lastId;

  Trials(int maximum, long timeoutMillis) {
    ids = new long[maximum];
    deadlines = new long[maximum];
    this.timeoutMillis = timeoutMillis;
  }

  boolean full() {
    return underWay == ids.length;
  }

  /** Begins a trial; there must be room. */
  Permit.Granted begin(long generation, long nowMillis) {
    ids[underWay] = ++lastId;
    deadlines[underWay] = nowMillis + timeoutMillis;
    underWay++;
    return new Permit.Granted(generation, true, lastId, deadlines[underWay - 1]);
  }

  /** Ends a trial; false if it is not under way (any more). */
  boolean end(long id) {
    for (int i = 0; i < underWay; i++) {
      if (ids[i] == id) {
        underWay--;
        ids[i] = ids[underWay];
        deadlines[i] = deadlines[underWay];
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a trial is past its deadline. A deadline too far away, left by a clock that stepped
   * back, moves.
   */
  boolean anyExpired(long nowMillis) {
    boolean expired = false;
    for (int i = 0; i < underWay; i++) {
      deadlines[i] = Math.min(deadlines[i], nowMillis + timeoutMillis);
      expired |= deadlines[i] <= nowMillis;
    }
    return expired;
  }

  /** Returns the first deadline, or {@link Long#MAX_VALUE}. */
  long firstDeadlineMillis() {
    long first = Long.MAX_VALUE;
    for (int i = 0; i < underWay; i++) {
      first = Math.min(first, deadlines[i]);
    }
    return first;
  }

  void clear() {
    underWay = 0;
  }
}
