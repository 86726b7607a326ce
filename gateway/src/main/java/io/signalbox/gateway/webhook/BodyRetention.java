package io.signalbox.gateway.webhook;

import io.signalbox.gateway.ledger.WebhookInbox;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes old raw bodies, a few at a time with a pause after each, so that other changes are not
 * held up. Used on one context.
 */
final class BodyRetention {
  private static final Logger LOG = LoggerFactory.getLogger(BodyRetention.class);
  private static final long PAUSE_MILLIS = 20;
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final WebhookInbox inbox;
  private final Clock clock;
  private final Duration retention;
  private final Duration interval;
  private long timer = NO_TIMER;
  private long deleted;
  private boolean stopped;

  BodyRetention(
      Vertx vertx, WebhookInbox inbox, Clock clock, Duration retention, Duration interval) {
    this.vertx = vertx;
    this.inbox = inbox;
    this.clock = clock;
    this.retention = retention;
    this.interval = interval;
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
    inbox
        .deleteBodies(clock.millis() - retention.toMillis())
        .onComplete(
            some -> {
              deleted += some;
              waitFor(some > 0 ? PAUSE_MILLIS : pass());
            },
            failure -> {
              LOG.warn("old webhooks were not deleted: {}", failure.getMessage());
              waitFor(interval.toMillis());
            });
  }

  /** Ends a pass; returns how long to wait for the next one. */
  private long pass() {
    if (deleted > 0) {
      LOG.info("{} webhooks older than {} were deleted", deleted, retention);
      deleted = 0;
    }
    return interval.toMillis();
  }

  private void waitFor(long millis) {
    if (!stopped) {
      timer = vertx.setTimer(millis, late -> deleteSome());
    }
  }
}
