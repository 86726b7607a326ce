package io.signalbox.gateway.ledger.sql;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to a caller: decided on one of the ledger's threads, delivered on the caller's
 * context. A caller outside any context is answered on the ledger's thread.
 */
final class Reply<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Reply.class);

  private final @Nullable ContextInternal caller;
  private final Promise<T> promise;
  private @Nullable T result;
  private @Nullable Throwable failure;

  /** Makes the answer to whoever calls this. */
  Reply() {
    this.caller = ContextInternal.current();
    this.promise = caller == null ? Promise.promise() : caller.promise();
  }

  Future<T> future() {
    return promise.future();
  }

  /**
   * The event loop or worker context behind the caller's context: every HTTP request has a
   * duplicate of it, and answers for all of them can share one hop. Null outside any context.
   */
  @Nullable Context home() {
    return caller == null ? null : caller.unwrap();
  }

  Reply<T> succeed(@Nullable T value) {
    result = value;
    return this;
  }

  Reply<T> fail(Throwable cause) {
    failure = cause;
    return this;
  }

  /** Completes the Future here and now; called on the home context. */
  void deliver() {
    try {
      if (failure != null) {
        promise.tryFail(failure);
      } else {
        promise.tryComplete(result);
      }
      // A caller's handler must not end the thread that others depend on.
    } catch (RuntimeException | Error e) {
      LOG.error("a handler of a ledger's answer failed", e);
    }
  }
}
