package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.intake.OnUnknown;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import java.time.Instant;

/**
 * What follows an outcome, as a pure function. The table is that of the six outcomes: sent waits
 * for receipts, a refusal of the recipient ends, an unknown outcome follows the notification's
 * policy, everything else goes to the next provider at once.
 */
final class OutcomePolicy {
  private final long failoverAfterMillis;
  private final long waitForMillis;

  OutcomePolicy(GatewayConfig.Unknown settings) {
    this.failoverAfterMillis = settings.failoverAfter().toMillis();
    this.waitForMillis = settings.waitFor().toMillis();
  }

  /** What follows. */
  sealed interface Verdict {
    /** Why, in a short lower-case word. */
    String reason();

    /** The work ends in this state. */
    record End(NotificationState state, String reason) implements Verdict {}

    /** The next provider is tried at once. */
    record NextProvider(String reason) implements Verdict {}

    /** A receipt is waited for until then; after that the next provider is tried. */
    record AwaitReceipt(long untilMillis, String reason) implements Verdict {}
  }

  /** What follows an outcome that has just come. */
  Verdict after(Outcome outcome, SendNotification notification, long nowMillis) {
    return switch (outcome.kind()) {
      case SENT -> new Verdict.End(NotificationState.SENT, "sent");
      case REJECTED -> new Verdict.End(NotificationState.FAILED, "rejected");
      case TRANSIENT, THROTTLED, PROVIDER_FAULT ->
          new Verdict.NextProvider(outcome.kind().wireName());
      case UNKNOWN -> afterUnknown(notification, nowMillis, nowMillis);
    };
  }

  /**
   * What follows now for a notification that comes back from waiting, or that was under way when a
   * node stopped.
   */
  Verdict resume(WorkItem item, long nowMillis) {
    if (item.attempts().isEmpty()) {
      return new Verdict.NextProvider("first");
    }
    PastAttempt last = item.attempts().get(item.attempts().size() - 1);
    if (last.outcome() == OutcomeKind.UNKNOWN && last.round() == item.round()) {
      return afterUnknown(item.notification(), last.endedAtMillis(), nowMillis);
    }
    return new Verdict.NextProvider("retry");
  }

  private Verdict afterUnknown(
      SendNotification notification, long unknownSinceMillis, long nowMillis) {
    OnUnknown policy = policyOf(notification);
    if (policy == OnUnknown.STOP) {
      return new Verdict.End(NotificationState.HELD, "unknown_outcome");
    }
    long wait = policy == OnUnknown.FAILOVER ? failoverAfterMillis : waitForMillis;
    long until = unknownSinceMillis + wait;
    Instant expiresAt = notification.expiresAt();
    if (expiresAt != null) {
      until = Math.min(until, expiresAt.toEpochMilli());
    }
    return until > nowMillis
        ? new Verdict.AwaitReceipt(until, "unknown_outcome_" + policy.wireName())
        : new Verdict.NextProvider("unknown_outcome_" + policy.wireName());
  }

  /** The notification's own policy, or the default of its priority. */
  static OnUnknown policyOf(SendNotification notification) {
    OnUnknown asked = notification.onUnknown();
    if (asked != null) {
      return asked;
    }
    return notification.priority() == Priority.URGENT ? OnUnknown.FAILOVER : OnUnknown.WAIT;
  }
}
