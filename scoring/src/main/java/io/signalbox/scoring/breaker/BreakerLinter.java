package io.signalbox.scoring.breaker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds settings of a breaker that cannot do what they say for one provider: rules that can never
 * open it because too few calls come, and times that do not fit each other. It counts the most that
 * can happen, so what it finds is certain; what it does not find may still be unwise.
 */
public final class BreakerLinter {
  private static final String THRESHOLD = "breaker.failure_threshold";
  private static final String MINIMUM_CALLS = "breaker.minimum_calls";
  private static final String RECOVERY = "breaker.recovery_timeout";
  private static final String MAX_RECOVERY = "breaker.max_recovery_timeout";
  private static final String TRIALS = "breaker.half_open_trials";

  private final BreakerSettings settings;
  private final BreakerTraffic traffic;
  private final List<Finding> findings = new ArrayList<>();

  private BreakerLinter(BreakerSettings settings, BreakerTraffic traffic) {
    this.settings = settings;
    this.traffic = traffic;
  }

  /**
   * Something that cannot work as configured.
   *
   * @param key the key that it is about
   * @param text what is wrong, with the numbers, and what would be right
   */
  public record Finding(String key, String text) {}

  /** Looks at everything; empty if nothing was found. */
  public static List<Finding> lint(BreakerSettings settings, BreakerTraffic traffic) {
    BreakerLinter linter = new BreakerLinter(settings, traffic);
    linter.counts(THRESHOLD, settings.failureThreshold(), "the breaker never opens by a count");
    linter.counts(MINIMUM_CALLS, settings.minimumCalls(), "the failure rate never counts");
    linter.times();
    return List.copyOf(linter.findings);
  }

  private void counts(String key, int needed, String effect) {
    long window = settings.rollingWindowMillis();
    double atItsRate = traffic.endsAtItsRate(window);
    double hanging = traffic.endsWhileHanging(window);
    if (needed > atItsRate) {
      find(
          key,
          "is %s, but at max_per_second %s at most %s calls fit into breaker.window (%s): %s. Use at"
              + " most %s, or a window of at least %s.",
          needed,
          plain(traffic.maxPerSecond()),
          (long) atItsRate,
          time(window),
          effect,
          Math.max(1, (long) atItsRate),
          time((long) Math.ceil((needed - traffic.burst()) / traffic.maxPerSecond() * 1_000)));
    } else if (needed > hanging) {
      find(
          key,
          "is %s, but when the provider hangs at most %s calls end within breaker.window (%s), with"
              + " max_concurrent %s and timeout %s: then %s. Use at most %s, or a shorter timeout.",
          needed,
          (long) hanging,
          time(window),
          traffic.maxConcurrent(),
          time(traffic.callTimeoutMillis()),
          effect,
          (long) hanging);
    }
  }

  private void times() {
    long recovery = settings.recoveryTimeoutMillis();
    long longest = settings.maxRecoveryTimeoutMillis();
    if (recovery >= traffic.windowMillis()) {
      outlasts(RECOVERY, recovery);
    } else if (longest >= traffic.windowMillis()) {
      outlasts(MAX_RECOVERY, longest);
    }
    if (settings.trialTimeoutMillis() > longest) {
      find(
          MAX_RECOVERY,
          "is %s, but a trial that gets lost keeps the breaker half-open for %s. Use at least that,"
              + " or a shorter timeout.",
          time(longest),
          time(settings.trialTimeoutMillis()));
    }
    if (settings.halfOpenMaxTrials() > traffic.maxConcurrent()) {
      find(
          TRIALS,
          "is %s, but max_concurrent lets only %s run at a time. Use at most %s.",
          settings.halfOpenMaxTrials(),
          traffic.maxConcurrent(),
          traffic.maxConcurrent());
    }
  }

  private void outlasts(String key, long millis) {
    find(
        key,
        "is %s, but notifications are given up after dispatch.window (%s): what only this provider"
            + " can deliver does not live to see a trial. Use less.",
        time(millis),
        time(traffic.windowMillis()));
  }

  private void find(String key, String text, Object... numbers) {
    findings.add(new Finding(key, String.format(Locale.ROOT, text, numbers)));
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** A duration as configuration files write it. */
  private static String time(long millis) {
    for (Unit unit : Unit.values()) {
      if (millis % unit.millis == 0) {
        return millis / unit.millis + unit.name();
      }
    }
    return millis + "ms";
  }

  /** The names are what configuration files say. */
  private enum Unit {
    d(86_400_000),
    h(3_600_000),
    m(60_000),
    s(1_000);

    private final long millis;

    Unit(long millis) {
      this.millis = millis;
    }
  }
}
