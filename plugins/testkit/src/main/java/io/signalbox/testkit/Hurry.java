package io.signalbox.testkit;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls that are to run out of time at a certain point. A machine that stands still for a moment
 * lets the time pass before the call has got there; then it is made again, with more time.
 */
final class Hurry {
  private static final Logger LOG = LoggerFactory.getLogger(Hurry.class);
  private static final List<Duration> MORE = List.of(Duration.ofSeconds(2), Duration.ofSeconds(10));

  private Hurry() {}

  /**
   * The first outcome of that kind, or else the last.
   *
   * @param least the time that a call has at first
   * @param call made with the time that it may take
   */
  static Outcome until(OutcomeKind kind, Duration least, Function<Duration, Outcome> call) {
    Outcome outcome = call.apply(least);
    for (Duration time : MORE) {
      if (outcome.kind() != kind) {
        LOG.warn("{} where {} was to come: again, with {}", outcome, kind, time);
        outcome = call.apply(time);
      }
    }
    return outcome;
  }
}
