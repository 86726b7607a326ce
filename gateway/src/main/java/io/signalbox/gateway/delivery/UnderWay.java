package io.signalbox.gateway.delivery;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;

/**
 * Counts the deliveries under way at one provider, and waits for their end. Used on one context.
 */
final class UnderWay {
  private static final long CHECK_MILLIS = 20;

  /** How long nothing must be under way before a draining provider is closed. */
  private static final long QUIET_MILLIS = 200;

  private final Vertx vertx;
  private final Clock clock;
  private int count;
  private long quietSinceMillis;

  UnderWay(Vertx vertx, Clock clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  void begun() {
    count++;
  }

  void ended() {
    count--;
    quietSinceMillis = clock.millis();
  }

  /**
   * Succeeds once nothing has been under way for a moment, or the longest wait is over. Requests
   * that are on their way to the provider now are counted when they come.
   */
  Future<Void> drained(Duration longest) {
    quietSinceMillis = clock.millis();
    long deadline = clock.millis() + longest.toMillis();
    Promise<Void> drained = Promise.promise();
    long timer =
        vertx.setPeriodic(
            CHECK_MILLIS,
            tick -> {
              long now = clock.millis();
              if ((count == 0 && now - quietSinceMillis >= QUIET_MILLIS) || now >= deadline) {
                drained.tryComplete();
              }
            });
    return drained.future().onComplete(done -> vertx.cancelTimer(timer));
  }
}
