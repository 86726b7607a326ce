package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.dispatch.OutcomePolicy.Verdict;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.StepRule;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.EffectivePolicy;

/**
 * What follows for a notification that was sent and that no receipt has confirmed in time, as pure
 * functions. It stays sent whatever becomes of further attempts: they may only make it better.
 */
final class ConfirmationPolicy {
  private static final long MIN_WAIT_MILLIS = 1_000;

  private ConfirmationPolicy() {}

  /** Whether the time for the receipt of an attempt is over, or the receipt is a bad one. */
  static boolean isOver(PastAttempt sent, EffectivePolicy policy, long nowMillis) {
    return sent.receipt().meansNotDelivered()
        || (isWanted(policy) && nowMillis >= sent.endedAtMillis() + policy.confirmWithinMillis());
  }

  /**
   * Whether a policy waits for receipts. One that has done so may be changed while notifications
   * wait: then they stay as they are, because their silence says nothing any more.
   */
  static boolean isWanted(EffectivePolicy policy) {
    return policy.confirmWithinMillis() > 0;
  }

  /**
   * What follows now.
   *
   * @param sent the latest attempt, which was sent
   */
  static Verdict resume(PastAttempt sent, EffectivePolicy policy, long nowMillis) {
    if (!isOver(sent, policy, nowMillis)) {
      return new Verdict.AwaitConfirmation(
          sent.endedAtMillis() + policy.confirmWithinMillis(), "sent");
    }
    return new Verdict.NextProvider(
        sent.receipt().meansNotDelivered() ? StepRule.NOT_DELIVERED : StepRule.UNCONFIRMED);
  }

  /**
   * What follows when nobody can be tried now: one who will be available soon is waited for, but no
   * longer than the receipt was.
   */
  static NextStep nobodyLeft(
      WorkItem item, EffectivePolicy policy, Plan.NobodyLeft nobody, long nowMillis) {
    long patience =
        Math.min(
            lastSentMillis(item) + 2 * policy.confirmWithinMillis(),
            Deadlines.endMillis(item, policy));
    long availableAt = nobody.availableAtMillis();
    if (nobody.exhausted() || availableAt > patience) {
      return new NextStep.Unconfirmed(nobody.reason());
    }
    long dueAt = Math.max(availableAt, nowMillis + MIN_WAIT_MILLIS);
    return dueAt > patience
        ? new NextStep.Unconfirmed(nobody.reason())
        : new NextStep.Retry(dueAt, item.round(), nobody.reason());
  }

  /** The step that takes the place of one which would lead back from sent. */
  static NextStep stillSent(NextStep step) {
    return step instanceof NextStep.Finish finish && finish.state() != NotificationState.SENT
        ? new NextStep.Unconfirmed(finish.reason())
        : step;
  }

  private static long lastSentMillis(WorkItem item) {
    long last = 0;
    for (PastAttempt past : item.attempts()) {
      if (past.wasSent()) {
        last = past.endedAtMillis();
      }
    }
    return last;
  }
}
