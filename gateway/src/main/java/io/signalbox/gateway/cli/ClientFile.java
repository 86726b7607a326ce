package io.signalbox.gateway.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * A file of properties that says which gateway commands talk to, and as whom: {@code url}, {@code
 * token} or {@code token_file}, {@code ca_file}. It is {@code SIGNALBOX_CLIENT_FILE}, or {@code
 * signalbox/client.properties} in the user's configuration folder.
 */
final class ClientFile {
  static final String VARIABLE = "SIGNALBOX_CLIENT_FILE";
  private static final Set<String> KEYS = Set.of("url", "token", "token_file", "ca_file");

  private final Properties values;

  private ClientFile(Properties values) {
    this.values = values;
  }

  /** The file that an environment means; empty values if there is none. Blocks. */
  static ClientFile of(Map<String, String> environment) {
    String named = environment.get(VARIABLE);
    if (named != null) {
      return read(Path.of(named));
    }
    Optional<Path> usual = folder(environment).map(home -> home.resolve("client.properties"));
    return usual
        .filter(Files::isReadable)
        .map(ClientFile::read)
        .orElse(new ClientFile(new Properties()));
  }

  private static Optional<Path> folder(Map<String, String> environment) {
    String config = environment.get("XDG_CONFIG_HOME");
    String home = environment.get("HOME");
    if (config != null && !config.isEmpty()) {
      return Optional.of(Path.of(config, "signalbox"));
    }
    return home == null || home.isEmpty()
        ? Optional.empty()
        : Optional.of(Path.of(home, ".config", "signalbox"));
  }

  private static ClientFile read(Path file) {
    Properties values = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      values.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCodes.BAD_DATA, file + " cannot be read as properties: " + e.getMessage());
    }
    for (String key : values.stringPropertyNames()) {
      if (!KEYS.contains(key)) {
        throw new CommandFailure(
            ExitCodes.BAD_DATA,
            file + ": " + key + " is not known; it may have url, token, token_file and ca_file");
      }
    }
    return new ClientFile(values);
  }

  Optional<String> url() {
    return value("url");
  }

  /** Whether its token may be shown to a server: not if the file is about another one. */
  boolean isFor(String server) {
    return url().map(own -> bare(own).equals(bare(server))).orElse(true);
  }

  private static String bare(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  Optional<String> token() {
    return value("token");
  }

  Optional<Path> tokenFile() {
    return value("token_file").map(Path::of);
  }

  Optional<Path> authorities() {
    return value("ca_file").map(Path::of);
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(values.getProperty(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
