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

  private ScoringKeys() {}

  static GatewayConfig.Scoring read(ConfigValues v) {
    return new GatewayConfig.Scoring(
        v.get(POLICY),
        v.get(STRATEGY),
        v.get(WINDOW),
        v.get(EXPLORATION),
        v.get(MAX_RESPONSE_TIME),
        v.get(MIN_SUCCESS_RATE),
        v.get(PUBLISH_INTERVAL));
  }
}
