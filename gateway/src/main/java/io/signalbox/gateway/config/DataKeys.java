package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.path;

import java.nio.file.Path;

/** The keys of the section {@code data}. */
final class DataKeys {
  static final KeyGroup GROUP = new KeyGroup("data");

  static final ConfigKey<Path> DIR =
      GROUP.key("dir", path(), "./data", "The data directory: ledger, keys, staged plugins.");

  private DataKeys() {}

  static GatewayConfig.Data read(ConfigValues v) {
    return new GatewayConfig.Data(v.get(DIR));
  }
}
