package io.signalbox.gateway.delivery;

import io.signalbox.gateway.config.PluginsSettings;
import io.signalbox.loader.AbandonedException;
import io.signalbox.scoring.canary.CanaryRule;
import io.signalbox.scoring.canary.CanaryVerdict;
import io.signalbox.scoring.canary.Tally;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;

/**
 * The trial of a generation that gets a share of the traffic: looks at what comes of it until a
 * verdict can be given. Thread-safe.
 */
final class CanaryRun {
  private static final long LOOK_MILLIS = 250;

  private final Vertx vertx;
  private final CanaryRule rule;
  private final AttemptTally before;
  private final AttemptTally canary;
  private final Tally beforeAtBegin;
  private final Clock clock;
  private final long beginMillis;
  private final Promise<Void> verdict = Promise.promise();
  private final long timer;

  /** The generation on trial goes; its message says why. */
  static final class RolledBackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RolledBackException(String reason) {
      super(reason);
    }
  }

  /** Begins, now that both get traffic. */
  CanaryRun(
      Vertx vertx,
      PluginsSettings.Canary settings,
      AttemptTally before,
      AttemptTally canary,
      Clock clock) {
    this.vertx = vertx;
    this.rule = new CanaryRule(settings.duration().toMillis(), settings.minAttempts());
    this.before = before;
    this.canary = canary;
    this.beforeAtBegin = before.now();
    this.clock = clock;
    this.beginMillis = clock.millis();
    this.timer = vertx.setPeriodic(LOOK_MILLIS, tick -> look());
  }

  /**
   * Succeeds if it is to take over; fails with a {@link RolledBackException} if it did worse, and
   * with an {@link AbandonedException} if it was ended before.
   */
  Future<Void> verdict() {
    return verdict.future();
  }

  /** Ends it without a verdict of its own. */
  void abandon(String reason) {
    end(new AbandonedException(reason));
  }

  private void end(RuntimeException failure) {
    vertx.cancelTimer(timer);
    verdict.tryFail(failure);
  }

  private void look() {
    Tally old = before.now().since(beforeAtBegin);
    Tally fresh = canary.now();
    CanaryVerdict found = rule.judge(old, fresh, clock.millis() - beginMillis);
    if (found == CanaryVerdict.ROLL_BACK) {
      end(
          new RolledBackException(
              fresh
                  + " attempts of the new version failed, and "
                  + old
                  + " of the one before in the same time"));
    } else if (found == CanaryVerdict.PROMOTE) {
      vertx.cancelTimer(timer);
      verdict.tryComplete();
    }
  }
}
