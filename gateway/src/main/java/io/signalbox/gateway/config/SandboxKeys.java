package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.flag;
import static io.signalbox.gateway.config.ValueTypes.integer;
import static io.signalbox.gateway.config.ValueTypes.path;
import static io.signalbox.gateway.config.ValueTypes.url;

import java.nio.file.Path;
import java.util.Optional;

/** The keys of the section {@code sandbox}. */
final class SandboxKeys {
  static final KeyGroup GROUP = new KeyGroup("sandbox");

  static final ConfigKey<Boolean> ENABLED =
      GROUP.key(
          "enabled",
          flag(),
          "false",
          "Whether the sandbox's providers are configured; also the flag --sandbox.");

  static final ConfigKey<Integer> PORT =
      GROUP.key(
          "port",
          integer(0, 65_535),
          "8090",
          "Control port of the simulator that is started in this process; 0 takes a free one.");

  static final ConfigKey<Optional<String>> URL =
      GROUP.key(
          "url",
          url(),
          "",
          "Control URL of a simulator that runs elsewhere; empty starts one in this process.");

  static final ConfigKey<Path> PROVIDERS_DIR =
      GROUP.key("providers_dir", path(), "${home}/conf/sandbox", "Provider files for the sandbox.");

  private SandboxKeys() {}

  static GatewayConfig.Sandbox read(ConfigValues v) {
    return new GatewayConfig.Sandbox(v.get(ENABLED), v.get(PORT), v.get(URL), v.get(PROVIDERS_DIR));
  }
}
