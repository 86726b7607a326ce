package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.path;

import java.nio.file.Path;
import java.time.Duration;

/** The keys of the section {@code security}. */
final class SecurityKeys {
  static final KeyGroup GROUP = new KeyGroup("security");

  static final ConfigKey<Path> JWT_KEY_FILE =
      GROUP.key(
          "jwt_key_file",
          path(),
          "${data.dir}/jwt.key",
          "File with the key that signs tokens; made at the first start.");

  static final ConfigKey<Duration> TOKEN_TTL =
      GROUP.key(
          "token_ttl",
          duration("1m", "3650d"),
          "30d",
          "How long tokens live that this gateway makes.");

  private SecurityKeys() {}

  static GatewayConfig.Security read(ConfigValues v) {
    return new GatewayConfig.Security(v.get(JWT_KEY_FILE), v.get(TOKEN_TTL));
  }
}
