package io.signalbox.gateway.model;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Makes notification ids that grow strictly on this node, also when the clock steps back or more
 * than 4096 are made in one millisecond (RFC 9562 section 6.2, method 1). Where nodes share a
 * ledger, the low six of the twelve counter bits are the node's number, so that no two nodes make
 * the same key; 64 a millisecond are made before ids run ahead of the clock. Their bucket is one of
 * the node's own. Thread-safe.
 */
public final class NotificationIds {
  private static final int NODE_BITS = 6;
  private static final long NODE_MASK = (1L << NODE_BITS) - 1;

  private final Clock clock;
  private final AtomicLong last;
  private final Supplier<NodeShare> share;

  /**
   * Makes a source of ids for the only node there is.
   *
   * @param clock wall time
   * @param afterKey the greatest key that is in use already; 0 for none
   */
  public NotificationIds(Clock clock, long afterKey) {
    this(clock, afterKey, () -> NodeShare.ALONE);
  }

  /**
   * Makes a source of ids.
   *
   * @param clock wall time
   * @param afterKey the greatest key that is in use already; 0 for none
   * @param share which node this is, at any time, and what is its own
   */
  public NotificationIds(Clock clock, long afterKey, Supplier<NodeShare> share) {
    this.clock = clock;
    this.last = new AtomicLong(afterKey);
    this.share = share;
  }

  /** The next id. */
  public NotificationId next() {
    NodeShare mine = share.get();
    long fromClock = clock.millis() << NotificationId.COUNTER_BITS;
    long random = ThreadLocalRandom.current().nextLong() >>> 2;
    if (mine.alone()) {
      long key = last.accumulateAndGet(fromClock, (before, now) -> Math.max(before + 1, now));
      return new NotificationId(key, random);
    }
    long least = Math.max(fromClock | mine.node(), following(mine.after(), mine.node()));
    long key = last.accumulateAndGet(least, NotificationIds::ofNode);
    return new NotificationId(key, mine.into(random));
  }

  private static long ofNode(long before, long least) {
    return Math.max(following(before, least & NODE_MASK), least);
  }

  /** The smallest key of a node whose count is greater than that of another key. */
  private static long following(long key, long node) {
    return (((key >>> NODE_BITS) + 1) << NODE_BITS) | node;
  }
}
