package io.signalbox.loader;

import io.signalbox.spi.ConfigProblem;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The provider files: reads what changed, and keeps the last good definition of a file whose
 * present content is bad. Confined to the folder's thread.
 */
final class ProviderFiles {
  private final ProviderFileReader reader;
  private Map<Path, Entry> entries = Map.of();

  /**
   * One file.
   *
   * @param content its present content
   * @param definition the provider that should run: of the present content, or of the last good
   *     one; null if none should
   */
  record Entry(
      Path file,
      FileStamp stamp,
      ProviderFileContent content,
      @Nullable ProviderDefinition definition) {

    String id() {
      return ProviderFileReader.id(file);
    }
  }

  ProviderFiles(ProviderFileReader reader) {
    this.reader = reader;
  }

  /** Takes the settled files, in the order in which they win an id. */
  void update(Map<Path, FileStamp> files) {
    Map<Path, Entry> next = new LinkedHashMap<>();
    Map<String, Path> ids = new HashMap<>();
    files.forEach(
        (file, stamp) -> {
          Path owner = ids.putIfAbsent(ProviderFileReader.id(file), file);
          next.put(file, owner == null ? read(file, stamp) : duplicate(file, stamp, owner));
        });
    entries = next;
  }

  /** All files. */
  Collection<Entry> all() {
    return entries.values();
  }

  private Entry read(Path file, FileStamp stamp) {
    Entry before = entries.get(file);
    if (before != null
        && before.stamp().equals(stamp)
        && !before.content().retry()
        && !before.content().outdated()) {
      return before;
    }
    ProviderFileContent content = reader.read(file);
    if (!content.problems().isEmpty()) {
      return new Entry(file, stamp, content, before == null ? null : before.definition());
    }
    return new Entry(file, stamp, content, content.definition());
  }

  private static Entry duplicate(Path file, FileStamp stamp, Path owner) {
    // Asks for another reading, so that it takes over when the other file goes.
    return new Entry(
        file,
        stamp,
        ProviderFileContent.unreadable(
            new ConfigProblem("file name", "its id is already that of " + owner), true),
        null);
  }
}
