package io.signalbox.gateway.plugins;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.plugins.PluginAudit.Trail;
import io.signalbox.loader.check.JarCheck;
import io.signalbox.loader.check.PluginJar;
import io.signalbox.loader.check.PluginRefusedException;
import io.signalbox.loader.check.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks jars before they enter the folder, as the folder itself does. All methods block. */
record Checked(JarCheck check) {

  /**
   * A jar that may enter the folder.
   *
   * @param expected SHA-256 that it must have; null for any
   * @param trail is told which jar it is
   * @throws GatewayException of status 422 if it may not
   */
  PluginJar jar(Path file, String plugin, @Nullable String expected, Trail trail)
      throws IOException {
    String sha256 = Sha256.of(file);
    trail.after(sha256);
    if (expected != null && !sha256.equals(expected)) {
      throw new GatewayException(
          422, "the SHA-256 of the jar must be " + expected + ", is " + sha256 + ": send it again");
    }
    try {
      PluginJar jar = check.check(file);
      if (!jar.name().equals(plugin)) {
        throw new GatewayException(
            422,
            "the jar must be of the plugin "
                + plugin
                + ", which the path names; its manifest says Signalbox-Plugin: "
                + jar.name());
      }
      return jar;
    } catch (PluginRefusedException e) {
      throw new GatewayException(422, "the jar cannot be used: " + e.reason());
    }
  }

  /** SHA-256 of the file that is there; empty if there is none. */
  static Optional<String> present(Path file) throws IOException {
    try {
      return Files.isRegularFile(file) ? Optional.of(Sha256.of(file)) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
