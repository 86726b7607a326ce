package io.signalbox.loader;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What tells one content of a file from another without reading it.
 *
 * @param bytes the file's size
 * @param modified when it was last written
 * @param identity the file behind the name (the inode), so that a rename over it is seen even if
 *     size and time are the same; empty where the system has none
 * @param changed when the system last noted a change of the file, which no tool can set back as
 *     {@code cp -p}, {@code rsync -t} and {@code touch} do with the time of writing; 1970 where the
 *     system has none
 */
public record FileStamp(long bytes, FileTime modified, String identity, FileTime changed) {
  private static final boolean HAS_CHANGE_TIME =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
  private static final long NANOS_OF_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final FileTime NEVER = FileTime.fromMillis(0);

  /** Looks at a file, through symbolic links; empty if there is no regular file. */
  public static Optional<FileStamp> of(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      if (!found.isRegularFile()) {
        return Optional.empty();
      }
      Object key = found.fileKey();
      return Optional.of(
          new FileStamp(
              found.size(),
              found.lastModifiedTime(),
              key == null ? "" : key.toString(),
              changed(file)));
    } catch (IOException e) {
      return Optional.empty(); // Gone meanwhile, or a link to nothing: there is no file.
    }
  }

  private static FileTime changed(Path file) throws IOException {
    return HAS_CHANGE_TIME ? (FileTime) Files.getAttribute(file, "unix:ctime") : NEVER;
  }

  /** The same for all names of a file: a rename is noted as a change, too. */
  FileStamp anyName() {
    return new FileStamp(bytes, modified, identity, NEVER);
  }

  /** Whether this is a file that was written further since an earlier look. */
  boolean continues(FileStamp before) {
    return !identity.isEmpty() && identity.equals(before.identity) && bytes > before.bytes;
  }

  /**
   * Whether the times have whole seconds, as on file systems that know no finer ones: there, what
   * is written within the same second may look the same.
   */
  boolean isCoarse() {
    return isWholeSecond(modified) && isWholeSecond(changed);
  }

  private static boolean isWholeSecond(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS) % NANOS_OF_SECOND == 0;
  }
}
