package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.integer;
import static io.signalbox.gateway.config.ValueTypes.oneOf;
import static io.signalbox.gateway.config.ValueTypes.optional;
import static io.signalbox.gateway.config.ValueTypes.path;
import static io.signalbox.gateway.config.ValueTypes.secret;
import static io.signalbox.gateway.config.ValueTypes.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keys of the section {@code redis}. */
final class RedisKeys {
  static final KeyGroup GROUP = new KeyGroup("redis");

  static final ConfigKey<List<String>> URLS =
      GROUP.key(
          "urls",
          RedisUrls.type(),
          "",
          "Addresses of Redis: one server, or the sentinels, or some nodes of a cluster; with"
              + " rediss:// over TLS. Empty: this gateway uses no Redis.");

  static final ConfigKey<String> MODE =
      GROUP.key(
          "mode",
          oneOf("standalone", "sentinel", "cluster"),
          "standalone",
          "What stands at the addresses.");

  static final ConfigKey<String> MASTER =
      GROUP.key("master", text(), "mymaster", "Name of the master that the sentinels watch.");

  static final ConfigKey<Optional<String>> USER =
      GROUP.key("user", optional(text()), "", "ACL user; empty for Redis's default user.");

  static final ConfigKey<Optional<SecretReference>> PASSWORD =
      GROUP.key(
          "password",
          optional(secret()),
          "",
          "Where the user's password is; read again for each connection. Empty for none.");

  static final ConfigKey<Optional<Path>> CA_FILE =
      GROUP.key(
          "ca_file",
          optional(path()),
          "",
          "PEM file of the authorities that vouch for Redis's certificate; empty for those of the"
              + " JDK.");

  static final ConfigKey<String> PREFIX =
      GROUP.key(
          "prefix",
          text(),
          "signalbox",
          "What all keys begin with; gateways with the same one share what they know.");

  static final ConfigKey<Duration> CONNECT_TIMEOUT =
      GROUP.key(
          "connect_timeout", duration("100ms", "60s"), "2s", "How long a connection may take.");

  static final ConfigKey<Duration> COMMAND_TIMEOUT =
      GROUP.key(
          "command_timeout",
          duration("10ms", "60s"),
          "1s",
          "How long an answer may take before the connection is given up.");

  static final ConfigKey<Integer> MAX_IN_FLIGHT =
      GROUP.key(
          "max_in_flight",
          integer(1, 100_000),
          "10000",
          "How many commands may wait for their answers before further ones are refused.");

  private RedisKeys() {}

  static RedisSettings read(ConfigValues v) {
    return new RedisSettings(
        v.get(URLS),
        RedisSettings.Mode.valueOf(v.get(MODE).toUpperCase(Locale.ROOT)),
        v.get(MASTER),
        v.get(USER),
        v.get(PASSWORD),
        v.get(CA_FILE),
        v.get(PREFIX),
        v.get(CONNECT_TIMEOUT),
        v.get(COMMAND_TIMEOUT),
        v.get(MAX_IN_FLIGHT));
  }
}
