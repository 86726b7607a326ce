package io.signalbox.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Settings of a gateway process, by their names in the configuration. */
public record GatewaySettings(Map<String, String> values) {

  private static final String PATIENCE = "30s";

  /** Copies the map. */
  public GatewaySettings {
    values = Map.copyOf(values);
  }

  /** A gateway on a free port with its data there, on the store that is tested. */
  public static GatewaySettings in(Path dataDir) {
    return TestStore.configured(
        new GatewaySettings(Map.of("data.dir", dataDir.toString(), "http.port", "0")));
  }

  /** The same with one more. */
  public GatewaySettings with(String key, Object value) {
    Map<String, String> more = new HashMap<>(values);
    more.put(key, value.toString());
    return new GatewaySettings(more);
  }

  /**
   * Two mail and two SMS providers and Telegram against a simulator that runs elsewhere: few enough
   * that a test can break all of a channel.
   */
  GatewaySettings against(SimulatorProcess simulator) {
    return against(simulator, SimulatorProcess.PLUGINS);
  }

  /**
   * Some of the sandbox's providers against a simulator that runs elsewhere, with patience: a slow
   * machine must not look like a slow provider. Tests of providers that give no answer have less.
   */
  public GatewaySettings against(SimulatorProcess simulator, List<String> providers) {
    Path folder = dataDir().resolve("sandbox");
    Distribution.copySandboxProviders(folder, providers);
    return with("sandbox.enabled", true)
        .with("sandbox.url", simulator.url())
        .with("sandbox.providers_dir", folder)
        .withAttemptTimeout(PATIENCE);
  }

  /**
   * The same, after its providers' files were given another timeout.
   *
   * @param timeout how long an attempt may take, such as {@code 30s}
   * @param only the providers; none for all
   */
  public GatewaySettings withAttemptTimeout(String timeout, String... only) {
    Path folder = Path.of(String.valueOf(values.get("sandbox.providers_dir")));
    List<String> names = Stream.of(only).map(provider -> provider + ".yaml").toList();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (names.isEmpty() || names.contains(String.valueOf(file.getFileName()))) {
          String text = Files.readString(file);
          Files.writeString(file, text.replaceAll("timeout: \\S+", "timeout: " + timeout));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Where it keeps its data. */
  Path dataDir() {
    return Path.of(String.valueOf(values.get("data.dir")));
  }

  /** The environment variables that mean the same. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    values.forEach(
        (key, value) ->
            environment.put("SIGNALBOX_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), value));
    return environment;
  }
}
