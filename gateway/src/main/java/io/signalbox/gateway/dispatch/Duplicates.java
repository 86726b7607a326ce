package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;

/** Whether another attempt may send a notification twice. Pure functions of its past. */
final class Duplicates {
  private Duplicates() {}

  /** Whether an earlier attempt may have reached the recipient. */
  static boolean mayHaveArrived(WorkItem item) {
    for (PastAttempt past : item.attempts()) {
      if (past.mayHaveArrived()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the next attempt would be the first that may send it twice: the one that its policy's
   * budget decides about. What a person had replayed is that person's decision.
   */
  static boolean wouldBeFirst(WorkItem item) {
    boolean mayHaveArrived = false;
    for (PastAttempt past : item.attempts()) {
      if (mayHaveArrived) {
        return false;
      }
      mayHaveArrived = past.round() != PastAttempt.BEFORE_REPLAY && past.mayHaveArrived();
    }
    return mayHaveArrived;
  }
}
