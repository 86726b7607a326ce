package io.signalbox.loader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What tells one content of a file from another without reading it.
 *
 * @param bytes the file's size
 * @param modified when it was last written
 * @param identity the file behind the name (the inode), so that a rename over it is seen even if
 *     size and time are the same; empty where the system has none
 */
public record FileStamp(long bytes, FileTime modified, String identity) {

  /** Looks at a file, through symbolic links; empty if there is no regular file. */
  static Optional<FileStamp> of(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      if (!found.isRegularFile()) {
        return Optional.empty();
      }
      Object key = found.fileKey();
      return Optional.of(
          new FileStamp(found.size(), found.lastModifiedTime(), key == null ? "" : key.toString()));
    } catch (IOException e) {
      return Optional.empty(); // Gone meanwhile, or a link to nothing: there is no file.
    }
  }
}
