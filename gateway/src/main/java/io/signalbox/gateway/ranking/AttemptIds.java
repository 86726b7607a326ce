package io.signalbox.gateway.ranking;

import io.signalbox.scoring.AttemptEnd;

/**
 * Tells the ends of this node's attempts apart from each other and from those of other nodes, and
 * dates them so that none is before an earlier one, also if the clock goes back: otherwise windows
 * that are ordered by time would leave them out until it has caught up. Thread-confined.
 */
final class AttemptIds {
  private static final int ORIGIN_BITS = 24;

  private final long origin;
  private long last;
  private long lastAtMillis;

  /**
   * Makes the first one next.
   *
   * @param random tells this run of this node apart from others
   */
  AttemptIds(long random) {
    this.origin = random & ((1L << ORIGIN_BITS) - 1);
  }

  /** The end of the next attempt. */
  AttemptEnd end(boolean success, long tookMillis, long endedAtMillis) {
    lastAtMillis = Math.max(lastAtMillis, endedAtMillis);
    return AttemptEnd.of(lastAtMillis, ++last << ORIGIN_BITS | origin, success, tookMillis);
  }

  /** What happens now is dated so, and what ends from now on later. */
  long mark(long nowMillis) {
    long now = Math.max(lastAtMillis, nowMillis);
    lastAtMillis = now + 1;
    return now;
  }
}
