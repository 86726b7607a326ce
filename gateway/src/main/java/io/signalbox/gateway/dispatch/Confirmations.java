package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.lookup.LookupJournal;
import io.signalbox.gateway.lookup.LookupSubject;
import io.signalbox.gateway.lookup.StatusAsker;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.spi.Receipt;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Asks the provider of a message that no receipt has confirmed in time whether it arrived after
 * all, before another provider may send it again: once for each attempt. Thread-confined.
 */
final class Confirmations {
  /** Forgetting one costs no more than a question that was asked before. */
  private static final int REMEMBERED = 10_000;

  private final StatusAsker asker;
  private final LookupJournal journal;
  private final PolicyBook policies;
  private final Set<AttemptId> asked = new LinkedHashSet<>();

  Confirmations(StatusAsker asker, LookupJournal journal, PolicyBook policies) {
    this.asker = asker;
    this.journal = journal;
    this.policies = policies;
  }

  /** Whether the provider is to be asked now, before the policy decides. */
  boolean wantsAsking(WorkItem item, long nowMillis) {
    PastAttempt last = item.last();
    return last != null
        && item.isUnconfirmed()
        && last.wasSent()
        && last.mayHaveArrived()
        && asker.canAsk(last.provider())
        && ConfirmationPolicy.isOver(last, policies.resolve(item.notification()), nowMillis)
        && !asked.contains(new AttemptId(item.id(), last.number()));
  }

  /** Asks; fails only if the ledger could not take what the provider said. */
  Future<Finding> ask(WorkItem item) {
    PastAttempt last = item.last();
    LookupSubject subject = last == null ? null : Inquiries.subject(item, last);
    if (last == null || subject == null) {
      return Future.succeededFuture(new Finding.GoOn(item));
    }
    return asker
        .ask(subject)
        .compose(lookedUp -> found(item, subject, last, lookedUp))
        .onSuccess(finding -> remember(subject.attempt()));
  }

  private Future<Finding> found(
      WorkItem item, LookupSubject subject, PastAttempt last, LookedUp lookedUp) {
    journal.note(subject, lookedUp);
    Receipt receipt = lookedUp.receipt();
    return receipt == null
        ? Future.succeededFuture(new Finding.GoOn(item))
        : journal.record(subject, receipt).map(effect -> finding(item, last, receipt, effect));
  }

  private static Finding finding(
      WorkItem item, PastAttempt last, Receipt receipt, ReceiptEffect effect) {
    if (effect.state() != NotificationState.SENT) {
      return new Finding.Resolved();
    }
    return new Finding.GoOn(
        receipt.status().rank() > last.receipt().rank()
            ? item.withLast(last.withReceipt(receipt.status()))
            : item);
  }

  private void remember(AttemptId attempt) {
    if (asked.size() >= REMEMBERED) {
      asked.remove(asked.iterator().next());
    }
    asked.add(attempt);
  }
}
