package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.path;
import static io.signalbox.gateway.config.ValueTypes.sha256s;
import static io.signalbox.gateway.config.ValueTypes.texts;

import io.signalbox.loader.check.PluginTrust;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The keys of the section {@code plugins}. */
final class PluginsKeys {
  static final KeyGroup GROUP = new KeyGroup("plugins");

  static final ConfigKey<Path> DIR =
      GROUP.key(
          "dir",
          path(),
          "${home}/plugins",
          "Folder of plugin jars and provider files; see [plugins](plugins.md).");

  static final ConfigKey<Set<String>> ALLOW =
      GROUP.key(
          "allow", sha256s(), "", "SHA-256 digests of the jars that may run; empty allows all.");

  static final ConfigKey<List<String>> SIGNERS =
      GROUP.key(
          "signers",
          texts("SHA-256 fingerprints and paths of PEM files", "/etc/signalbox/signer.pem"),
          "",
          "Certificates whose owners must have signed a jar, or issued its signer's certificate;"
              + " empty asks for no signature.");

  private PluginsKeys() {}

  static GatewayConfig.Plugins read(ConfigValues v) {
    return new GatewayConfig.Plugins(v.get(DIR), new PluginTrust(v.get(ALLOW), v.get(SIGNERS)));
  }
}
