package io.signalbox.gateway.health;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/**
 * How near the gateway is to taking no more: what waits for a commit of the ledger, and how late
 * event loops are. Thread-safe.
 */
public final class Pressure {
  /** However late event loops are, what is most urgent is taken. */
  private static final double MOST_OF_LAG = 0.99;

  private final DoubleSupplier queue;
  private final double worstLagMillis;
  private final List<LoopLag> loops = new CopyOnWriteArrayList<>();
  private volatile double now;
  private volatile double lagMillis;

  /**
   * Makes it; it is 0 until event loops report.
   *
   * @param queue how full the ledger's queue is, 0 to 1; cheap
   * @param worstLag a lag that counts as nearly full
   */
  public Pressure(DoubleSupplier queue, Duration worstLag) {
    this.queue = queue;
    this.worstLagMillis = worstLag.toMillis();
  }

  /** Begins to measure an event loop; its owner ticks it every {@link LoopLag#EVERY}. */
  public LoopLag loop(long nowNanos) {
    LoopLag lag = new LoopLag(nowNanos);
    loops.add(lag);
    return lag;
  }

  /** Measures no more. */
  public void leave(LoopLag lag) {
    loops.remove(lag);
  }

  /** Looks at all loops and the queue; called after a tick of any loop. */
  public void look(long nowNanos) {
    double lag = 0;
    for (LoopLag loop : loops) {
      lag = Math.max(lag, loop.millis(nowNanos));
    }
    lagMillis = lag;
    now = Math.max(queue.getAsDouble(), Math.min(MOST_OF_LAG, lag / worstLagMillis));
  }

  /** How late the latest event loop is, in milliseconds. */
  public double loopLagMillis() {
    return lagMillis;
  }

  /** 0 for idle, 1 for full. */
  public double now() {
    return now;
  }
}
