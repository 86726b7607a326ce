package io.signalbox.gateway.spool;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AcceptResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notifications that were given to the ledger and have no answer yet. Either the ledger answers, or
 * they are taken away from it: whoever claims them first. Thread-safe.
 */
final class WaitingAccept {
  private final List<AcceptRequest> requests;
  private final long sinceNanos;
  private final Promise<List<AcceptResult>> promise;
  private final AtomicBoolean claimed = new AtomicBoolean();

  /** Made on the context that is to be answered. */
  WaitingAccept(List<AcceptRequest> requests, long sinceNanos) {
    this.requests = requests;
    this.sinceNanos = sinceNanos;
    ContextInternal caller = ContextInternal.current();
    this.promise = caller == null ? Promise.promise() : caller.promise();
  }

  List<AcceptRequest> requests() {
    return requests;
  }

  Future<List<AcceptResult>> future() {
    return promise.future();
  }

  /** Whether they have waited for so long. */
  boolean isOlderThan(long nanos, long nowNanos) {
    return nowNanos - sinceNanos > nanos;
  }

  /** Whether the caller alone may answer now. */
  boolean claim() {
    return claimed.compareAndSet(false, true);
  }

  void answer(List<AcceptResult> results) {
    promise.tryComplete(results);
  }

  void fail(Throwable failure) {
    promise.tryFail(failure);
  }
}
