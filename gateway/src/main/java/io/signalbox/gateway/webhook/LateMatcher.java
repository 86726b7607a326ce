package io.signalbox.gateway.webhook;

import io.signalbox.gateway.ledger.LateMatches;
import io.signalbox.gateway.ledger.LateMatches.Match;
import io.signalbox.gateway.ledger.WebhookInbox;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again at the newest receipts that no attempt was known for, where several nodes store them:
 * each is looked at twice, some seconds after it was stored, and now and then for more than a
 * minute, since what stores an attempt may have to wait for locks. Used on one context.
 */
final class LateMatcher {
  private static final Logger LOG = LoggerFactory.getLogger(LateMatcher.class);
  private static final long INTERVAL_MILLIS = 2_000;
  private static final long AT_START = 10_000;

  /** Each of so many looks goes back over all that is remembered. */
  private static final int LONG_LOOK = 10;

  /** So many looks are remembered. */
  private static final int REMEMBERED = 40;

  private final Vertx vertx;
  private final WebhookInbox inbox;
  private final Clock clock;
  private final long intervalMillis;
  private final Consumer<Match> listener;

  /** Up to which receipt the last looks went; the last one is not there. */
  private final Deque<Long> before = new ArrayDeque<>();

  private long last = -1;
  private int looks;
  private boolean looking;
  private boolean stopped;
  private long timer;

  /**
   * Makes a matcher; {@link #start} begins to look.
   *
   * @param listener told of what took effect
   */
  LateMatcher(Vertx vertx, WebhookInbox inbox, Clock clock, Consumer<Match> listener) {
    this(vertx, inbox, clock, INTERVAL_MILLIS, listener);
  }

  /** The same with another time from look to look. */
  LateMatcher(
      Vertx vertx, WebhookInbox inbox, Clock clock, long intervalMillis, Consumer<Match> listener) {
    this.intervalMillis = intervalMillis;
    this.vertx = vertx;
    this.inbox = inbox;
    this.clock = clock;
    this.listener = listener;
  }

  void start() {
    timer = vertx.setPeriodic(intervalMillis, tick -> look());
  }

  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void look() {
    if (!looking && inbox.matchesLate()) {
      looking = true;
      looks++;
      look(after());
    }
  }

  /** After which receipt a look begins; -1 for the first, which only learns where they are. */
  private long after() {
    if (before.isEmpty()) {
      return -1;
    }
    return looks % LONG_LOOK == 0 ? before.getFirst() : before.getLast();
  }

  private void look(long after) {
    inbox
        .matchLate(after, clock.millis())
        .onComplete(
            late -> looked(after, late),
            failure -> {
              looking = false;
              LOG.debug("late receipts were not looked for: {}", failure.getMessage());
            });
  }

  private void looked(long after, LateMatches late) {
    late.found().forEach(listener);
    if (late.more() && !stopped) {
      look(after);
      return;
    }
    looking = false;
    before.add(last < 0 ? Math.max(0, late.newest() - AT_START) : last);
    last = late.newest();
    if (before.size() > REMEMBERED) {
      before.removeFirst();
    }
  }
}
