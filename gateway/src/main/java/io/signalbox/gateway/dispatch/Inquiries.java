package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.lookup.LookupSubject;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Recipient;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** What a provider is asked before a notification is decided about. Thread-confined. */
final class Inquiries {
  private final UnknownOutcomes unknowns;
  private final Confirmations confirmations;

  Inquiries(UnknownOutcomes unknowns, Confirmations confirmations) {
    this.unknowns = unknowns;
    this.confirmations = confirmations;
  }

  /** Whether the provider of this notification's latest attempt can be asked about it. */
  boolean canAsk(WorkItem item) {
    return unknowns.canAsk(item);
  }

  /**
   * Asks, if there is something to ask.
   *
   * @return fails only if the ledger could not take what the provider said; null if nobody is asked
   */
  @Nullable Future<Finding> about(WorkItem item, long nowMillis) {
    if (unknowns.wantsAsking(item, nowMillis)) {
      return unknowns.ask(item, nowMillis);
    }
    return confirmations.wantsAsking(item, nowMillis) ? confirmations.ask(item) : null;
  }

  /** An attempt as its provider is asked about it; null if it has no address on its channel. */
  static @Nullable LookupSubject subject(WorkItem item, PastAttempt attempt) {
    Recipient recipient = item.notification().recipientFor(attempt.channel());
    return recipient == null
        ? null
        : new LookupSubject(
            new AttemptId(item.id(), attempt.number()),
            attempt.provider(),
            attempt.channel(),
            recipient,
            attempt.providerMessageId(),
            attempt.startedAtMillis());
  }
}
