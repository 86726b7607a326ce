package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.scoring.retry.Backoff;
import io.signalbox.spi.OutcomeKind;
import java.util.random.RandomGenerator;

/**
 * What follows when nobody is left to try: another round later, or the end.
 *
 * <p>A round in which somebody was tried counts. One in which nobody could be tried (every breaker
 * open, nobody configured), or in which all who were tried had no capacity, does not: it waits
 * until somebody may be available, inside the window. One in which attempts began, but no provider
 * was asked, does not count either, yet another follows it, after a longer wait each time. Nor is a
 * notification given up after its last round while a provider only cools down.
 */
final class RoundPolicy {
  private static final long MIN_UNAVAILABLE_WAIT_MILLIS = 1_000;

  /**
   * Nobody knows when somebody will be available: a provider may be dropped in or reset by hand at
   * any time, and what was put off must not wait long then. How often the ledger is told is bounded
   * elsewhere (see {@link LaneGate}), however many wait.
   */
  private static final long MAX_UNAVAILABLE_WAIT_MILLIS = 5_000;

  private final RandomGenerator random;
  private final Jitter jitter;

  /** A random share of a wait, from 0 inclusive to the wait exclusive. */
  interface Jitter {
    long below(long millis);
  }

  /**
   * Makes a policy.
   *
   * @param random spreads the rounds of notifications that failed together
   * @param jitter spreads the waits of those for which nobody is available
   */
  RoundPolicy(RandomGenerator random, Jitter jitter) {
    this.random = random;
    this.jitter = jitter;
  }

  /** Whether the notification's time has run out. */
  boolean isOver(WorkItem item, EffectivePolicy policy, long nowMillis) {
    return nowMillis >= Deadlines.endMillis(item, policy);
  }

  /** Whether it may not be attempted again, because it was attempted often enough. */
  boolean isSpent(WorkItem item, EffectivePolicy policy) {
    if (item.attempts().size() >= AttemptId.MAX_NUMBER) {
      return true;
    }
    int counted = 0;
    for (PastAttempt past : item.attempts()) {
      if (counts(past)) {
        counted++;
      }
    }
    return counted >= policy.maxAttempts();
  }

  /** What follows when nobody is left in this round. */
  NextStep nobodyLeft(
      WorkItem item, EffectivePolicy policy, Plan.NobodyLeft nobody, long nowMillis) {
    if (nobody.exhausted() && nobody.reason().equals(Plan.NobodyLeft.REJECTED)) {
      return new NextStep.Finish(NotificationState.FAILED, nobody.reason());
    }
    if (nobody.exhausted()) {
      return new NextStep.Finish(NotificationState.DEAD_LETTER, "channels_exhausted");
    }
    if (!triedInRound(item)) {
      return later(
          item,
          policy,
          item.round(),
          nowMillis + unavailableWait(nobody.availableAtMillis(), nowMillis),
          nobody.reason());
    }
    if (countedRounds(item) < policy.maxRounds()) {
      int round = item.round() + 1;
      return later(item, policy, round, nowMillis + backoff(policy, round), "next_round");
    }
    if (nobody.cooledAtMillis() == Long.MAX_VALUE) {
      return new NextStep.Finish(NotificationState.DEAD_LETTER, "rounds_exhausted");
    }
    return later(
        item,
        policy,
        item.round(),
        nowMillis + unavailableWait(nobody.cooledAtMillis(), nowMillis),
        nobody.reason());
  }

  /** A short wait in the same round, for a notification that found no room to wait in memory. */
  NextStep noRoom(WorkItem item, EffectivePolicy policy, long nowMillis) {
    long wait =
        MIN_UNAVAILABLE_WAIT_MILLIS
            + jitter.below(MAX_UNAVAILABLE_WAIT_MILLIS - MIN_UNAVAILABLE_WAIT_MILLIS);
    return later(item, policy, item.round(), nowMillis + wait, "providers_saturated");
  }

  private NextStep later(
      WorkItem item, EffectivePolicy policy, int round, long dueAtMillis, String reason) {
    long end = Deadlines.endMillis(item, policy);
    if (dueAtMillis >= end) {
      // Comes back once more when its time is over, and ends then.
      return new NextStep.Retry(end, round, reason);
    }
    if (dueAtMillis >= Deadlines.beginMillis(item) + policy.windowMillis()) {
      return new NextStep.Finish(NotificationState.DEAD_LETTER, "window_over");
    }
    return new NextStep.Retry(dueAtMillis, round, reason);
  }

  private long backoff(EffectivePolicy policy, int round) {
    long longest = policy.retryMaxMillis();
    return new Backoff(policy.retryBaseMillis(), longest, longest, random).delayMillis(round);
  }

  private long unavailableWait(long availableAtMillis, long nowMillis) {
    long until = Math.min(availableAtMillis - nowMillis, MAX_UNAVAILABLE_WAIT_MILLIS);
    long wait = Math.max(MIN_UNAVAILABLE_WAIT_MILLIS, until);
    return wait + jitter.below(wait / 2);
  }

  /** Whether an attempt uses up anything of its policy: its provider was asked and had capacity. */
  private static boolean counts(PastAttempt past) {
    return past.round() != PastAttempt.BEFORE_REPLAY
        && past.outcome() != OutcomeKind.THROTTLED
        && past.asked();
  }

  /** How many rounds had an attempt that counts. */
  private static int countedRounds(WorkItem item) {
    int rounds = 0;
    int latest = PastAttempt.BEFORE_REPLAY;
    for (PastAttempt past : item.attempts()) {
      // Attempts stand in order, so those of one round stand together.
      if (counts(past) && past.round() != latest) {
        latest = past.round();
        rounds++;
      }
    }
    return rounds;
  }

  private static boolean triedInRound(WorkItem item) {
    for (PastAttempt past : item.attempts()) {
      if (past.round() == item.round() && past.outcome() != OutcomeKind.THROTTLED) {
        return true;
      }
    }
    return false;
  }
}
