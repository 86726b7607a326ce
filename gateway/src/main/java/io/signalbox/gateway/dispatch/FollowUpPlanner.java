package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.dispatch.OutcomePolicy.Verdict;
import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.Confirmation;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.DuplicateBudget;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.spi.Outcome;

/**
 * Puts the policies together: time, outcome, candidates, rounds. Reserves the permit of the attempt
 * that it plans. Thread-confined.
 */
final class FollowUpPlanner {
  private static final String BUDGET_SPENT = "duplicate_budget_spent";

  private final ProviderChooser chooser;
  private final OutcomePolicy outcomes;
  private final RoundPolicy rounds;
  private final PolicyBook policies;
  private final DuplicateBudget duplicates;
  private final DispatchMeter meter;

  FollowUpPlanner(
      ProviderChooser chooser,
      OutcomePolicy outcomes,
      RoundPolicy rounds,
      PolicyBook policies,
      DuplicateBudget duplicates,
      DispatchMeter meter) {
    this.chooser = chooser;
    this.outcomes = outcomes;
    this.rounds = rounds;
    this.policies = policies;
    this.duplicates = duplicates;
    this.meter = meter;
  }

  /**
   * What to do with a notification that came from a lane.
   *
   * @param askable whether the provider of its latest attempt can be asked about it
   */
  FollowUp first(WorkItem item, boolean askable, long nowMillis) {
    EffectivePolicy policy = policies.resolve(item.notification());
    return rounds.isOver(item, policy, nowMillis)
        ? step(item, expired(item, nowMillis))
        : follow(item, policy, outcomes.resume(item, policy, askable, nowMillis), nowMillis);
  }

  /**
   * What to do after an outcome; the item holds the ended attempt.
   *
   * @param askable whether its provider can be asked about it
   */
  FollowUp after(WorkItem item, Outcome outcome, boolean askable, long nowMillis) {
    EffectivePolicy policy = policies.resolve(item.notification());
    return follow(
        item, policy, outcomes.after(outcome, item, policy, askable, nowMillis), nowMillis);
  }

  private FollowUp follow(WorkItem item, EffectivePolicy policy, Verdict verdict, long nowMillis) {
    if (verdict instanceof Verdict.End end) {
      return step(item, new NextStep.Finish(end.state(), end.reason()));
    }
    if (verdict instanceof Verdict.AwaitConfirmation await) {
      return new FollowUp.TakeStep(new NextStep.Confirm(await.untilMillis(), await.reason()));
    }
    if (verdict instanceof Verdict.AwaitReceipt await) {
      return new FollowUp.TakeStep(new NextStep.Await(await.untilMillis(), await.reason()));
    }
    if (Deadlines.isTooLate(item, policy, nowMillis)) {
      return step(item, expired(item, nowMillis));
    }
    if (rounds.isSpent(item, policy)) {
      return step(item, new NextStep.Finish(NotificationState.DEAD_LETTER, "attempts_exhausted"));
    }
    if (Duplicates.wouldBeFirst(item) && !duplicates.mayDuplicate(policy, nowMillis)) {
      return step(item, waitForBudget(item, policy, nowMillis));
    }
    SuppressionReason suppressed =
        item.suppressedEverywhere(policy.fallbackChannelsOf(item.notification()));
    if (suppressed != null) {
      return step(item, new NextStep.Finish(NotificationState.FAILED, suppressed.failure()));
    }
    Plan plan = chooser.plan(item, policy, nowMillis);
    if (plan instanceof Plan.Try attempt) {
      return new FollowUp.Begin(
          flight(item, policy, attempt, nowMillis), "failover_" + verdict.reason());
    }
    if (plan instanceof Plan.WaitForPermit wait) {
      return new FollowUp.Park(
          wait.provider(),
          new NextStep.Retry(nowMillis, item.round(), "waits_for_permit"),
          step(item, rounds.noRoom(item, policy, nowMillis)).step());
    }
    Plan.NobodyLeft nobody = (Plan.NobodyLeft) plan;
    return new FollowUp.TakeStep(
        item.isUnconfirmed()
            ? ConfirmationPolicy.nobodyLeft(item, policy, nobody, nowMillis)
            : rounds.nobodyLeft(item, policy, nobody, nowMillis));
  }

  /**
   * With its budget spent a policy does not fail over: it waits for a receipt as long as its wait
   * lasts, and then a person decides.
   */
  private NextStep waitForBudget(WorkItem item, EffectivePolicy policy, long nowMillis) {
    PastAttempt last = item.last();
    long since = last == null ? nowMillis : last.endedAtMillis();
    long until = Math.min(since + policy.unknownWaitMillis(), Deadlines.endMillis(item, policy));
    meter.duplicateBudgetSpent(policy.name());
    return nowMillis < until
        ? new NextStep.Await(until, BUDGET_SPENT)
        : new NextStep.Finish(NotificationState.HELD, BUDGET_SPENT);
  }

  private static FollowUp step(WorkItem item, NextStep step) {
    return new FollowUp.TakeStep(item.isUnconfirmed() ? ConfirmationPolicy.stillSent(step) : step);
  }

  private static NextStep expired(WorkItem item, long nowMillis) {
    String over = Deadlines.isExpired(item, nowMillis) ? "expired" : "deadline_over";
    String reason = Duplicates.mayHaveArrived(item) ? "expired_with_unknown_outcome" : over;
    return new NextStep.Finish(NotificationState.EXPIRED, reason);
  }

  private Flight flight(WorkItem item, EffectivePolicy policy, Plan.Try attempt, long nowMillis) {
    BoardEntry provider = attempt.provider();
    boolean mayDouble = Duplicates.mayHaveArrived(item);
    long timeoutMillis = provider.state().timeout().toMillis();
    Flight.Budgeted budgeted = budgeted(item, policy);
    if (budgeted.doubles()) {
      duplicates.reserve(policy.name(), nowMillis);
    }
    AttemptId id = new AttemptId(item.id(), item.attempts().size() + 1);
    AttemptStart start =
        new AttemptStart(
            id,
            item.round(),
            attempt.channel(),
            provider.state().provider(),
            provider.generationFor(id),
            attempt.decision(),
            nowMillis,
            Deadlines.attemptEndMillis(item, policy, attempt.channel(), timeoutMillis, nowMillis),
            mayDouble,
            attempt.recipient(),
            item.notification().ignoreSuppression(),
            new Confirmation(policy.confirmWithinMillis(), item.isUnconfirmed()));
    return new Flight(
        item,
        start,
        provider,
        provider.reserve(nowMillis),
        attempt.recipient(),
        Deadlines.fullAttemptMillis(policy, timeoutMillis),
        budgeted);
  }

  /** An attempt that was planned begins. */
  void begun(Flight flight, long nowMillis) {
    Flight.Budgeted budgeted = flight.budgeted();
    if (budgeted.first()) {
      duplicates.begun(budgeted.policy(), nowMillis);
    }
    if (budgeted.doubles()) {
      duplicates.giveBack(budgeted.policy());
      duplicates.doubled(budgeted.policy(), nowMillis);
    }
  }

  /** An attempt that was planned does not begin: its permit and its part of the budget go back. */
  void notBegun(Flight flight, long nowMillis) {
    flight.provider().giveBack(flight.reservation(), nowMillis);
    if (flight.budgeted().doubles()) {
      duplicates.giveBack(flight.budgeted().policy());
    }
  }

  private static Flight.Budgeted budgeted(WorkItem item, EffectivePolicy policy) {
    return new Flight.Budgeted(
        policy.name(), item.attempts().isEmpty(), Duplicates.wouldBeFirst(item));
  }
}
