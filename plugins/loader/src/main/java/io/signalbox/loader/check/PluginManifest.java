package io.signalbox.loader.check;

import io.signalbox.spi.SpiVersion;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin's manifest says.
 *
 * @param name the plugin's name
 * @param version the plugin's version
 * @param spiVersion which gateways it fits, as written there
 */
record PluginManifest(String name, String version, String spiVersion) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern VERSION = Pattern.compile("[\\w.+-]{1,100}");

  /** Reads it, and refuses what is missing, malformed, or for another gateway. */
  static PluginManifest read(Manifest manifest, SpiVersion gateway) throws PluginRefusedException {
    Attributes attributes = manifest.getMainAttributes();
    String name = attribute(attributes, "Signalbox-Plugin", NAME);
    String version = attribute(attributes, "Signalbox-Plugin-Version", VERSION);
    String spiVersion = required(attributes, "Signalbox-Spi-Version").strip();
    SpiRange.parse(spiVersion).refuseOthers(gateway);
    return new PluginManifest(name, version, spiVersion);
  }

  /** Whether a plugin may be called so. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** The manifest of a jar, which must have one. */
  static Manifest required(@Nullable Manifest manifest) throws PluginRefusedException {
    if (manifest == null) {
      throw new PluginRefusedException(
          "has no manifest; a plugin's manifest has Signalbox-Plugin, Signalbox-Plugin-Version and"
              + " Signalbox-Spi-Version");
    }
    return manifest;
  }

  private static String attribute(Attributes attributes, String key, Pattern pattern)
      throws PluginRefusedException {
    String value = required(attributes, key);
    if (!pattern.matcher(value).matches()) {
      throw new PluginRefusedException(
          "its manifest's " + key + " must match " + pattern + ", was " + value);
    }
    return value;
  }

  private static String required(Attributes attributes, String key) throws PluginRefusedException {
    String value = attributes.getValue(key);
    if (value == null) {
      throw new PluginRefusedException("its manifest has no " + key);
    }
    return value;
  }
}
