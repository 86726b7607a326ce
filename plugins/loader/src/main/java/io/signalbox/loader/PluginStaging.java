package io.signalbox.loader;

import io.signalbox.loader.check.JarCheck;
import io.signalbox.loader.check.PluginJar;
import io.signalbox.loader.check.PluginRefusedException;
import io.signalbox.loader.check.PluginTrust;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Private copies of jars, named by their hash. What is verified and loaded is the copy, so nothing
 * that happens to the original afterwards can change loaded code.
 */
final class PluginStaging {
  private static final Logger log = LoggerFactory.getLogger(PluginStaging.class);
  private static final String INCOMING = "incoming-";
  private static final Pattern OWN = Pattern.compile(INCOMING + ".*|[0-9a-f]{64}\\.jar");

  private final Path dir;
  private final PluginTrust trust;
  private final Clock clock;
  private @Nullable JarCheck check;

  PluginStaging(Path dir, PluginTrust trust, Clock clock) {
    this.dir = dir;
    this.trust = trust;
    this.clock = clock;
  }

  /**
   * Makes the folder, and clears what an earlier run left in it.
   *
   * @throws IOException if that fails, or if a trusted signer's certificate cannot be read
   */
  void open() throws IOException {
    check = JarCheck.of(trust, clock);
    create();
    keepOnly(Set.of());
  }

  private void create() throws IOException {
    if (Files.isDirectory(dir)) {
      return;
    }
    Files.createDirectories(dir);
    if (dir.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /**
   * Copies and verifies a jar.
   *
   * @return the verified copy
   * @throws PluginRefusedException if it is no usable plugin
   * @throws IOException if it cannot be read or copied
   */
  PluginJar add(Path source) throws PluginRefusedException, IOException {
    JarCheck current = Objects.requireNonNull(check, "open() comes first");
    current.refuseSize(Files.size(source));
    create(); // Somebody may have cleared the data folder.
    Path incoming = Files.createTempFile(dir, INCOMING, ".jar");
    try {
      Files.copy(source, incoming, StandardCopyOption.REPLACE_EXISTING);
      PluginJar jar = current.check(incoming);
      Path staged = dir.resolve(jar.sha256() + ".jar");
      if (!Files.exists(staged)) {
        Files.move(incoming, staged, StandardCopyOption.ATOMIC_MOVE);
      }
      return jar.at(staged);
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  /** Deletes every copy but those with the given hashes. */
  void keepOnly(Set<String> sha256) throws IOException {
    if (!Files.isDirectory(dir)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (OWN.matcher(name).matches() && !sha256.contains(name.replace(".jar", ""))) {
          Files.deleteIfExists(file);
          log.debug("deleted staged jar {}", name);
        }
      }
    }
  }
}
