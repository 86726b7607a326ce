package io.signalbox.loader;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A jar that passed every check that is possible before a class of it is loaded.
 *
 * @param path where the jar was read
 * @param name the plugin's name, from the manifest
 * @param version the plugin's version, from the manifest
 * @param factory class name of its {@link io.signalbox.spi.ProviderFactory}
 * @param sha256 hash of the jar, lower-case hex
 */
public record PluginJar(Path path, String name, String version, String factory, String sha256) {

  /** The version of the SPI that this gateway speaks. */
  public static final String SPI_VERSION = "1";

  /** Largest jar that is accepted, in bytes. */
  public static final long MAX_BYTES = 256L << 20;

  private static final String SERVICE = "META-INF/services/io.signalbox.spi.ProviderFactory";
  private static final int MAX_SERVICE_BYTES = 64 << 10;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern VERSION = Pattern.compile("[\\w.+-]{1,100}");
  private static final Pattern CLASS_ENTRY =
      Pattern.compile("(?:META-INF/versions/\\d+/)?(?<name>.+)\\.class");

  /**
   * Verifies a jar. Blocks while it reads the whole jar.
   *
   * @param jar a file that nobody writes to meanwhile
   * @param allowedSha256 lower-case hex hashes of the jars that may run; empty allows all
   * @throws PluginRefusedException if it is no usable plugin
   * @throws IOException if the file cannot be read, whatever its content
   */
  public static PluginJar verify(Path jar, Set<String> allowedSha256)
      throws PluginRefusedException, IOException {
    refuseOverSize(Files.size(jar));
    String sha256 = Sha256.of(jar);
    if (!allowedSha256.isEmpty() && !allowedSha256.contains(sha256)) {
      throw new PluginRefusedException(
          "its SHA-256 is not on the allow list; if the jar is trusted, add " + sha256);
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      Attributes manifest = manifest(file);
      String name = attribute(manifest, "Signalbox-Plugin", NAME);
      String version = attribute(manifest, "Signalbox-Plugin-Version", VERSION);
      checkSpiVersion(manifest.getValue("Signalbox-Spi-Version"));
      refuseSharedClasses(file);
      return new PluginJar(jar, name, version, factory(file), sha256);
    } catch (FileNotFoundException e) {
      throw e; // The file is gone, or too many are open: nothing that its content can help.
    } catch (IOException e) {
      throw new PluginRefusedException("is no complete jar: " + e.getMessage(), e);
    } catch (SecurityException e) {
      throw new PluginRefusedException("has a signature that does not fit: " + e.getMessage(), e);
    }
  }

  /** Refuses a jar that is too large to be looked at. */
  static void refuseOverSize(long bytes) throws PluginRefusedException {
    if (bytes > MAX_BYTES) {
      throw new PluginRefusedException(
          "is larger than " + (MAX_BYTES >> 20) + " MB; is it a plugin?");
    }
  }

  /** The same jar at another place. */
  PluginJar at(Path other) {
    return new PluginJar(other, name, version, factory, sha256);
  }

  /** Name and version, for messages. */
  String title() {
    return name + " " + version;
  }

  private static Attributes manifest(JarFile file) throws IOException, PluginRefusedException {
    Manifest manifest = file.getManifest();
    if (manifest == null) {
      throw new PluginRefusedException(
          "has no manifest; a plugin's manifest has Signalbox-Plugin, Signalbox-Plugin-Version and"
              + " Signalbox-Spi-Version");
    }
    return manifest.getMainAttributes();
  }

  private static String attribute(Attributes manifest, String key, Pattern pattern)
      throws PluginRefusedException {
    String value = manifest.getValue(key);
    if (value == null) {
      throw new PluginRefusedException("its manifest has no " + key);
    }
    if (!pattern.matcher(value).matches()) {
      throw new PluginRefusedException(
          "its manifest's " + key + " must match " + pattern + ", was " + value);
    }
    return value;
  }

  private static void checkSpiVersion(@Nullable String version) throws PluginRefusedException {
    if (version == null) {
      throw new PluginRefusedException("its manifest has no Signalbox-Spi-Version");
    }
    if (!version.equals(SPI_VERSION)) {
      throw new PluginRefusedException(
          "was built for SPI version "
              + version
              + ", this gateway speaks "
              + SPI_VERSION
              + "; take the plugin's release for this gateway");
    }
  }

  private static void refuseSharedClasses(JarFile file) throws PluginRefusedException {
    for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
      Matcher matcher = CLASS_ENTRY.matcher(entry.getName());
      if (!matcher.matches()) {
        continue;
      }
      String type = matcher.group("name").replace('/', '.');
      SharedPackages shared = SharedPackages.of(type).orElse(null);
      if (shared != null) {
        throw new PluginRefusedException(
            "holds the class "
                + type
                + ", which comes from the gateway: give the dependency "
                + shared.dependency()
                + " the scope `provided`, so that it is not packed");
      }
      if (SharedPackages.isJdkOnly(type)) {
        throw new PluginRefusedException("holds the class " + type + ", which belongs to the JDK");
      }
    }
  }

  private static String factory(JarFile file) throws IOException, PluginRefusedException {
    JarEntry entry = file.getJarEntry(SERVICE);
    if (entry == null) {
      throw new PluginRefusedException("has no " + SERVICE + ", which names its factory");
    }
    String text;
    try (InputStream in = file.getInputStream(entry)) {
      text = new String(in.readNBytes(MAX_SERVICE_BYTES), StandardCharsets.UTF_8);
    }
    List<String> names =
        text.lines()
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .distinct()
            .toList();
    if (names.size() != 1) {
      throw new PluginRefusedException(
          SERVICE + " must name exactly one factory, names " + names.size());
    }
    return names.get(0);
  }
}
