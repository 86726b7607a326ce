package io.signalbox.gateway.health;

import io.signalbox.gateway.ledger.Backlog;
import java.util.List;

/**
 * What was last seen of the work that waits.
 *
 * @param takenAtMillis when; 0 if nothing was seen yet
 * @param lanes the lanes that have something
 * @param freeDiskBytes free space in the data directory
 * @param ledgerAnswers whether the ledger answered
 * @param lastProgressAtMillis when a step of work was last seen to be done
 */
public record WorkSample(
    long takenAtMillis,
    List<Backlog> lanes,
    long freeDiskBytes,
    boolean ledgerAnswers,
    long lastProgressAtMillis) {

  /** Copies the lanes. */
  public WorkSample {
    lanes = List.copyOf(lanes);
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
      if (lane.due() > 0) {
        oldest = Math.max(oldest, takenAtMillis - lane.oldestDueAtMillis());
      }
    }
    return oldest;
  }
}
