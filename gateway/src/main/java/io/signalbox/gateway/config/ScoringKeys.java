package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.decimal;
import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.integer;
import static io.signalbox.gateway.config.ValueTypes.oneOf;

import java.time.Duration;

/** The keys of the section {@code scoring}. */
final class ScoringKeys {
  static final KeyGroup GROUP = new KeyGroup("scoring");

  static final ConfigKey<String> POLICY =
      GROUP.key(
          "policy",
          oneOf("weighted", "adjusted", "cheapest"),
          "weighted",
          "How providers are scored.");

  static final ConfigKey<String> STRATEGY =
      GROUP.key(
          "strategy", oneOf("best", "weighted"), "best", "How one is chosen from the ranking.");

  static final ConfigKey<Integer> WINDOW =
      GROUP.key("window", integer(10, 10_000), "100", "How many attempts a health window holds.");

  static final ConfigKey<Double> EXPLORATION =
      GROUP.key(
          "exploration",
          decimal(0.0, 1.0),
          "0.01",
          "Share of choices that try the candidate tried least recently.");

  static final ConfigKey<Duration> MAX_RESPONSE_TIME =
      GROUP.key("max_response_time", duration("1ms", "10m"), "5s", "Response time that scores 0.");

  static final ConfigKey<Double> MIN_SUCCESS_RATE =
      GROUP.key(
          "min_success_rate",
          decimal(0.0, 1.0),
          "0.8",
          "Success rate below which a provider is degraded.");

  static final ConfigKey<Duration> PUBLISH_INTERVAL =
      GROUP.key(
          "publish_interval",
          duration("10ms", "1m"),
          "200ms",
          "How often a changed ranking is published.");

  static final ConfigKey<Double> MAX_SHIFT_PER_SECOND =
      GROUP.key(
          "max_shift_per_second",
          decimal(0.001, 1.0),
          "0.2",
          "Share of a channel's traffic that may move between providers in a second.");

  static final ConfigKey<Double> SHIFT_MARGIN =
      GROUP.key(
          "shift_margin",
          decimal(0.0, 100.0),
          "5",
          "Points by which another provider must be better before traffic moves to it.");

  static final ConfigKey<Duration> LATE_AFTER_MIN =
      GROUP.key(
          "late_after_min",
          duration("100ms", "1h"),
          "5s",
          "A delivery is never late before that, however fast its provider usually is.");

  static final ConfigKey<Duration> LATE_AFTER_MAX =
      GROUP.key(
          "late_after_max",
          duration("1s", "24h"),
          "15m",
          "A delivery is always late after that, however slow its provider usually is.");

  private ScoringKeys() {}

  static GatewayConfig.Scoring read(ConfigValues v) {
    return new GatewayConfig.Scoring(
        v.get(POLICY),
        v.get(STRATEGY),
        v.get(WINDOW),
        v.get(EXPLORATION),
        v.get(MAX_RESPONSE_TIME),
        v.get(MIN_SUCCESS_RATE),
        v.get(PUBLISH_INTERVAL),
        v.get(MAX_SHIFT_PER_SECOND),
        v.get(SHIFT_MARGIN),
        v.get(LATE_AFTER_MIN),
        v.get(LATE_AFTER_MAX));
  }
}
