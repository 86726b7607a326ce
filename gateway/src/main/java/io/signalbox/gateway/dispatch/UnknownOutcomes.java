package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.lookup.LookupJournal;
import io.signalbox.gateway.lookup.LookupSubject;
import io.signalbox.gateway.lookup.LookupVerdict;
import io.signalbox.gateway.lookup.StatusAsker;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Receipt;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Asks the provider what became of an attempt whose outcome is unknown, before another one may
 * double it: once early, and once more when the policy would fail over. Thread-confined.
 */
final class UnknownOutcomes {
  /** Forgetting one costs no more than a question that was asked before. */
  private static final int REMEMBERED = 10_000;

  private final StatusAsker asker;
  private final LookupJournal journal;
  private final OutcomePolicy outcomes;
  private final PolicyBook policies;
  private final Map<AttemptId, Boolean> askedBeforeFailover = new LinkedHashMap<>();

  UnknownOutcomes(
      StatusAsker asker, LookupJournal journal, OutcomePolicy outcomes, PolicyBook policies) {
    this.asker = asker;
    this.journal = journal;
    this.outcomes = outcomes;
    this.policies = policies;
  }

  /** Whether the provider of this notification's latest attempt can be asked about it. */
  boolean canAsk(WorkItem item) {
    PastAttempt last = item.last();
    return last != null && asker.canAsk(last.provider());
  }

  /** Whether the provider is to be asked now, before the policy decides. */
  boolean wantsAsking(WorkItem item, long nowMillis) {
    PastAttempt last = item.last();
    if (last == null || !outcomes.isPending(item) || !asker.canAsk(last.provider())) {
      return false;
    }
    EffectivePolicy policy = policies.resolve(item.notification());
    long since = last.endedAtMillis();
    if (nowMillis < outcomes.askAtMillis(item, policy, since)) {
      return false;
    }
    Boolean before = askedBeforeFailover.get(new AttemptId(item.id(), last.number()));
    return before == null || (!before && outcomes.isOver(item, policy, since, nowMillis));
  }

  /** Asks; fails only if the ledger could not take what the provider said. */
  Future<Finding> ask(WorkItem item, long nowMillis) {
    PastAttempt last = item.last();
    LookupSubject subject = last == null ? null : Inquiries.subject(item, last);
    if (last == null || subject == null) {
      return Future.succeededFuture(new Finding.GoOn(item));
    }
    EffectivePolicy policy = policies.resolve(item.notification());
    boolean beforeFailover = outcomes.isOver(item, policy, last.endedAtMillis(), nowMillis);
    return asker
        .ask(subject)
        .compose(lookedUp -> found(item, subject, last, lookedUp))
        .onSuccess(
            finding -> {
              // What the provider said and the ledger has not taken yet is asked again. Forgotten
              // for an attempt that was not sent, its outcome would pass for unknown.
              if (!(finding instanceof Finding.NotSent)) {
                remember(subject.attempt(), beforeFailover);
              }
            });
  }

  private Future<Finding> found(
      WorkItem item, LookupSubject subject, PastAttempt last, LookedUp lookedUp) {
    journal.note(subject, lookedUp);
    Receipt receipt = lookedUp.receipt();
    if (receipt == null) {
      return Future.succeededFuture(new Finding.GoOn(item));
    }
    Outcome notSent = LookupVerdict.notSent(receipt).orElse(null);
    if (notSent != null) {
      return Future.succeededFuture(new Finding.NotSent(last, notSent));
    }
    return journal
        .record(subject, receipt)
        .map(
            effect ->
                effect.state() == null || effect.state().isOpen()
                    ? new Finding.GoOn(item)
                    : new Finding.Resolved());
  }

  private void remember(AttemptId attempt, boolean beforeFailover) {
    if (askedBeforeFailover.size() >= REMEMBERED) {
      askedBeforeFailover.remove(askedBeforeFailover.keySet().iterator().next());
    }
    askedBeforeFailover.put(attempt, beforeFailover);
  }
}
