package io.signalbox.gateway.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a provider did in each of the last seconds, from counts that only grow. Not thread-safe. */
public final class ProviderHistory {
  private final Deque<Second> seconds = new ArrayDeque<>();
  private final int most;
  private @Nullable Totals last;
  private long lastAtMillis;

  /**
   * Makes an empty one.
   *
   * @param most how many looks are kept
   */
  public ProviderHistory(int most) {
    this.most = most;
  }

  /**
   * Counts since the start of the gateway.
   *
   * @param attempts attempts that have ended
   * @param failures those of them that failed by the provider's doing
   * @param tookMillis how long all of them took together
   */
  public record Totals(long attempts, long failures, double tookMillis) {}

  /**
   * A second.
   *
   * @param atMillis its end, in milliseconds since 1970
   * @param attempts how many ended in a second
   * @param failures how many failed in a second
   * @param meanMillis how long one took on average; 0 if there was none
   */
  public record Second(long atMillis, double attempts, double failures, double meanMillis) {}

  /** Looks at the counts. A second look within the same millisecond is passed over. */
  public void look(long nowMillis, Totals now) {
    Totals before = last;
    double elapsed = (nowMillis - lastAtMillis) / 1_000.0;
    if (before != null && elapsed <= 0) {
      return;
    }
    if (before != null) {
      long attempts = now.attempts() - before.attempts();
      seconds.addLast(
          new Second(
              nowMillis,
              attempts / elapsed,
              (now.failures() - before.failures()) / elapsed,
              attempts == 0 ? 0 : (now.tookMillis() - before.tookMillis()) / attempts));
      if (seconds.size() > most) {
        seconds.removeFirst();
      }
    }
    last = now;
    lastAtMillis = nowMillis;
  }

  /** What was seen, oldest first. */
  public List<Second> all() {
    return List.copyOf(seconds);
  }

  /** The last second; zeros before there were two looks. */
  public Second newest() {
    Second newest = seconds.peekLast();
    return newest == null ? new Second(lastAtMillis, 0, 0, 0) : newest;
  }
}
