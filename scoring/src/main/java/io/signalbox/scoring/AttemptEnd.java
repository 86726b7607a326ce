package io.signalbox.scoring;

/**
 * The end of one attempt that says something of its provider. Ends are ordered by time, those of
 * the same millisecond by their ids, so that whoever knows the same ends has them in the same
 * order.
 *
 * @param atMillis when it ended, epoch milliseconds
 * @param id distinguishes it from all others of that millisecond
 * @param success whether it succeeded
 * @param tookMillis how long it took
 */
public record AttemptEnd(long atMillis, long id, boolean success, int tookMillis)
    implements Comparable<AttemptEnd> {

  /** A response time of over 24 days is nonsense; the bound keeps sums from overflowing. */
  public AttemptEnd {
    tookMillis = Math.max(0, tookMillis);
  }

  /** The end of an attempt; a time that no attempt can take is brought within what can be. */
  public static AttemptEnd of(long atMillis, long id, boolean success, long tookMillis) {
    return new AttemptEnd(
        atMillis, id, success, (int) Math.max(0, Math.min(tookMillis, Integer.MAX_VALUE)));
  }

  @Override
  public int compareTo(AttemptEnd other) {
    int byTime = Long.compare(atMillis, other.atMillis);
    return byTime == 0 ? Long.compare(id, other.id) : byTime;
  }
}
