package io.signalbox.scoring.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.breaker.BreakerLinter.Finding;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BreakerLinterTest {
  private static final long DAY = 86_400_000;

  private static BreakerSettings settings(
      int threshold, int minimumCalls, long window, long recovery, long longest, int trials) {
    return new BreakerSettings(
        threshold, 0.1, 0.5, minimumCalls, window, recovery, longest, 3, trials, 40_000);
  }

  private static BreakerTraffic traffic(double perSecond, int concurrent, long timeout) {
    return new BreakerTraffic(perSecond, Math.max(1, perSecond), concurrent, timeout, DAY);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(
            "too few calls at the rate for minimum_calls",
            settings(5, 20, 60_000, 60_000, 300_000, 1),
            traffic(0.2, 64, 10_000),
            List.of(
                new Finding(
                    "breaker.minimum_calls",
                    "is 20, but at max_per_second 0.2 at most 13 calls fit into breaker.window (1m):"
                        + " the failure rate never counts. Use at most 13, or a window of at least"
                        + " 95s."))),
        Arguments.of(
            "too few calls at the rate for both",
            settings(5, 20, 10_000, 60_000, 300_000, 1),
            traffic(0.1, 64, 10_000),
            List.of(
                new Finding(
                    "breaker.failure_threshold",
                    "is 5, but at max_per_second 0.1 at most 2 calls fit into breaker.window (10s):"
                        + " the breaker never opens by a count. Use at most 2, or a window of at"
                        + " least 40s."),
                new Finding(
                    "breaker.minimum_calls",
                    "is 20, but at max_per_second 0.1 at most 2 calls fit into breaker.window (10s):"
                        + " the failure rate never counts. Use at most 2, or a window of at least"
                        + " 190s."))),
        Arguments.of(
            "too few calls end while it hangs",
            settings(5, 20, 10_000, 60_000, 300_000, 1),
            traffic(0, 2, 5_000),
            List.of(
                new Finding(
                    "breaker.failure_threshold",
                    "is 5, but when the provider hangs at most 4 calls end within breaker.window"
                        + " (10s), with max_concurrent 2 and timeout 5s: then the breaker never opens"
                        + " by a count. Use at most 4, or a shorter timeout."),
                new Finding(
                    "breaker.minimum_calls",
                    "is 20, but when the provider hangs at most 4 calls end within breaker.window"
                        + " (10s), with max_concurrent 2 and timeout 5s: then the failure rate never"
                        + " counts. Use at most 4, or a shorter timeout."))),
        Arguments.of(
            "recovery outlasts the notifications",
            settings(5, 20, 60_000, 2 * DAY, 3 * DAY, 1),
            traffic(0, 64, 10_000),
            List.of(
                new Finding(
                    "breaker.recovery_timeout",
                    "is 2d, but notifications are given up after dispatch.window (1d): what"
                        + " only this provider can deliver does not live to see a trial. Use"
                        + " less."))),
        Arguments.of(
            "the longest recovery outlasts the notifications",
            settings(5, 20, 60_000, 60_000, DAY, 1),
            traffic(0, 64, 10_000),
            List.of(
                new Finding(
                    "breaker.max_recovery_timeout",
                    "is 1d, but notifications are given up after dispatch.window (1d): what"
                        + " only this provider can deliver does not live to see a trial. Use"
                        + " less."))),
        Arguments.of(
            "a lost trial holds on longer than an opening",
            settings(5, 20, 60_000, 10_000, 20_000, 1),
            traffic(0, 64, 10_000),
            List.of(
                new Finding(
                    "breaker.max_recovery_timeout",
                    "is 20s, but a trial that gets lost keeps the breaker half-open for 40s. Use at"
                        + " least that, or a shorter timeout."))),
        Arguments.of(
            "more trials than may run",
            settings(5, 20, 60_000, 60_000, 300_000, 8),
            traffic(0, 4, 1_000),
            List.of(
                new Finding(
                    "breaker.half_open_trials",
                    "is 8, but max_concurrent lets only 4 run at a time. Use at most 4."))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void finds(
      String what, BreakerSettings settings, BreakerTraffic traffic, List<Finding> expected) {
    assertThat(BreakerLinter.lint(settings, traffic)).isEqualTo(expected);
  }

  static Stream<Arguments> good() {
    return Stream.of(
        Arguments.of(BreakerSettings.DEFAULT, traffic(0, 64, 10_000)),
        Arguments.of(BreakerSettings.DEFAULT, traffic(0.4, 64, 10_000)),
        Arguments.of(BreakerSettings.DEFAULT, traffic(50, 4, 10_000)),
        Arguments.of(settings(2, 2, 1_000, 60_000, 300_000, 1), traffic(1, 2, 5_000)));
  }

  @ParameterizedTest
  @MethodSource("good")
  void isSilentAboutWhatCanWork(BreakerSettings settings, BreakerTraffic traffic) {
    assertThat(BreakerLinter.lint(settings, traffic)).isEmpty();
  }

  /** What it says is checked against the machine, at the most traffic that there can be. */
  @Test
  void whatItFindsNeverOpensAndWhatItAdvisesDoes() {
    BreakerTraffic traffic = traffic(0.2, 64, 10_000);
    BreakerSettings never = settings(100, 20, 60_000, 60_000, 300_000, 1);
    assertThat(BreakerLinter.lint(never, traffic))
        .extracting(Finding::key)
        .containsExactly("breaker.failure_threshold", "breaker.minimum_calls");
    assertThat(opens(never)).isFalse();
    BreakerSettings advised = settings(13, 13, 60_000, 60_000, 300_000, 1);
    assertThat(BreakerLinter.lint(advised, traffic)).isEmpty();
    assertThat(opens(settings(12, 12, 60_000, 60_000, 300_000, 1))).isTrue();
  }

  /** An hour at a call each five seconds, all of which fail. */
  private static boolean opens(BreakerSettings settings) {
    BreakerDriver driver = new BreakerDriver(settings);
    for (int i = 0; i < 720 && driver.state() == BreakerState.CLOSED; i++) {
      driver.now += 5_000;
      driver.call(AttemptResult.FAILURE);
    }
    return driver.state() == BreakerState.OPEN;
  }
}
