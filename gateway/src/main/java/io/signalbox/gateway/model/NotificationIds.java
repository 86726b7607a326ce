package io.signalbox.gateway.model;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes notification ids that grow strictly on this node, also when the clock steps back or more
 * than 4096 are made in one millisecond (RFC 9562 section 6.2, method 1). Thread-safe.
 */
public final class NotificationIds {
  private final Clock clock;
  private final AtomicLong last;

  /**
   * Makes a source of ids.
   *
   * @param clock wall time
   * @param afterKey the greatest key that is in use already; 0 for none
   */
  public NotificationIds(Clock clock, long afterKey) {
    this.clock = clock;
    this.last = new AtomicLong(afterKey);
  }

  /** The next id. */
  public NotificationId next() {
    long fromClock = clock.millis() << NotificationId.COUNTER_BITS;
    long key = last.accumulateAndGet(fromClock, (before, now) -> Math.max(before + 1, now));
    return new NotificationId(key, ThreadLocalRandom.current().nextLong() >>> 2);
  }
}
