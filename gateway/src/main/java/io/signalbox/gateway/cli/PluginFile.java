package io.signalbox.gateway.cli;

import io.signalbox.loader.check.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * A jar that a command sends.
 *
 * @param plugin the name in its manifest
 * @param sha256 lower-case hex
 */
record PluginFile(Path path, String plugin, String sha256) {

  /** Reads it; what it holds beside its name is checked by the server. */
  static PluginFile read(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new CommandFailure(ExitCodes.BAD_DATA, path + " is no file");
    }
    try (JarFile jar = new JarFile(path.toFile())) {
      Manifest manifest = jar.getManifest();
      String plugin =
          manifest == null ? null : manifest.getMainAttributes().getValue("Signalbox-Plugin");
      if (plugin == null) {
        throw new CommandFailure(
            ExitCodes.BAD_DATA, path + " is no plugin: its manifest has no Signalbox-Plugin");
      }
      return new PluginFile(path, plugin, Sha256.of(path));
    } catch (IOException | IllegalArgumentException e) {
      // The latter of an entry's comment that is no UTF-8.
      throw new CommandFailure(
          ExitCodes.BAD_DATA, path + " is no jar that can be read: " + e.getMessage());
    }
  }

  /** The value of the header {@code Content-Digest}. */
  String contentDigest() {
    byte[] digest = HexFormat.of().parseHex(sha256);
    return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
  }
}
