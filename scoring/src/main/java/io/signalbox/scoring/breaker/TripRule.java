package io.signalbox.scoring.breaker;

import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.RollingCounts;
import org.jspecify.annotations.Nullable;

/** Watches the results of a closed breaker and says when it has to open. */
final class TripRule {
  private final BreakerSettings settings;
  private final RollingCounts window;
  private int consecutiveFailures;

  TripRule(BreakerSettings settings) {
    this.settings = settings;
    window = new RollingCounts(settings.rollingWindowMillis());
  }

  /** Counts a result and returns why the breaker has to open, or null. */
  @Nullable TransitionCause record(AttemptResult result, long nowMillis) {
    window.record(result, nowMillis);
    return switch (result) {
      case NEUTRAL -> null;
      case SUCCESS -> {
        consecutiveFailures = 0;
        yield null;
      }
      case FAILURE -> {
        // Failures that have left the window no longer belong to the run.
        consecutiveFailures = Math.min(consecutiveFailures + 1, window.failures(nowMillis));
        yield judge(nowMillis);
      }
    };
  }

  private @Nullable TransitionCause judge(long nowMillis) {
    if (consecutiveFailures >= settings.failureThreshold()) {
      return TransitionCause.CONSECUTIVE_FAILURES;
    }
    double rate = window.failureRate(nowMillis);
    if (window.failures(nowMillis) >= settings.failureThreshold()
        && rate >= settings.minimumFailureRate()) {
      return TransitionCause.FAILURE_COUNT;
    }
    if (window.calls(nowMillis) >= settings.minimumCalls()
        && rate >= settings.failureRateThreshold()) {
      return TransitionCause.FAILURE_RATE;
    }
    return null;
  }

  String evidence(long nowMillis) {
    return window.failures(nowMillis)
        + " of "
        + window.calls(nowMillis)
        + " calls failed within "
        + settings.rollingWindowMillis()
        + " ms, the last "
        + consecutiveFailures
        + " in a row";
  }

  int calls(long nowMillis) {
    return window.calls(nowMillis);
  }

  int failures(long nowMillis) {
    return window.failures(nowMillis);
  }

  void clear() {
    window.clear();
    consecutiveFailures = 0;
  }
}
