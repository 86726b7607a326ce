package io.signalbox.gateway.plugins;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Files that are whole or not there, also after a power cut. All methods block. */
final class DurableFiles {
  private DurableFiles() {}

  /** Copies to a file that must not be there, and syncs it. */
  static void copy(Path source, Path target) throws IOException {
    try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ);
        FileChannel out = create(target)) {
      long size = in.size();
      for (long done = 0; done < size; ) {
        long copied = in.transferTo(done, size - done, out);
        if (copied <= 0) {
          throw new IOException(source + " became shorter while it was copied");
        }
        done += copied;
      }
      out.force(true);
    }
  }

  /** Writes a file that must not be there, and syncs it. */
  static void write(byte[] content, Path target) throws IOException {
    try (FileChannel out = create(target)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(true);
    }
  }

  private static FileChannel create(Path target) throws IOException {
    return FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
  }

  /** Renames a synced file over another in one step, and syncs the folder. */
  static void rename(Path synced, Path target) throws IOException {
    Files.move(synced, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(Objects.requireNonNull(target.toAbsolutePath().getParent(), "a file is in a folder"));
  }

  /** Syncs a folder, so that names that came or went stay so. */
  static void sync(Path dir) throws IOException {
    if (dir.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel folder = FileChannel.open(dir, StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }
}
