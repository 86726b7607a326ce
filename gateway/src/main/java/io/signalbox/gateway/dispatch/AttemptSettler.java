package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the ends of attempts: offers each again until the ledger can take it, because an outcome
 * that a provider told must not be lost. Its callers bound how many are under way. Thread-confined.
 */
final class AttemptSettler {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptSettler.class);
  private static final long RETRY_MILLIS = 500;

  private final Vertx vertx;
  private final Ledger ledger;
  private final Consumer<Throwable> unavailable;
  private final Set<AttemptId> offeredAgain = new HashSet<>();

  /**
   * Makes a settler.
   *
   * @param unavailable told each time that the ledger could not take an end
   */
  AttemptSettler(Vertx vertx, Ledger ledger, Consumer<Throwable> unavailable) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.unavailable = unavailable;
  }

  /**
   * Records an end and what follows.
   *
   * @return succeeds with what the ledger made of it, or with nothing if it took the outcome as
   *     unknown only; fails if it will never take it
   */
  Future<Optional<Settled>> settle(Settlement settlement) {
    Promise<Optional<Settled>> stored = Promise.promise();
    offer(settlement, stored);
    return stored.future().onComplete(done -> forget(settlement.attempt()));
  }

  /** Whether the end of an attempt is known here and waits for the ledger. */
  boolean holds(AttemptId attempt) {
    return offeredAgain.contains(attempt);
  }

  private void forget(AttemptId attempt) {
    if (!offeredAgain.isEmpty()) {
      offeredAgain.remove(attempt);
    }
  }

  private void offer(Settlement settlement, Promise<Optional<Settled>> stored) {
    ledger
        .settle(settlement)
        .onSuccess(settled -> stored.complete(Optional.of(settled)))
        .onFailure(
            failure -> {
              if (failure instanceof LedgerUnavailableException) {
                unavailable.accept(failure);
                offeredAgain.add(settlement.attempt());
                vertx.setTimer(RETRY_MILLIS, again -> offer(settlement, stored));
              } else {
                LOG.error(
                    "the outcome of attempt {} cannot be recorded", settlement.attempt(), failure);
                settleAsUnknown(settlement).onComplete(stored);
              }
            });
  }

  /** An outcome that the ledger will never take, from a faulty plugin perhaps, is unknown. */
  private Future<Optional<Settled>> settleAsUnknown(Settlement refused) {
    Outcome unknown =
        new Outcome.Unknown(
            Evidence.unanswered(Progress.BODY_WRITTEN, "unrecordable_outcome", null));
    return ledger
        .settle(
            new Settlement(
                refused.attempt(),
                unknown,
                refused.endedAtMillis(),
                refused.tookMillis(),
                new NextStep.Await(refused.endedAtMillis(), "unrecordable_outcome")))
        .map(settled -> Optional.empty());
  }
}
