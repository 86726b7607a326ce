package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.path;

import java.nio.file.Path;

/** The keys of the section {@code policies}. */
final class PoliciesKeys {
  static final KeyGroup GROUP = new KeyGroup("policies");

  static final ConfigKey<Path> DIR =
      GROUP.key(
          "dir",
          path(),
          "${home}/policies",
          "Folder of routing policies, one YAML file each; it need not be there.");

  private PoliciesKeys() {}

  static GatewayConfig.Policies read(ConfigValues v) {
    return new GatewayConfig.Policies(v.get(DIR));
  }
}
