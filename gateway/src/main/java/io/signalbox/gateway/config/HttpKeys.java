package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.integer;
import static io.signalbox.gateway.config.ValueTypes.text;

import java.time.Duration;

/** The keys of the section {@code http}. */
final class HttpKeys {
  static final KeyGroup GROUP = new KeyGroup("http");

  static final ConfigKey<String> HOST =
      GROUP.key("host", text(), "127.0.0.1", "Address to listen on.");

  static final ConfigKey<Integer> PORT =
      GROUP.key(
          "port",
          integer(0, 65_535),
          "8080",
          "Port to listen on; 0 takes a free one, which is printed.");

  static final ConfigKey<Integer> INSTANCES =
      GROUP.key("instances", integer(1, 64), "${cores}", "How many event loops serve HTTP.");

  static final ConfigKey<Duration> DRAIN_TIMEOUT =
      GROUP.key(
          "drain_timeout",
          duration("0s", "10m"),
          "10s",
          "How long a stop waits for requests and attempts under way.");

  private HttpKeys() {}

  static GatewayConfig.Http read(ConfigValues v) {
    return new GatewayConfig.Http(v.get(HOST), v.get(PORT), v.get(INSTANCES), v.get(DRAIN_TIMEOUT));
  }
}
