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
import java.time.Duration;
import java.time.Instant;

/**
 * What follows an outcome, as a pure function. The table is that of the six outcomes: sent waits
 * for receipts, a refusal of the recipient ends, an unknown outcome follows the notification's
 * policy, everything else goes to the next provider at once.
 */
final class OutcomePolicy {
  private final long askAfterMillis;
  private final long failoverAfterMillis;
  private final long waitForMillis;

  /**
   * Makes a policy.
   *
   * @param askAfter when a provider is first asked about an unknown outcome
   */
  OutcomePolicy(GatewayConfig.Unknown settings, Duration askAfter) {
    this.askAfterMillis = askAfter.toMillis();
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

  /**
   * What follows an outcome that has just come.
   *
   * @param askable whether the provider can be asked about an unknown outcome
   */
  Verdict after(Outcome outcome, SendNotification notification, boolean askable, long nowMillis) {
    return switch (outcome.kind()) {
      case SENT -> new Verdict.End(NotificationState.SENT, "sent");
      case REJECTED -> new Verdict.End(NotificationState.FAILED, "rejected");
      case TRANSIENT, THROTTLED, PROVIDER_FAULT ->
          new Verdict.NextProvider(outcome.kind().wireName());
      case UNKNOWN ->
          askable
              ? awaitAnswer(notification, nowMillis)
              : afterUnknown(notification, nowMillis, nowMillis);
    };
  }

  /**
   * What follows now for a notification that comes back from waiting, or that was under way when a
   * node stopped. If the provider is asked at all, that was done before.
   *
   * @param askable whether the provider can be asked about an unknown outcome
   */
  Verdict resume(WorkItem item, boolean askable, long nowMillis) {
    if (item.attempts().isEmpty()) {
      return new Verdict.NextProvider("first");
    }
    PastAttempt last = item.last();
    if (last == null || !isPending(item)) {
      return new Verdict.NextProvider("retry");
    }
    long since = last.endedAtMillis();
    return askable && nowMillis < askAtMillis(item.notification(), since)
        ? awaitAnswer(item.notification(), since)
        : afterUnknown(item.notification(), since, nowMillis);
  }

  /** Whether the latest attempt's outcome is unknown and something is still to follow it. */
  boolean isPending(WorkItem item) {
    PastAttempt last = item.last();
    return last != null && last.outcome() == OutcomeKind.UNKNOWN && last.round() == item.round();
  }

  /** When the provider is first asked. */
  long askAtMillis(SendNotification notification, long unknownSinceMillis) {
    return policyOf(notification) == OnUnknown.STOP
        ? unknownSinceMillis + askAfterMillis
        : Math.min(
            unknownSinceMillis + askAfterMillis, endOfWait(notification, unknownSinceMillis));
  }

  /** Whether the waiting is over: the next thing is a failover, or a person. */
  boolean isOver(SendNotification notification, long unknownSinceMillis, long nowMillis) {
    return policyOf(notification) == OnUnknown.STOP
        || endOfWait(notification, unknownSinceMillis) <= nowMillis;
  }

  private Verdict awaitAnswer(SendNotification notification, long unknownSinceMillis) {
    return new Verdict.AwaitReceipt(
        askAtMillis(notification, unknownSinceMillis),
        "unknown_outcome_" + policyOf(notification).wireName());
  }

  private Verdict afterUnknown(
      SendNotification notification, long unknownSinceMillis, long nowMillis) {
    OnUnknown policy = policyOf(notification);
    if (policy == OnUnknown.STOP) {
      return new Verdict.End(NotificationState.HELD, "unknown_outcome");
    }
    long until = endOfWait(notification, unknownSinceMillis);
    return until > nowMillis
        ? new Verdict.AwaitReceipt(until, "unknown_outcome_" + policy.wireName())
        : new Verdict.NextProvider("unknown_outcome_" + policy.wireName());
  }

  private long endOfWait(SendNotification notification, long unknownSinceMillis) {
    long wait = policyOf(notification) == OnUnknown.FAILOVER ? failoverAfterMillis : waitForMillis;
    Instant expiresAt = notification.expiresAt();
    long until = unknownSinceMillis + wait;
    return expiresAt == null ? until : Math.min(until, expiresAt.toEpochMilli());
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
