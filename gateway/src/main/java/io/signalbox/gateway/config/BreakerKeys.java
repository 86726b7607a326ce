package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.decimal;
import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.integer;

import java.time.Duration;

/** The keys of the section {@code breaker}. */
final class BreakerKeys {
  static final KeyGroup GROUP = new KeyGroup("breaker");

  static final ConfigKey<Integer> FAILURE_THRESHOLD =
      GROUP.key(
          "failure_threshold",
          integer(1, 10_000),
          "5",
          "Failures in the window that open a breaker.");

  static final ConfigKey<Double> FAILURE_RATE =
      GROUP.key(
          "failure_rate",
          decimal(0.01, 1.0),
          "0.5",
          "Share of failures in the window that opens a breaker, from minimum_calls on.");

  static final ConfigKey<Integer> MINIMUM_CALLS =
      GROUP.key(
          "minimum_calls",
          integer(1, 100_000),
          "20",
          "Calls in the window before the rate counts.");

  static final ConfigKey<Duration> WINDOW =
      GROUP.key("window", duration("1s", "1h"), "60s", "Length of the rolling window.");

  static final ConfigKey<Duration> RECOVERY_TIMEOUT =
      GROUP.key(
          "recovery_timeout",
          duration("10ms", "24h"),
          "60s",
          "How long a breaker stays open; doubles each time a trial fails.");

  static final ConfigKey<Duration> MAX_RECOVERY_TIMEOUT =
      GROUP.key(
          "max_recovery_timeout",
          duration("10ms", "24h"),
          "300s",
          "Longest time a breaker stays open.");

  static final ConfigKey<Integer> SUCCESSES_TO_CLOSE =
      GROUP.key(
          "successes_to_close", integer(1, 1_000), "3", "Successful trials that close a breaker.");

  static final ConfigKey<Integer> HALF_OPEN_TRIALS =
      GROUP.key(
          "half_open_trials",
          integer(1, 1_000),
          "1",
          "Trials under way at a time while half-open.");

  private BreakerKeys() {}

  static GatewayConfig.Breaker read(ConfigValues v) {
    return new GatewayConfig.Breaker(
        v.get(FAILURE_THRESHOLD),
        v.get(FAILURE_RATE),
        v.get(MINIMUM_CALLS),
        v.get(WINDOW),
        v.get(RECOVERY_TIMEOUT),
        v.get(MAX_RECOVERY_TIMEOUT),
        v.get(SUCCESSES_TO_CLOSE),
        v.get(HALF_OPEN_TRIALS));
  }
}
