package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.path;
import static io.signalbox.gateway.config.ValueTypes.sha256s;

import java.nio.file.Path;
import java.util.Set;

/** The keys of the section {@code plugins}. */
final class PluginsKeys {
  static final KeyGroup GROUP = new KeyGroup("plugins");

  static final ConfigKey<Path> DIR =
      GROUP.key("dir", path(), "${home}/plugins", "Folder of plugin jars and provider files.");

  static final ConfigKey<Set<String>> ALLOWED_SHA256 =
      GROUP.key(
          "allowed_sha256", sha256s(), "", "Digests of the jars that may run; empty allows all.");

  private PluginsKeys() {}

  static GatewayConfig.Plugins read(ConfigValues v) {
    return new GatewayConfig.Plugins(v.get(DIR), v.get(ALLOWED_SHA256));
  }
}
