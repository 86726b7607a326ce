package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.DeadLetterFilter;
import io.signalbox.gateway.ledger.DeadLettersMoved;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.sql.DeadLetterChange.Decision;
import io.vertx.core.Future;

/**
 * Decides about many dead letters in chunks, so that other changes need not wait for all of them.
 * If a chunk fails, those before it stay decided; the same call again goes on with the rest.
 */
final class DeadLetterDecider {
  private static final int MAX_LIMIT = 10_000;
  private static final int CHUNK = 500;

  private final Writer writer;

  DeadLetterDecider(Writer writer) {
    this.writer = writer;
  }

  /** Which were moved: at most the limit, and at most 10,000 a call. */
  Future<DeadLettersMoved> decide(
      Decision decision, DeadLetterFilter filter, int limit, long nowMillis) {
    int bounded = Math.min(limit, MAX_LIMIT);
    return next(decision, filter, bounded, nowMillis, DeadLettersMoved.NONE);
  }

  private Future<DeadLettersMoved> next(
      Decision decision,
      DeadLetterFilter filter,
      int left,
      long nowMillis,
      DeadLettersMoved movedBefore) {
    int chunk = Math.min(left, CHUNK);
    return writer
        .submit(new DeadLetterChange(decision, filter, chunk, nowMillis), Math.max(chunk, 1))
        .recover(
            failure ->
                Future.failedFuture(
                    movedBefore.count() == 0
                        ? failure
                        : LedgerUnavailableException.partly(
                            movedBefore.count() + " dead letters were changed", failure)))
        .compose(
            moved -> {
              DeadLettersMoved all = movedBefore.and(moved);
              return moved.count() < chunk || chunk == left
                  ? Future.succeededFuture(all)
                  : next(decision, filter, left - chunk, nowMillis, all);
            });
  }
}
