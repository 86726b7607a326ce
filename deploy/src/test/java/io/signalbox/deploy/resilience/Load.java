package io.signalbox.deploy.resilience;

import io.signalbox.deploy.Messages;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open loop: mails fall due by the clock, whether or not earlier ones were accepted. What the
 * system does not take waits in a bounded queue and is handed in again with the same key, as a
 * careful application does. All work is done in ticks, one after the other.
 */
final class Load {
  private static final int MAX_UNDER_WAY = 128;
  private static final int MAX_WAITING = 50_000;
  private static final long TICK_MILLIS = 5;
  private static final long AGAIN_MILLIS = 200;

  private record Asked(int number, CompletableFuture<Boolean> answer) {}

  private record Again(int number, long atMillis) {}

  private final Plan plan;
  private final Mailer mailer;
  private final Queue<Integer> waiting = new ArrayDeque<>();
  private final Queue<Again> again = new ArrayDeque<>();
  private final List<Asked> asked = new ArrayList<>();
  private final Map<Integer, Long> dueAt = new ConcurrentHashMap<>();
  private final Map<Integer, Long> acceptedAt = new ConcurrentHashMap<>();
  private final AtomicInteger refused = new AtomicInteger();
  private int issued;

  /** A load that has not begun. */
  Load(Plan plan, Mailer mailer) {
    this.plan = plan;
    this.mailer = mailer;
  }

  /**
   * Begins; the first mail is due then.
   *
   * @param startMillis now, in milliseconds since 1970
   * @return ends only if the load itself breaks
   */
  Future<?> begin(long startMillis, ScheduledExecutorService clock) {
    return clock.scheduleAtFixedRate(
        () -> tick(startMillis), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Whether all have been accepted, or refused for want of room. */
  boolean isOver() {
    return acceptedAt.size() + refused.get() >= plan.count();
  }

  /** When each fell due, in milliseconds since 1970. */
  Map<Integer, Long> dueAt() {
    return dueAt;
  }

  /** When the system said yes to each, in milliseconds since 1970. */
  Map<Integer, Long> acceptedAt() {
    return acceptedAt;
  }

  /** How many found the driver's own queue full. */
  int refused() {
    return refused.get();
  }

  private void tick(long startMillis) {
    long now = System.currentTimeMillis();
    settle(now);
    double perMilli = plan.perSecond() / 1000.0;
    long due = Math.min(plan.count(), 1 + (long) ((now - startMillis) * perMilli));
    while (issued < due) {
      int number = plan.firstNumber() + issued;
      dueAt.put(number, startMillis + Math.round(issued / perMilli));
      enqueue(number);
      issued++;
    }
    Again next = again.peek();
    while (next != null && next.atMillis <= now) {
      again.remove();
      enqueue(next.number);
      next = again.peek();
    }
    while (asked.size() < MAX_UNDER_WAY && !waiting.isEmpty()) {
      int number = waiting.remove();
      asked.add(
          new Asked(
              number, mailer.accept(number, Messages.email(number).mergeIn(plan.mailOptions()))));
    }
  }

  private void enqueue(int number) {
    if (waiting.size() < MAX_WAITING) {
      waiting.add(number);
    } else {
      refused.incrementAndGet();
    }
  }

  private void settle(long now) {
    for (Iterator<Asked> all = asked.iterator(); all.hasNext(); ) {
      Asked one = all.next();
      if (!one.answer.isDone()) {
        continue;
      }
      all.remove();
      if (one.answer.exceptionally(failure -> false).getNow(false)) {
        acceptedAt.put(one.number, now);
      } else {
        again.add(new Again(one.number, now + AGAIN_MILLIS));
      }
    }
  }
}
