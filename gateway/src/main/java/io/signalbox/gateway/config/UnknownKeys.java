package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.duration;

import java.time.Duration;

/** The keys of the section {@code unknown}. */
final class UnknownKeys {
  static final KeyGroup GROUP = new KeyGroup("unknown");

  static final ConfigKey<Duration> FAILOVER_AFTER =
      GROUP.key(
          "failover_after",
          duration("0s", "1h"),
          "5s",
          "How long the policy failover waits for a receipt after an unknown outcome.");

  static final ConfigKey<Duration> WAIT_FOR =
      GROUP.key(
          "wait_for",
          duration("0s", "24h"),
          "30s",
          "How long the policy wait waits for a receipt before it fails over.");

  private UnknownKeys() {}

  static GatewayConfig.Unknown read(ConfigValues v) {
    return new GatewayConfig.Unknown(v.get(FAILOVER_AFTER), v.get(WAIT_FOR));
  }
}
