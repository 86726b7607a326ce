package io.signalbox.loader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The ways in which people and tools put files into a plugins folder, on the real file system. */
public enum WayOfCopying {
  /** {@code cp}: opened, emptied, written. */
  CP {
    @Override
    public void put(Path target, byte[] content) throws IOException {
      run("cp", source(target, content).toString(), target.toString());
    }
  },

  /** {@code cp -p}, as build tools do: with a time of writing of long ago. */
  CP_WITH_OLD_TIME {
    @Override
    public void put(Path target, byte[] content) throws IOException {
      Path source = source(target, content);
      Files.setLastModifiedTime(source, FileTime.fromMillis(1_000_000_000));
      run("cp", "-p", source.toString(), target.toString());
    }
  },

  /** {@code rm} and {@code cp}. */
  RM_AND_CP {
    @Override
    public void put(Path target, byte[] content) throws IOException {
      remove(target);
      run("cp", source(target, content).toString(), target.toString());
    }
  },

  /** {@code mv}: renamed into place. */
  MV {
    @Override
    public void put(Path target, byte[] content) throws IOException {
      run("mv", source(target, content).toString(), target.toString());
    }
  },

  /** {@code rsync -t}: a hidden file beside it, its time set back, renamed. */
  RSYNC {
    @Override
    public void put(Path target, byte[] content) throws IOException {
      Path hidden = target.resolveSibling("." + target.getFileName() + ".Xa81b2");
      Files.write(hidden, content);
      Files.setLastModifiedTime(hidden, FileTime.fromMillis(1_000_000_123));
      Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
    }
  },

  /** Vim: swap file, the old file renamed to a backup, a new one written, the backup removed. */
  VIM {
    @Override
    public void put(Path target, byte[] content) throws IOException {
      Path swap = target.resolveSibling("." + target.getFileName() + ".swp");
      Files.write(swap, content);
      Path probe = Files.write(target.resolveSibling("4913"), new byte[0]);
      Files.delete(probe);
      Path backup = target.resolveSibling(target.getFileName() + "~");
      if (Files.exists(target)) {
        Files.move(target, backup, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.write(target, content);
      Files.deleteIfExists(backup);
      Files.delete(swap);
    }
  },

  /** An editor that writes in place. */
  EDITOR_IN_PLACE {
    @Override
    public void put(Path target, byte[] content) throws IOException {
      Files.write(target, content);
    }
  },

  /** {@code ln -sfn}: a symbolic link to a release elsewhere, renamed over the one before. */
  LINK {
    @Override
    public void put(Path target, byte[] content) throws IOException {
      Path link = target.resolveSibling("." + target.getFileName() + ".link");
      Files.createSymbolicLink(link, source(target, content));
      Files.move(link, target, StandardCopyOption.ATOMIC_MOVE);
    }
  },

  /**
   * A Kubernetes ConfigMap: files are links through {@code ..data}, itself a link to a folder with
   * the time in its name, which is replaced by a rename.
   */
  CONFIG_MAP {
    @Override
    public void put(Path target, byte[] content) throws IOException {
      Path version = nextVersion(target.getParent());
      Files.write(version.resolve(target.getFileName()), content);
      publish(target.getParent(), version);
      if (!Files.isSymbolicLink(target)) {
        Files.createSymbolicLink(target, DATA.resolve(target.getFileName()));
      }
    }

    @Override
    public void remove(Path target) throws IOException {
      Path version = nextVersion(target.getParent());
      Files.deleteIfExists(version.resolve(target.getFileName()));
      publish(target.getParent(), version);
      Files.deleteIfExists(target);
    }
  };

  private static final Path DATA = Path.of("..data");

  /** Puts a file, or replaces it. */
  public abstract void put(Path target, byte[] content) throws IOException;

  /** Whether nobody ever sees a part of it: whoever writes in place may stand still half-way. */
  public boolean isAtOnce() {
    return this == MV || this == RSYNC || this == LINK || this == CONFIG_MAP;
  }

  /** Removes a file, if it is there. */
  public void remove(Path target) throws IOException {
    Files.deleteIfExists(target);
  }

  /** A file of that content outside of the folder, on the same file system. */
  private static Path source(Path target, byte[] content) throws IOException {
    Path elsewhere = Files.createDirectories(target.getParent().resolveSibling("elsewhere"));
    return Files.write(Files.createTempFile(elsewhere, "source", ""), content);
  }

  private static Path nextVersion(Path dir) throws IOException {
    Path version = Files.createTempDirectory(dir, "..2026_11_22_");
    Path data = dir.resolve(DATA);
    if (Files.exists(data)) {
      try (Stream<Path> files = Files.list(data)) {
        for (Path file : files.toList()) {
          Files.copy(file, version.resolve(file.getFileName()));
        }
      }
    }
    return version;
  }

  private static void publish(Path dir, Path version) throws IOException {
    Path link = Files.createSymbolicLink(dir.resolve("..data_tmp"), version.getFileName());
    Files.move(link, dir.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(List.of(command)).inheritIO().start();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + " failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroy();
    }
  }
}
