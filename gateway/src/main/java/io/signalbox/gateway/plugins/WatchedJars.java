package io.signalbox.gateway.plugins;

import io.signalbox.gateway.bus.GatewayException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Puts jars into the watched folder, each in one step, and takes them out. Files on their way have
 * names that the watch does not look at. All methods block.
 */
final class WatchedJars {
  private static final String ON_THE_WAY = ".signalbox-";
  private static final String SUFFIX = ".tmp";

  private final Path dir;

  WatchedJars(Path dir) {
    this.dir = dir;
  }

  Path dir() {
    return dir;
  }

  /** Deletes what a crash left behind. */
  void clear() throws IOException {
    if (!Files.isDirectory(dir)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(dir, ON_THE_WAY + "*" + SUFFIX)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Refuses if nothing can be written.
   *
   * @throws GatewayException of status 409
   */
  void requireWritable() {
    if (!Files.isWritable(dir)) {
      throw new GatewayException(
          409,
          "plugins.dir is read-only for the gateway ("
              + dir
              + "): change what is mounted there, or make it writable");
    }
  }

  /** Puts a jar there; what stood under that name stays untouched until the new one is whole. */
  void put(Path jar, Path target) throws IOException {
    Path onTheWay = onTheWay();
    try {
      DurableFiles.copy(jar, onTheWay);
      DurableFiles.rename(onTheWay, target);
    } finally {
      Files.deleteIfExists(onTheWay);
    }
  }

  /** Keeps hold of a file that is about to be replaced; empty if there is none. */
  Optional<Path> setAside(Path target) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Path aside = onTheWay();
    try {
      Files.createLink(aside, target);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      // The file system has no further names for a file.
      Files.copy(target, aside, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
    }
    return Optional.of(aside);
  }

  /** Makes a name stand for what was set aside, or for nothing if there was nothing. */
  void putBack(Optional<Path> aside, Path target) throws IOException {
    if (aside.isPresent()) {
      DurableFiles.rename(aside.get(), target);
    } else {
      remove(List.of(target));
    }
  }

  /** Lets go of what was set aside. */
  void letGo(Optional<Path> aside) throws IOException {
    if (aside.isPresent()) {
      Files.deleteIfExists(aside.get());
    }
  }

  void remove(Collection<Path> files) throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    DurableFiles.sync(dir);
  }

  private Path onTheWay() {
    return dir.resolve(ON_THE_WAY + UUID.randomUUID() + SUFFIX);
  }
}
