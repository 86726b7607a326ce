package io.signalbox.gateway.callback;

import io.signalbox.gateway.callback.CallbackAnswer.Answered;
import io.signalbox.gateway.callback.CallbackAnswer.Unsent;
import io.signalbox.gateway.compat.hooks.Hooks;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.DeliveryState;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What follows an attempt. Pure but for the injected randomness. */
final class RetryPlan {
  /** The longest wait that an endpoint can ask for. */
  static final Duration LONGEST_WAIT = Duration.ofHours(10);

  /** How long one of many to a place that does not answer waits for its turn. */
  private static final Duration TURN = Duration.ofMinutes(1);

  private static final int GONE = 410;
  private static final double JITTER = 0.1;

  private final List<Duration> delays;
  private final DoubleSupplier random;

  /**
   * Makes a plan.
   *
   * @param delays waits before the second and later attempts
   * @param random from 0 to 1
   */
  RetryPlan(List<Duration> delays, DoubleSupplier random) {
    this.delays = List.copyOf(delays);
    this.random = random;
  }

  /**
   * How long there can be no attempt at an endpoint that has something to be retried: as long as
   * the longest wait, and as much again for what holds attempts up.
   */
  Duration longestGap() {
    Duration planned = delays.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    return (planned.compareTo(LONGEST_WAIT) > 0 ? planned : LONGEST_WAIT).multipliedBy(2);
  }

  /** How long what is not attempted now waits for its turn; not longer than an attempt would. */
  long turnMillis() {
    Duration longest = delays.stream().max(Duration::compareTo).orElse(TURN);
    return jittered(longest.compareTo(TURN) < 0 ? longest : TURN);
  }

  private long jittered(Duration wait) {
    return Math.round(wait.toMillis() * (1 - JITTER + 2 * JITTER * random.getAsDouble()));
  }

  /**
   * What follows.
   *
   * @param waitMillis how long until the next attempt; 0 if there is none
   * @param disables why the endpoint is disabled at once; null if it is not
   */
  record Step(DeliveryState state, long waitMillis, @Nullable String disables) {}

  /**
   * Decides.
   *
   * @param attempts how many there were, with the one that brought this answer
   * @param format of the endpoint: providers take different answers for a last word
   */
  Step after(int attempts, CallbackAnswer answer, CallbackFormat format) {
    if (answer instanceof Unsent) {
      return new Step(DeliveryState.SKIPPED, 0, null);
    }
    if (answer.isSuccess()) {
      return new Step(DeliveryState.DELIVERED, 0, null);
    }
    if (answer instanceof Answered answered && answered.status() == GONE) {
      return new Step(DeliveryState.FAILED, 0, CallbackEndpoint.GONE);
    }
    if (attempts > delays.size() || Hooks.isFinal(format, answer.status())) {
      return new Step(DeliveryState.FAILED, 0, null);
    }
    long wait = jittered(delays.get(attempts - 1));
    return new Step(DeliveryState.PENDING, Math.max(wait, askedFor(answer)), null);
  }

  /** How long the endpoint asked to be left alone, within bounds; 0 if it did not ask. */
  static long askedFor(CallbackAnswer answer) {
    return answer instanceof Answered answered
        ? Math.min(answered.retryAfter().toMillis(), LONGEST_WAIT.toMillis())
        : 0;
  }
}
