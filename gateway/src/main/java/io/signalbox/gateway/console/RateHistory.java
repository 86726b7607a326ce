package io.signalbox.gateway.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in each of the last seconds, from counts that only grow. Not thread-safe.
 *
 * @param <C> the counts
 * @param <R> what they come to in a second
 */
abstract class RateHistory<C, R> {
  private final Deque<R> seconds = new ArrayDeque<>();
  private final int most;
  private @Nullable C last;
  private long lastAtMillis;

  RateHistory(int most) {
    this.most = most;
  }

  /**
   * What happened between two looks, for each second.
   *
   * @param elapsed seconds between them, more than 0
   */
  abstract R between(C before, C now, double elapsed, long nowMillis);

  /** That nothing happened. */
  abstract R nothing(long atMillis);

  /**
   * Looks at the counts. A second look within the same millisecond is passed over; where the clock
   * went back, the time between is nobody's second.
   */
  public final void look(long nowMillis, C now) {
    C before = last;
    double elapsed = (nowMillis - lastAtMillis) / 1_000.0;
    if (before != null && elapsed == 0) {
      return;
    }
    if (before != null && elapsed > 0) {
      seconds.addLast(between(before, now, elapsed, nowMillis));
      if (seconds.size() > most) {
        seconds.removeFirst();
      }
    }
    last = now;
    lastAtMillis = nowMillis;
  }

  /** What was seen, oldest first. */
  public final List<R> all() {
    return List.copyOf(seconds);
  }

  /** The last second; zeros before there were two looks. */
  public final R newest() {
    R newest = seconds.peekLast();
    return newest == null ? nothing(lastAtMillis) : newest;
  }
}
