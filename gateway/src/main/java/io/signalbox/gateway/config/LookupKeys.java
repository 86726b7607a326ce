package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.decimal;
import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.growingDurations;

import java.time.Duration;
import java.util.List;

/** The keys of the section {@code lookup}. */
final class LookupKeys {
  static final KeyGroup GROUP = new KeyGroup("lookup");

  static final ConfigKey<Double> RATE_PER_SECOND =
      GROUP.key(
          "rate_per_second",
          decimal(0.01, 1_000),
          "5",
          "How many questions about statuses one provider is asked in a second at most.");

  static final ConfigKey<Duration> TIMEOUT =
      GROUP.key("timeout", duration("100ms", "1m"), "5s", "How long one such answer may take.");

  static final ConfigKey<Duration> UNKNOWN_AFTER =
      GROUP.key(
          "unknown_after",
          duration("0s", "1h"),
          "1s",
          "When a provider is first asked about an unknown outcome; again before a failover.");

  static final ConfigKey<List<Duration>> RECEIPT_AFTER =
      GROUP.key(
          "receipt_after",
          growingDurations("1s", "7d"),
          "10m, 1h, 24h",
          "Ages at which a provider is asked about what has no final receipt; empty for never.");

  private LookupKeys() {}

  static GatewayConfig.Lookup read(ConfigValues v) {
    return new GatewayConfig.Lookup(
        v.get(RATE_PER_SECOND), v.get(TIMEOUT), v.get(UNKNOWN_AFTER), v.get(RECEIPT_AFTER));
  }
}
