package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.vertx.core.Future;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the ends of attempts: offers each again until the ledger can take it, because an outcome
 * that a provider told must not be lost. Thread-confined.
 */
final class AttemptSettler {
  /** What the ledger could not take, for the log. */
  static final String WHAT = "the end of an attempt";

  private static final Logger LOG = LoggerFactory.getLogger(AttemptSettler.class);

  private final Ledger ledger;
  private final LedgerRetries retries;

  AttemptSettler(Ledger ledger, LedgerRetries retries) {
    this.ledger = ledger;
    this.retries = retries;
  }

  /**
   * Records an end and what follows.
   *
   * @return succeeds with what the ledger made of it, or with nothing if it took the outcome as
   *     unknown only; fails if it will never take it
   */
  Future<Optional<Settled>> settle(Settlement settlement) {
    return retries
        .ask(settlement.attempt().notification(), WHAT, () -> ledger.settle(settlement))
        .map(Optional::of)
        .recover(
            failure -> {
              LOG.error(
                  "the outcome of attempt {} cannot be recorded", settlement.attempt(), failure);
              return settleAsUnknown(settlement);
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
