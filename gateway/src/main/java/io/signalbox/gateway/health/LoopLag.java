package io.signalbox.gateway.health;

import java.util.concurrent.TimeUnit;

/**
 * By how much an event loop comes late to a timer of {@link #EVERY}, smoothed over about a second,
 * so that one long pause is not yet an overload. Ticks on its loop; thread-safe to read.
 */
public final class LoopLag {
  /** Time between two ticks, in milliseconds. */
  public static final long EVERY = 100;

  private static final double WEIGHT = 0.1;

  private volatile long tickedNanos;
  private volatile double lagMillis;

  LoopLag(long nowNanos) {
    this.tickedNanos = nowNanos;
  }

  /** The timer has fired. */
  public void tick(long nowNanos) {
    double before = lagMillis;
    lagMillis = smoothed(before, nowNanos);
    tickedNanos = nowNanos;
  }

  /** Its lag, in milliseconds: also while it stands still. */
  double millis(long nowNanos) {
    double last = lagMillis;
    return Math.max(last, smoothed(last, nowNanos));
  }

  private double smoothed(double last, long nowNanos) {
    return last + WEIGHT * (late(nowNanos) - last);
  }

  private double late(long nowNanos) {
    double passed = (nowNanos - tickedNanos) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    return Math.max(0, passed - EVERY);
  }
}
