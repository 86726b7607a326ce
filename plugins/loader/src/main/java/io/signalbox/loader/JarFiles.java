package io.signalbox.loader;

import io.signalbox.loader.check.PluginJar;
import io.signalbox.loader.check.PluginRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The jars of the plugins folder: stages and verifies what changed, and chooses one jar for each
 * plugin. Confined to the folder's thread.
 */
final class JarFiles {
  private final PluginStaging staging;
  private final PluginShelf shelf;
  private final Map<Path, Jar> jars = new TreeMap<>();

  /** A verified jar, and when its file was written. */
  record Verified(PluginJar jar, FileTime modified) {}

  /** One file: its present content, if that is good, or the last good one. */
  static final class Jar {
    final Path file;
    // The content that was last verified; null asks for another look.
    private @Nullable FileStamp stamp;
    private @Nullable Verified usable;
    // What was in use before; needed until the present content has been loaded.
    private @Nullable Verified fallback;
    private String refusal = "";
    private boolean superseded;

    private Jar(Path file) {
      this.file = file;
    }

    @Nullable FileStamp stamp() {
      return stamp;
    }

    @Nullable PluginJar usable() {
      return usable == null ? null : usable.jar();
    }

    /** Why the present content is not used; empty if it is. */
    String refusal() {
      return refusal;
    }

    boolean superseded() {
      return superseded;
    }

    private void refuseLoading(String reason) {
      refusal = reason;
      usable = fallback;
      fallback = null;
    }
  }

  JarFiles(PluginStaging staging, PluginShelf shelf) {
    this.staging = staging;
    this.shelf = shelf;
  }

  /** Takes the settled files: verifies new contents, forgets removed files. */
  void update(Map<Path, FileStamp> files) {
    jars.keySet().retainAll(files.keySet());
    files.forEach(
        (file, stamp) -> {
          Jar jar = jars.computeIfAbsent(file, Jar::new);
          if (!stamp.equals(jar.stamp)) {
            inspect(jar, stamp);
          }
        });
  }

  private void inspect(Jar jar, FileStamp stamp) {
    try {
      PluginJar verified = staging.add(jar.file);
      if (isStill(jar.file, stamp)) {
        jar.fallback = jar.usable;
        jar.usable = new Verified(verified, stamp.modified());
        jar.refusal = "";
        jar.stamp = stamp;
      }
    } catch (PluginRefusedException e) {
      if (isStill(jar.file, stamp)) {
        jar.refusal = e.reason();
        jar.stamp = stamp;
      }
    } catch (IOException e) {
      jar.refusal = "cannot be read or copied, will be tried again: " + e;
    }
  }

  /** Whether a file did not change while it was copied; if it did, a later look takes it. */
  private static boolean isStill(Path file, FileStamp stamp) {
    return FileStamp.of(file).filter(stamp::equals).isPresent();
  }

  /** The plugin to use of each name, loaded: that of the file which was written last. */
  Map<String, LoadedPlugin> choose() {
    Map<String, LoadedPlugin> chosen = new HashMap<>();
    jars.values().forEach(jar -> jar.superseded = false);
    jars.values().stream()
        .filter(jar -> jar.usable != null)
        .sorted(Comparator.comparing(JarFiles::modified).reversed())
        .toList()
        .forEach(jar -> choose(jar, chosen));
    return chosen;
  }

  private void choose(Jar jar, Map<String, LoadedPlugin> chosen) {
    Verified usable = jar.usable;
    if (usable == null) {
      return;
    }
    LoadedPlugin newer = chosen.get(usable.jar().name());
    if (newer != null) {
      jar.superseded = !newer.sha256().equals(usable.jar().sha256());
      return;
    }
    try {
      if (shelf.find(usable.jar()) == null && !Files.exists(usable.jar().path())) {
        jar.stamp = null; // Somebody cleared the staging folder: copy the jar again.
        return;
      }
      chosen.put(usable.jar().name(), shelf.take(usable.jar()));
      jar.fallback = null;
    } catch (PluginRefusedException e) {
      jar.refuseLoading(e.reason());
      choose(jar, chosen);
    } catch (IOException e) {
      jar.refuseLoading("cannot be loaded: " + e);
      choose(jar, chosen);
    }
  }

  private static FileTime modified(Jar jar) {
    Verified usable = jar.usable;
    return usable == null ? FileTime.fromMillis(0) : usable.modified();
  }

  /** All files, by path. */
  Collection<Jar> all() {
    return jars.values();
  }

  /** Hashes of the staged jars that may still be needed. */
  Set<String> stagedHashes() {
    Set<String> hashes = new HashSet<>();
    for (Jar jar : jars.values()) {
      if (jar.usable != null) {
        hashes.add(jar.usable.jar().sha256());
      }
      if (jar.fallback != null) {
        hashes.add(jar.fallback.jar().sha256());
      }
    }
    return hashes;
  }
}
