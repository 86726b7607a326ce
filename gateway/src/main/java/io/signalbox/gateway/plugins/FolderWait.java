package io.signalbox.gateway.plugins;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks again and again at what the folder says, for a bounded time. Thread-safe. */
final class FolderWait {
  private static final long LOOK_MILLIS = 50;

  private final Vertx vertx;
  private final Duration patience;
  private volatile boolean closing;

  FolderWait(Vertx vertx, Duration patience) {
    this.vertx = vertx;
    this.patience = patience;
  }

  /** Ends all waiting with what is seen then. */
  void close() {
    closing = true;
  }

  /** What is seen when it is over, or when patience has run out. */
  <T> Future<T> until(Supplier<T> look, Predicate<T> isOver) {
    Promise<T> seen = Promise.promise();
    look(look, isOver, System.nanoTime() + patience.toNanos(), seen);
    return seen.future();
  }

  private <T> void look(
      Supplier<T> look, Predicate<T> isOver, long deadlineNanos, Promise<T> seen) {
    try {
      T now = look.get();
      if (isOver.test(now) || closing || System.nanoTime() - deadlineNanos >= 0) {
        seen.complete(now);
      } else {
        vertx.setTimer(LOOK_MILLIS, late -> look(look, isOver, deadlineNanos, seen));
      }
    } catch (RuntimeException e) {
      seen.fail(e);
    }
  }
}
