package io.signalbox.gateway.health;

import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.gateway.ledger.WebhookBacklog;
import java.time.Duration;
import java.util.List;

/**
 * What was last seen of the work that waits.
 *
 * @param takenAtMillis when; 0 if nothing was seen yet
 * @param lanes the lanes that have something
 * @param unknowns notifications of which nobody knows yet whether they were sent
 * @param freeDiskBytes free space in the data directory
 * @param ledgerAnswers whether the ledger answered
 * @param lastProgressAtMillis when a step of work was last seen to be done
 * @param webhooks the webhooks that have not taken effect
 * @param lastWebhookProgressAtMillis when the oldest of them was last seen to be another one
 */
public record WorkSample(
    long takenAtMillis,
    List<Backlog> lanes,
    long unknowns,
    long freeDiskBytes,
    boolean ledgerAnswers,
    long lastProgressAtMillis,
    WebhookBacklog webhooks,
    long lastWebhookProgressAtMillis) {

  /** Before the first look. */
  static final WorkSample NOTHING =
      new WorkSample(0, List.of(), 0, Long.MAX_VALUE, false, 0, WebhookBacklog.NONE, 0);

  /** Copies the lanes. */
  public WorkSample {
    lanes = List.copyOf(lanes);
  }

  /** The same with another look at the disk. */
  WorkSample withFreeDisk(long bytes) {
    return new WorkSample(
        takenAtMillis,
        lanes,
        unknowns,
        bytes,
        ledgerAnswers,
        lastProgressAtMillis,
        webhooks,
        lastWebhookProgressAtMillis);
  }

  /** Work that is due for so long while nothing is done at all stands still. */
  public static final Duration STALLED_AFTER = Duration.ofSeconds(60);

  /** Whether notifications are due and nothing is done. */
  public boolean workStalled() {
    return standsStill(oldestDueMillis(), lastProgressAtMillis);
  }

  /** Whether stored webhooks wait and the oldest does not move. */
  public boolean webhooksStalled() {
    return standsStill(oldestWebhookMillis(), lastWebhookProgressAtMillis);
  }

  private boolean standsStill(long waitedMillis, long progressAtMillis) {
    long limit = STALLED_AFTER.toMillis();
    return waitedMillis > limit && takenAtMillis - progressAtMillis > limit;
  }

  /**
   * Whether there is so little room on the disk that nothing new may be taken in.
   *
   * @param leastBytes what must stay free
   */
  public boolean diskIsFull(long leastBytes) {
    return freeDiskBytes < leastBytes;
  }

  /** How many notifications wait, due or not. */
  public long waiting() {
    long sum = 0;
    for (Backlog lane : lanes) {
      sum += lane.due() + lane.later();
    }
    return sum;
  }

  /** Age of the notification that has been due longest, in milliseconds; 0 if none is due. */
  public long oldestDueMillis() {
    long oldest = 0;
    for (Backlog lane : lanes) {
      oldest = Math.max(oldest, oldestDueMillis(lane));
    }
    return oldest;
  }

  /** The same of one of its lanes. */
  public long oldestDueMillis(Backlog lane) {
    return lane.due() == 0 ? 0 : takenAtMillis - lane.oldestDueAtMillis();
  }

  /** Age of the webhook that has waited longest for its effect, in milliseconds; 0 if none does. */
  public long oldestWebhookMillis() {
    long since = webhooks.oldestReceivedAtMillis();
    return since == 0 ? 0 : Math.max(0, takenAtMillis - since);
  }
}
