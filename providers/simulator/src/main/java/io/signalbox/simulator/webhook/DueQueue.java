package io.signalbox.simulator.webhook;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Values that wait for their time. One timer serves all of them, and values due within the same few
 * hundredths of a second are handed over together. For one event loop alone.
 *
 * @param <T> what waits
 */
public final class DueQueue<T> {
  private static final long TICK_NANOS = 30_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NO_TIMER = -1;

  private record Entry<T>(long dueNanos, long number, T value) implements Comparable<Entry<T>> {
    @Override
    public int compareTo(Entry<T> other) {
      long ahead = dueNanos - other.dueNanos;
      return ahead == 0 ? Long.compare(number, other.number) : Long.signum(ahead);
    }
  }

  private final Vertx vertx;
  private final LongSupplier nanos;
  private final int limit;
  private final Consumer<List<T>> due;
  private final PriorityQueue<Entry<T>> waiting = new PriorityQueue<>();
  private long numbers;
  private long timer = NO_TIMER;
  private long timerDueNanos;

  /**
   * An empty queue.
   *
   * @param limit how many values may wait
   * @param due takes the values whose time has come, in order
   */
  public DueQueue(Vertx vertx, LongSupplier nanos, int limit, Consumer<List<T>> due) {
    this.vertx = vertx;
    this.nanos = nanos;
    this.limit = limit;
    this.due = due;
  }

  /** Lets a value wait; false, and nothing else, if the queue is full. */
  public boolean add(long delayMillis, T value) {
    if (waiting.size() >= limit) {
      return false;
    }
    long now = nanos.getAsLong();
    waiting.add(new Entry<>(now + delayMillis * NANOS_PER_MILLI, numbers++, value));
    arm(now);
    return true;
  }

  /** How many wait. */
  public int size() {
    return waiting.size();
  }

  /** Forgets all that wait and stops the timer. */
  public void close() {
    waiting.clear();
    disarm();
  }

  private void arm(long now) {
    Entry<T> head = waiting.peek();
    if (head == null) {
      return;
    }
    long wait = Math.max(TICK_NANOS, head.dueNanos - now);
    if (timer != NO_TIMER && now + wait - timerDueNanos >= 0) {
      return;
    }
    disarm();
    timerDueNanos = now + wait;
    timer = vertx.setTimer((wait + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI, id -> handOver());
  }

  private void disarm() {
    if (timer != NO_TIMER) {
      vertx.cancelTimer(timer);
      timer = NO_TIMER;
    }
  }

  private void handOver() {
    timer = NO_TIMER;
    long now = nanos.getAsLong();
    List<T> ready = new ArrayList<>();
    for (Entry<T> head = waiting.peek();
        head != null && head.dueNanos - now <= 0;
        head = waiting.peek()) {
      ready.add(head.value);
      waiting.remove();
    }
    arm(now);
    if (!ready.isEmpty()) {
      due.accept(ready);
    }
  }
}
