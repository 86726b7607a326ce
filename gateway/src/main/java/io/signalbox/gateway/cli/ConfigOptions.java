package io.signalbox.gateway.cli;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the configuration comes from. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "YAML file; without it SIGNALBOX_CONFIG, or conf/signalbox.yaml of the installation")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one key of the configuration, such as --set http.port=9090; may be repeated")
  private Map<String, String> values = new LinkedHashMap<>();

  /** Loads the configuration; what a command's own options say comes last. */
  GatewayConfig load(Map<String, String> own) {
    Map<String, String> overrides = new LinkedHashMap<>(values);
    overrides.putAll(own);
    return ConfigLoader.load(file(), System.getenv(), overrides);
  }

  private Optional<Path> file() {
    if (file != null) {
      return Optional.of(file);
    }
    String named = System.getenv("SIGNALBOX_CONFIG");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    String home = System.getProperty("signalbox.home");
    return Optional.ofNullable(home)
        .map(dir -> Path.of(dir, "conf", "signalbox.yaml"))
        .filter(Files::exists);
  }
}
