package io.signalbox.scoring;

/**
 * What receipts say of the messages that a provider accepted on one channel: an immutable view of a
 * {@link DeliveryRecord}.
 *
 * @param judged accepted messages that were old enough to be judged
 * @param share share of them that were delivered, 0 to 1; a late one counts half. 1 when nothing is
 *     known
 * @param lateAfterMillis delivered later than this after it was accepted is late; 0 while the
 *     provider's own delivery times are not known
 * @param medianMillis half of its deliveries take no longer; 0 while not known
 */
public record DeliverySnapshot(int judged, double share, long lateAfterMillis, long medianMillis) {
  /** Nothing is known: the provider reports no deliveries, or not enough of them yet. */
  public static final DeliverySnapshot UNKNOWN = new DeliverySnapshot(0, 1, 0, 0);

  /**
   * The share that loses no points. Late begins at the 95th percentile of a provider's own times,
   * so that of a provider in its usual form about 5% are late.
   */
  public static final double EXPECTED_SHARE = 0.95;

  /** Checks the ranges. */
  public DeliverySnapshot {
    if (judged < 0 || !(share >= 0 && share <= 1) || lateAfterMillis < 0 || medianMillis < 0) {
      throw new IllegalArgumentException("the share must be 0 to 1, all else at least 0");
    }
  }

  /** What the success rate is multiplied by: {@code min(1, share / 0.95)}. */
  public double factor() {
    return Math.min(1, share / EXPECTED_SHARE);
  }
}
