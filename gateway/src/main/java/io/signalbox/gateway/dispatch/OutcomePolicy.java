package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.ledger.StepRule;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.intake.OnUnknown;
import java.time.Duration;

/**
 * What follows an outcome, as a pure function. The table is that of the six outcomes: sent waits
 * for receipts, a refusal of the recipient ends (unless the policy goes on), an unknown outcome
 * follows the policy, everything else goes to the next provider at once.
 */
final class OutcomePolicy {
  private final long askAfterMillis;

  /**
   * Makes a policy.
   *
   * @param askAfter when a provider is first asked about an unknown outcome
   */
  OutcomePolicy(Duration askAfter) {
    this.askAfterMillis = askAfter.toMillis();
  }

  /** What follows. */
  sealed interface Verdict {
    /** Why, in a short lower-case word. */
    String reason();

    /** The work ends in this state. */
    record End(NotificationState state, String reason) implements Verdict {}

    /** The next provider is tried at once. */
    record NextProvider(String reason) implements Verdict {}

    /** It was sent; a receipt that confirms its arrival is waited for until then. */
    record AwaitConfirmation(long untilMillis, String reason) implements Verdict {}

    /** A receipt is waited for until then; after that the next provider is tried. */
    record AwaitReceipt(long untilMillis, String reason) implements Verdict {}
  }

  /**
   * What follows an outcome that has just come.
   *
   * @param item holds the ended attempt
   * @param askable whether the provider can be asked about an unknown outcome
   */
  Verdict after(
      Outcome outcome, WorkItem item, EffectivePolicy policy, boolean askable, long nowMillis) {
    return switch (outcome.kind()) {
      case SENT ->
          ConfirmationPolicy.isWanted(policy)
              ? new Verdict.AwaitConfirmation(nowMillis + policy.confirmWithinMillis(), "sent")
              : new Verdict.End(NotificationState.SENT, "sent");
      case REJECTED ->
          policy.failoverOnRejected()
              ? new Verdict.NextProvider(OutcomeKind.REJECTED.wireName())
              : new Verdict.End(NotificationState.FAILED, "rejected");
      case TRANSIENT, THROTTLED, PROVIDER_FAULT ->
          new Verdict.NextProvider(outcome.kind().wireName());
      case UNKNOWN ->
          askable
              ? awaitAnswer(item, policy, nowMillis)
              : afterUnknown(item, policy, nowMillis, nowMillis);
    };
  }

  /**
   * What follows now for a notification that comes back from waiting, or that was under way when a
   * node stopped. If the provider is asked at all, that was done before.
   *
   * @param askable whether the provider can be asked about an unknown outcome
   */
  Verdict resume(WorkItem item, EffectivePolicy policy, boolean askable, long nowMillis) {
    if (item.attempts().isEmpty()) {
      return new Verdict.NextProvider("first");
    }
    if (item.isUnconfirmed()
        && !ConfirmationPolicy.isWanted(policy)
        && Duplicates.mayHaveArrived(item)) {
      return new Verdict.End(NotificationState.SENT, StepRule.UNCONFIRMED);
    }
    PastAttempt last = item.last();
    if (last != null && item.isUnconfirmed() && last.wasSent()) {
      return ConfirmationPolicy.resume(last, policy, nowMillis);
    }
    if (last == null || !isPending(item)) {
      return new Verdict.NextProvider("retry");
    }
    long since = last.endedAtMillis();
    return askable && nowMillis < askAtMillis(item, policy, since)
        ? awaitAnswer(item, policy, since)
        : afterUnknown(item, policy, since, nowMillis);
  }

  /** Whether the latest attempt's outcome is unknown and something is still to follow it. */
  boolean isPending(WorkItem item) {
    PastAttempt last = item.last();
    return last != null
        && last.outcome() == OutcomeKind.UNKNOWN
        && last.receipt().rank() == 0
        && last.round() == item.round();
  }

  /** When the provider is first asked. */
  long askAtMillis(WorkItem item, EffectivePolicy policy, long unknownSinceMillis) {
    return policy.onUnknown() == OnUnknown.STOP
        ? unknownSinceMillis + askAfterMillis
        : Math.min(
            unknownSinceMillis + askAfterMillis, endOfWait(item, policy, unknownSinceMillis));
  }

  /** Whether the waiting is over: the next thing is a failover, or a person. */
  boolean isOver(WorkItem item, EffectivePolicy policy, long unknownSinceMillis, long nowMillis) {
    return policy.onUnknown() == OnUnknown.STOP
        || endOfWait(item, policy, unknownSinceMillis) <= nowMillis;
  }

  private Verdict awaitAnswer(WorkItem item, EffectivePolicy policy, long unknownSinceMillis) {
    return new Verdict.AwaitReceipt(
        askAtMillis(item, policy, unknownSinceMillis),
        "unknown_outcome_" + policy.onUnknown().wireName());
  }

  private Verdict afterUnknown(
      WorkItem item, EffectivePolicy policy, long unknownSinceMillis, long nowMillis) {
    if (policy.onUnknown() == OnUnknown.STOP) {
      return new Verdict.End(NotificationState.HELD, "unknown_outcome");
    }
    String reason = "unknown_outcome_" + policy.onUnknown().wireName();
    long until = endOfWait(item, policy, unknownSinceMillis);
    return until > nowMillis
        ? new Verdict.AwaitReceipt(until, reason)
        : new Verdict.NextProvider(reason);
  }

  private static long endOfWait(WorkItem item, EffectivePolicy policy, long unknownSinceMillis) {
    long wait =
        policy.onUnknown() == OnUnknown.FAILOVER
            ? policy.unknownFailoverAfterMillis()
            : policy.unknownWaitMillis();
    return Math.min(unknownSinceMillis + wait, Deadlines.endMillis(item, policy));
  }
}
