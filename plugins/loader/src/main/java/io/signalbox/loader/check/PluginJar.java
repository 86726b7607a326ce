package io.signalbox.loader.check;

import java.nio.file.Path;

/**
 * A jar that passed every check that is possible before a class of it is loaded.
 *
 * @param path where the jar was read
 * @param name the plugin's name, from the manifest
 * @param version the plugin's version, from the manifest
 * @param spiVersion which gateways it fits, from the manifest
 * @param factory class name of its {@link io.signalbox.spi.ProviderFactory}
 * @param sha256 hash of the jar, lower-case hex
 */
public record PluginJar(
    Path path, String name, String version, String spiVersion, String factory, String sha256) {

  /** Whether a plugin may be called so: lower-case letters, digits and hyphens, 40 at most. */
  public static boolean isPluginName(String name) {
    return PluginManifest.isName(name);
  }

  /** The same jar at another place. */
  public PluginJar at(Path other) {
    return new PluginJar(other, name, version, spiVersion, factory, sha256);
  }

  /** Name and version, for messages. */
  public String title() {
    return name + " " + version;
  }
}
