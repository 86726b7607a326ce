package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Asks the ledger again and again for what must not be given up while it is away, and knows whose
 * matters wait for it. Work pauses meanwhile. Its callers bound how much is under way.
 * Thread-confined.
 */
final class LedgerRetries {
  private static final long RETRY_MILLIS = 500;

  private final Vertx vertx;
  private final LedgerPause pause;
  private final Set<NotificationId> held = new HashSet<>();

  /**
   * Makes one that holds nothing.
   *
   * @param pause begun each time that the ledger cannot answer
   */
  LedgerRetries(Vertx vertx, LedgerPause pause) {
    this.vertx = vertx;
    this.pause = pause;
  }

  /** Whether something of a notification waits for the ledger. */
  boolean holds(NotificationId id) {
    return held.contains(id);
  }

  /**
   * Asks until the ledger answers.
   *
   * @param what is asked, for the log
   * @return what it says; fails only with what is no {@link LedgerUnavailableException}
   */
  <T> Future<T> ask(NotificationId id, String what, Supplier<Future<T>> question) {
    Promise<T> answer = Promise.promise();
    ask(id, what, question, answer);
    return answer.future();
  }

  /** The same, the first time a moment after something else has failed. */
  <T> Future<T> askAfter(
      Throwable failure, NotificationId id, String what, Supplier<Future<T>> question) {
    Promise<T> answer = Promise.promise();
    askLater(failure, id, what, question, answer);
    return answer.future();
  }

  private <T> void ask(
      NotificationId id, String what, Supplier<Future<T>> question, Promise<T> answer) {
    question
        .get()
        .onSuccess(
            told -> {
              release(id);
              answer.complete(told);
            })
        .onFailure(
            failure -> {
              if (failure instanceof LedgerUnavailableException) {
                askLater(failure, id, what, question, answer);
              } else {
                release(id);
                answer.fail(failure);
              }
            });
  }

  private <T> void askLater(
      Throwable failure,
      NotificationId id,
      String what,
      Supplier<Future<T>> question,
      Promise<T> answer) {
    pause.begin(what, failure);
    held.add(id);
    // Ends with the verticle's context.
    vertx.setTimer(RETRY_MILLIS, again -> ask(id, what, question, answer));
  }

  private void release(NotificationId id) {
    if (!held.isEmpty()) {
      held.remove(id);
    }
  }
}
