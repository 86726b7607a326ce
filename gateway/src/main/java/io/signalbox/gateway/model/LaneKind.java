package io.signalbox.gateway.model;

/**
 * Which of the queues of one channel and one priority: notifications that came alone, items of
 * batches, and what of either is tried again have a queue each. So neither a batch nor the retries
 * after an outage hold up what came alone and is fresh, nor the other way round.
 */
public enum LaneKind {
  SINGLE(false, false),
  RETRY(false, true),
  BATCH(true, false),
  BATCH_RETRY(true, true);

  private final boolean batch;
  private final boolean retry;

  LaneKind(boolean batch, boolean retry) {
    this.batch = batch;
    this.retry = retry;
  }

  /**
   * The kind of a notification.
   *
   * @param batch whether it came as an item of a batch
   * @param round how many rounds are over
   */
  public static LaneKind of(boolean batch, int round) {
    if (batch) {
      return round > 0 ? BATCH_RETRY : BATCH;
    }
    return round > 0 ? RETRY : SINGLE;
  }

  /** 0 to 3, for arrays and bits. */
  public int index() {
    return (batch ? 2 : 0) + (retry ? 1 : 0);
  }

  /** Whether for items of batches. */
  public boolean batch() {
    return batch;
  }

  /** Whether for second and later rounds. */
  public boolean retry() {
    return retry;
  }
}
