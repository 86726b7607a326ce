package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.model.NotificationState;
import io.vertx.core.Future;

/**
 * Records that attempts begin. If a commit has no answer, the start may be stored all the same, and
 * only this process knows that nothing was sent: it asks until it knows, and goes on with what is
 * stored, or nobody would before it counted as unknown. Thread-confined.
 */
final class AttemptStarter {
  /** What the ledger could not take, for the log. */
  static final String WHAT = "the begin of an attempt";

  private final Ledger ledger;
  private final LedgerRetries retries;

  AttemptStarter(Ledger ledger, LedgerRetries retries) {
    this.ledger = ledger;
    this.retries = retries;
  }

  /**
   * Records a start.
   *
   * @param state the notification's, as far as the caller knows
   * @return what the ledger made of it; fails if it is certainly not stored
   */
  Future<Settled> begin(AttemptStart start, NotificationState state) {
    return ledger
        .begin(start)
        .recover(
            failure ->
                failure instanceof LedgerUnavailableException gone && gone.isUndecided()
                    ? askAfter(failure, start, state)
                    : Future.failedFuture(failure));
  }

  private Future<Settled> askAfter(Throwable failure, AttemptStart start, NotificationState state) {
    return retries
        .askAfter(failure, start.attempt().notification(), WHAT, () -> ledger.isUnderWay(start))
        .map(
            begun ->
                begun
                    ? Settled.begun(state, NotificationState.PROCESSING)
                    : Settled.overtaken(state));
  }
}
