package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.scoring.retry.Backoff;
import java.time.Instant;

/**
 * What follows when nobody is left to try: another round later, or the end.
 *
 * <p>A round in which somebody was tried counts. One in which nobody could be tried (every breaker
 * open, nobody configured) does not: it waits until somebody may be available, inside the window.
 */
final class RoundPolicy {
  private static final long MIN_UNAVAILABLE_WAIT_MILLIS = 1_000;

  /** Nobody knows when somebody will be available: a provider may be dropped in at any time. */
  private static final long UNFORESEEN_WAIT_MILLIS = 5_000;

  private static final long MAX_UNAVAILABLE_WAIT_MILLIS = 30_000;

  private final int maxRounds;
  private final long windowMillis;
  private final Backoff backoff;
  private final Jitter jitter;

  /** A random share of a wait, from 0 inclusive to the wait exclusive. */
  interface Jitter {
    long below(long millis);
  }

  RoundPolicy(GatewayConfig.Dispatch settings, Backoff backoff, Jitter jitter) {
    this.maxRounds = settings.maxRounds();
    this.windowMillis = settings.window().toMillis();
    this.backoff = backoff;
    this.jitter = jitter;
  }

  /** Whether the notification's time has run out. */
  boolean isOver(WorkItem item, long nowMillis) {
    Instant expiresAt = item.notification().expiresAt();
    return expiresAt != null && nowMillis >= expiresAt.toEpochMilli();
  }

  /** What follows when nobody is left in this round. */
  NextStep nobodyLeft(WorkItem item, Plan.NobodyLeft nobody, long nowMillis) {
    boolean tried = triedInRound(item);
    int round = tried ? item.round() + 1 : item.round();
    if (round >= maxRounds || item.attempts().size() >= AttemptId.MAX_NUMBER) {
      return new NextStep.Finish(NotificationState.DEAD_LETTER, "rounds_exhausted");
    }
    long wait = tried ? backoff.delayMillis(round) : unavailableWait(nobody, nowMillis);
    return later(item, round, nowMillis + wait, tried ? "next_round" : nobody.reason());
  }

  /** A short wait in the same round, for a notification that found no room to wait in memory. */
  NextStep noRoom(WorkItem item, long nowMillis) {
    return later(
        item, item.round(), nowMillis + MIN_UNAVAILABLE_WAIT_MILLIS, "providers_saturated");
  }

  private NextStep later(WorkItem item, int round, long dueAtMillis, String reason) {
    Instant expiresAt = item.notification().expiresAt();
    if (expiresAt != null && dueAtMillis >= expiresAt.toEpochMilli()) {
      // Comes back once more when its time is over, and ends then.
      return new NextStep.Retry(expiresAt.toEpochMilli(), round, reason);
    }
    if (dueAtMillis >= windowBeginMillis(item) + windowMillis) {
      return new NextStep.Finish(NotificationState.DEAD_LETTER, "window_over");
    }
    return new NextStep.Retry(dueAtMillis, round, reason);
  }

  private static long windowBeginMillis(WorkItem item) {
    Instant sendAt = item.notification().sendAt();
    return sendAt == null
        ? item.acceptedAtMillis()
        : Math.max(item.acceptedAtMillis(), sendAt.toEpochMilli());
  }

  private long unavailableWait(Plan.NobodyLeft nobody, long nowMillis) {
    long until =
        nobody.availableAtMillis() == Long.MAX_VALUE
            ? UNFORESEEN_WAIT_MILLIS
            : nobody.availableAtMillis() - nowMillis;
    long wait = Math.max(MIN_UNAVAILABLE_WAIT_MILLIS, Math.min(until, MAX_UNAVAILABLE_WAIT_MILLIS));
    return wait + jitter.below(wait / 2);
  }

  private static boolean triedInRound(WorkItem item) {
    for (PastAttempt past : item.attempts()) {
      if (past.round() == item.round()) {
        return true;
      }
    }
    return false;
  }
}
