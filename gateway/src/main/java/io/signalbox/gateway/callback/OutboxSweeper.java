package io.signalbox.gateway.callback;

import io.signalbox.gateway.ledger.CallbackQueue;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes old events and deliveries, a few at a time with a pause after each, so that other changes
 * are not held up. Used on one event loop.
 */
final class OutboxSweeper {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxSweeper.class);
  private static final long PAUSE_MILLIS = 20;
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final CallbackQueue queue;
  private final Clock clock;
  private final Duration retention;
  private final long intervalMillis;
  private long timer = NO_TIMER;
  private boolean stopped;

  OutboxSweeper(
      Vertx vertx, CallbackQueue queue, Clock clock, Duration retention, long intervalMillis) {
    this.vertx = vertx;
    this.queue = queue;
    this.clock = clock;
    this.retention = retention;
    this.intervalMillis = intervalMillis;
  }

  /** Begins to delete, now and at intervals. */
  void start() {
    deleteSome();
  }

  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void deleteSome() {
    queue
        .deleteOld(clock.millis() - retention.toMillis())
        .onComplete(
            deleted -> waitFor(deleted > 0 ? PAUSE_MILLIS : intervalMillis),
            failure -> {
              LOG.warn("old events were not deleted: {}", failure.toString());
              waitFor(intervalMillis);
            });
  }

  private void waitFor(long millis) {
    if (!stopped) {
      timer = vertx.setTimer(millis, late -> deleteSome());
    }
  }
}
