package io.signalbox.scoring;

/**
 * How long one provider's deliveries take, learned from its receipts: a histogram with 64 slots,
 * each a quarter longer than the one before, from 100 ms to a day and a half. What was learned
 * loses half of its weight every six hours. A quantile is the upper bound of its slot, so it is up
 * to 25% too high and never too low. Thread-confined.
 */
public final class DeliveryCurve {
  /** Deliveries that must have been seen before there are quantiles. */
  public static final int NEEDED = 20;

  private static final int SLOTS = 64;
  private static final double FIRST_MILLIS = 100;
  private static final double GROWTH = 1.25;
  private static final double HALF_LIFE_MILLIS = 6 * 3_600_000.0;
  private static final long FADE_EVERY_MILLIS = 60_000;

  private final double[] weights = new double[SLOTS];
  private long seen;
  private double total;
  private long fadedAtMillis;

  /**
   * Learns a delivery.
   *
   * @param tookMillis from acceptance by the provider to delivery
   * @param weight how much it counts, over 0; 1 is normal
   */
  public void add(long tookMillis, double weight, long nowMillis) {
    fade(nowMillis);
    seen++;
    total += weight;
    weights[slotOf(tookMillis)] += weight;
  }

  /** Whether any delivery was seen. */
  public boolean isBegun() {
    return seen > 0;
  }

  /** Whether enough was seen for quantiles. */
  public boolean isLearned() {
    return seen >= NEEDED;
  }

  /**
   * Returns the time within which the share of deliveries came.
   *
   * @param share over 0 to 1
   * @return milliseconds; 0 while too few were seen
   */
  public long quantileMillis(double share) {
    if (!isLearned()) {
      return 0;
    }
    double wanted = share * total;
    double sum = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      sum += weights[slot];
      if (sum >= wanted && weights[slot] > 0) {
        return upperBoundMillis(slot);
      }
    }
    return upperBoundMillis(SLOTS - 1);
  }

  private void fade(long nowMillis) {
    long passed = nowMillis - fadedAtMillis;
    if (fadedAtMillis == 0) {
      fadedAtMillis = nowMillis;
    } else if (passed >= FADE_EVERY_MILLIS) {
      double factor = Math.pow(0.5, passed / HALF_LIFE_MILLIS);
      for (int slot = 0; slot < SLOTS; slot++) {
        weights[slot] *= factor;
      }
      total *= factor;
      fadedAtMillis = nowMillis;
    }
  }

  private static int slotOf(long tookMillis) {
    int slot = 0;
    while (slot < SLOTS - 1 && tookMillis > upperBoundMillis(slot)) {
      slot++;
    }
    return slot;
  }

  private static long upperBoundMillis(int slot) {
    return Math.round(FIRST_MILLIS * Math.pow(GROWTH, slot));
  }
}
