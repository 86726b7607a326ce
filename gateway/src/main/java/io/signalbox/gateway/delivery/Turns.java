package io.signalbox.gateway.delivery;

import io.signalbox.scoring.rate.TokenBucket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayDeque;

/**
 * Lets questions to one provider through at a rate, in their order, with a bound on how many wait.
 * Used on one context.
 */
final class Turns {
  private static final long TICK_MILLIS = 20;

  private final Vertx vertx;
  private final Clock clock;
  private final int mostWaiting;
  private final TokenBucket bucket;
  private final ArrayDeque<Promise<Boolean>> waiting = new ArrayDeque<>();
  private long timer = -1;
  private boolean closed;

  /**
   * Makes one.
   *
   * @param mostWaitMillis how long the last of those that wait may wait at most, about
   */
  Turns(Vertx vertx, double perSecond, long mostWaitMillis, Clock clock) {
    this.vertx = vertx;
    this.clock = clock;
    this.mostWaiting = (int) Math.max(1, perSecond * mostWaitMillis / 1_000);
    this.bucket = TokenBucket.ofSecond(perSecond, clock.millis());
  }

  /** Waits for a turn; false if too many wait, or nobody is let through any more. Never fails. */
  Future<Boolean> next() {
    if (!closed && waiting.isEmpty() && bucket.take(clock.millis())) {
      return Future.succeededFuture(true);
    }
    if (closed || waiting.size() >= mostWaiting) {
      return Future.succeededFuture(false);
    }
    Promise<Boolean> turn = Promise.promise();
    waiting.add(turn);
    if (timer < 0) {
      timer = vertx.setPeriodic(TICK_MILLIS, tick -> serve());
    }
    return turn.future();
  }

  /** Nobody waits in vain: whoever waits is told that it will not be its turn. */
  void close() {
    closed = true;
    stopTimer();
    Promise<Boolean> next = waiting.poll();
    while (next != null) {
      next.complete(false);
      next = waiting.poll();
    }
  }

  private void serve() {
    while (!waiting.isEmpty() && bucket.take(clock.millis())) {
      waiting.remove().complete(true);
    }
    if (waiting.isEmpty()) {
      stopTimer();
    }
  }

  private void stopTimer() {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
      timer = -1;
    }
  }
}
