package io.signalbox.loader;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the jars and provider files of the folders.
 *
 * <p>A folder that cannot be listed counts as unchanged: a network share that is away for a moment
 * must not stop every provider.
 */
public final class FolderListing {
  private static final Logger log = LoggerFactory.getLogger(FolderListing.class);

  /** Whether a folder's jars matter too. */
  private final Map<Path, Boolean> dirs = new LinkedHashMap<>();

  private final Map<Path, Map<Path, FileStamp>> last = new HashMap<>();
  private final Map<Path, Boolean> readable = new HashMap<>();

  FolderListing(Path pluginsDir, List<Path> moreDirs) {
    moreDirs.forEach(dir -> dirs.put(dir, false));
    dirs.put(pluginsDir, true);
  }

  private FolderListing(Path yamlDir) {
    dirs.put(yamlDir, false);
  }

  /** Lists only the YAML files of one folder. */
  public static FolderListing ofYaml(Path dir) {
    return new FolderListing(dir);
  }

  /** All files that matter. */
  public Map<Path, FileStamp> list() {
    Map<Path, FileStamp> files = new HashMap<>();
    dirs.forEach((dir, withJars) -> files.putAll(list(dir, withJars)));
    return files;
  }

  /** Whether a file is a plugin's. */
  static boolean isJar(Path file) {
    return file.getFileName().toString().endsWith(".jar");
  }

  private Map<Path, FileStamp> list(Path dir, boolean withJars) {
    Map<Path, FileStamp> files = new HashMap<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(dir, file -> matters(file, withJars))) {
      for (Path file : found) {
        FileStamp.of(file).ifPresent(stamp -> files.put(file, stamp));
      }
      if (Boolean.FALSE.equals(readable.put(dir, true))) {
        log.info("folder {} can be read again", dir);
      }
      last.put(dir, files);
      return files;
    } catch (IOException | DirectoryIteratorException e) {
      if (!Boolean.FALSE.equals(readable.put(dir, false))) {
        log.warn("folder {} cannot be read, its last content counts: {}", dir, e.toString());
      }
      return last.getOrDefault(dir, Map.of());
    }
  }

  private static boolean matters(Path file, boolean withJars) {
    String name = file.getFileName().toString();
    if (name.startsWith(".") || name.endsWith("~") || name.endsWith(".tmp")) {
      return false; // Editors and copying tools keep such files for a moment.
    }
    return name.endsWith(".yaml") || name.endsWith(".yml") || (withJars && isJar(file));
  }
}
