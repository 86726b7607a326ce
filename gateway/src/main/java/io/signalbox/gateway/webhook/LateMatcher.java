package io.signalbox.gateway.webhook;

import io.signalbox.gateway.ledger.LateMatches.Match;
import io.signalbox.gateway.ledger.WebhookInbox;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again at the newest receipts that no attempt was known for, where several nodes store them:
 * each is looked at twice, some seconds after it was stored. Used on one context.
 */
final class LateMatcher {
  private static final Logger LOG = LoggerFactory.getLogger(LateMatcher.class);
  private static final long INTERVAL_MILLIS = 2_000;
  private static final long AT_START = 10_000;

  private final Vertx vertx;
  private final WebhookInbox inbox;
  private final Clock clock;
  private final Consumer<Match> listener;
  private long before = -1;
  private long last = -1;
  private boolean looking;
  private long timer;

  /**
   * Makes a matcher; {@link #start} begins to look.
   *
   * @param listener told of what took effect
   */
  LateMatcher(Vertx vertx, WebhookInbox inbox, Clock clock, Consumer<Match> listener) {
    this.vertx = vertx;
    this.inbox = inbox;
    this.clock = clock;
    this.listener = listener;
  }

  void start() {
    timer = vertx.setPeriodic(INTERVAL_MILLIS, tick -> look());
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  private void look() {
    if (looking || !inbox.matchesLate()) {
      return;
    }
    looking = true;
    inbox
        .matchLate(before, clock.millis())
        .onComplete(
            late -> {
              looking = false;
              before = last < 0 ? Math.max(0, late.newest() - AT_START) : last;
              last = late.newest();
              late.found().forEach(listener);
            },
            failure -> {
              looking = false;
              LOG.debug("late receipts were not looked for: {}", failure.getMessage());
            });
  }
}
