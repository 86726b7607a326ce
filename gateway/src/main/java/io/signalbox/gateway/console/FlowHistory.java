package io.signalbox.gateway.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many notifications came and ended in each of the last seconds, from counts that only grow.
 * Not thread-safe.
 */
public final class FlowHistory {
  private final Deque<Rates> seconds = new ArrayDeque<>();
  private final int most;
  private @Nullable Totals last;
  private long lastAtMillis;

  /**
   * Makes an empty one.
   *
   * @param most how many looks are kept
   */
  public FlowHistory(int most) {
    this.most = most;
  }

  /**
   * Counts since the start of the gateway.
   *
   * @param accepted notifications that were stored
   * @param sent notifications that a provider took
   * @param delivered notifications that were reported as delivered, opened, clicked or read
   * @param failed notifications that failed, expired or became dead letters
   */
  public record Totals(long accepted, long sent, long delivered, long failed) {}

  /** The same in a second, up to a moment in milliseconds since 1970. */
  public record Rates(
      long atMillis, double accepted, double sent, double delivered, double failed) {}

  /** Looks at the counts. A second look within the same millisecond is passed over. */
  public void look(long nowMillis, Totals now) {
    Totals before = last;
    double elapsed = (nowMillis - lastAtMillis) / 1_000.0;
    if (before != null && elapsed <= 0) {
      return;
    }
    if (before != null) {
      seconds.addLast(
          new Rates(
              nowMillis,
              (now.accepted() - before.accepted()) / elapsed,
              (now.sent() - before.sent()) / elapsed,
              (now.delivered() - before.delivered()) / elapsed,
              (now.failed() - before.failed()) / elapsed));
      if (seconds.size() > most) {
        seconds.removeFirst();
      }
    }
    last = now;
    lastAtMillis = nowMillis;
  }

  /** What was seen, oldest first. */
  public List<Rates> all() {
    return List.copyOf(seconds);
  }

  /** The last second; zeros before there were two looks. */
  public Rates newest() {
    Rates newest = seconds.peekLast();
    return newest == null ? new Rates(lastAtMillis, 0, 0, 0, 0) : newest;
  }
}
