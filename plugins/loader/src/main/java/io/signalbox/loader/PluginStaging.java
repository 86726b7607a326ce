package io.signalbox.loader;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;
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
  private final Set<String> allowedSha256;

  PluginStaging(Path dir, Set<String> allowedSha256) {
    this.dir = dir;
    this.allowedSha256 = allowedSha256;
  }

  /** Makes the folder, and clears what an earlier run left in it. */
  void open() throws IOException {
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
    PluginJar.refuseOverSize(Files.size(source));
    create(); // Somebody may have cleared the data folder.
    Path incoming = Files.createTempFile(dir, INCOMING, ".jar");
    try {
      Files.copy(source, incoming, StandardCopyOption.REPLACE_EXISTING);
      PluginJar jar = PluginJar.verify(incoming, allowedSha256);
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
