package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.dispatch.OutcomePolicy.Verdict;
import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;

/**
 * Puts the policies together: time, outcome, candidates, rounds. Reserves the permit of the attempt
 * that it plans. Thread-confined.
 */
final class FollowUpPlanner {
  private final ProviderChooser chooser;
  private final OutcomePolicy outcomes;
  private final RoundPolicy rounds;

  FollowUpPlanner(ProviderChooser chooser, OutcomePolicy outcomes, RoundPolicy rounds) {
    this.chooser = chooser;
    this.outcomes = outcomes;
    this.rounds = rounds;
  }

  /**
   * What to do with a notification that came from a lane.
   *
   * @param askable whether the provider of its latest attempt can be asked about it
   */
  FollowUp first(WorkItem item, boolean askable, long nowMillis) {
    return rounds.isOver(item, nowMillis)
        ? expired(item)
        : follow(item, outcomes.resume(item, askable, nowMillis), nowMillis);
  }

  /**
   * What to do after an outcome; the item holds the ended attempt.
   *
   * @param askable whether its provider can be asked about it
   */
  FollowUp after(WorkItem item, Outcome outcome, boolean askable, long nowMillis) {
    return follow(
        item, outcomes.after(outcome, item.notification(), askable, nowMillis), nowMillis);
  }

  private FollowUp follow(WorkItem item, Verdict verdict, long nowMillis) {
    if (verdict instanceof Verdict.End end) {
      return new FollowUp.TakeStep(new NextStep.Finish(end.state(), end.reason()));
    }
    if (verdict instanceof Verdict.AwaitReceipt await) {
      return new FollowUp.TakeStep(new NextStep.Await(await.untilMillis(), await.reason()));
    }
    if (rounds.isOver(item, nowMillis)) {
      return expired(item);
    }
    SuppressionReason suppressed = item.suppressedEverywhere();
    if (suppressed != null) {
      return new FollowUp.TakeStep(
          new NextStep.Finish(NotificationState.FAILED, suppressed.failure()));
    }
    Plan plan = chooser.plan(item, nowMillis);
    if (plan instanceof Plan.Try attempt) {
      return new FollowUp.Begin(flight(item, attempt, nowMillis), "failover_" + verdict.reason());
    }
    if (plan instanceof Plan.WaitForPermit wait) {
      return new FollowUp.Park(
          wait.provider(),
          new NextStep.Retry(nowMillis, item.round(), "waits_for_permit"),
          rounds.noRoom(item, nowMillis));
    }
    return new FollowUp.TakeStep(rounds.nobodyLeft(item, (Plan.NobodyLeft) plan, nowMillis));
  }

  private static FollowUp expired(WorkItem item) {
    String reason = mayHaveArrived(item) ? "expired_with_unknown_outcome" : "expired";
    return new FollowUp.TakeStep(new NextStep.Finish(NotificationState.EXPIRED, reason));
  }

  private static Flight flight(WorkItem item, Plan.Try attempt, long nowMillis) {
    BoardEntry provider = attempt.provider();
    AttemptStart start =
        new AttemptStart(
            new AttemptId(item.id(), item.attempts().size() + 1),
            item.round(),
            attempt.channel(),
            provider.state().provider(),
            provider.state().generation(),
            attempt.decision(),
            nowMillis,
            nowMillis + provider.state().timeout().toMillis(),
            mayHaveArrived(item),
            attempt.recipient(),
            item.notification().ignoreSuppression());
    return new Flight(item, start, provider, provider.reserve(nowMillis), attempt.recipient());
  }

  private static boolean mayHaveArrived(WorkItem item) {
    for (PastAttempt past : item.attempts()) {
      if (past.outcome() == OutcomeKind.UNKNOWN) {
        return true;
      }
    }
    return false;
  }
}
