package io.signalbox.loader;

import io.signalbox.spi.ConfigProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one reading of a provider file brought.
 *
 * @param plugin the plugin that it names; empty if it names none
 * @param definition the provider; its channels are empty if the file leaves them to the plugin;
 *     null if the file is disabled or has problems
 * @param problems every mistake; a disabled file has none
 * @param files other files that it took values from, as they were
 * @param retry whether the same content may be good a little later
 */
record ProviderFileContent(
    String plugin,
    @Nullable ProviderDefinition definition,
    List<FileProblem> problems,
    Map<Path, Optional<FileStamp>> files,
    boolean retry) {

  /** A file that cannot be read at all. */
  static ProviderFileContent unreadable(ConfigProblem problem, boolean retry) {
    return new ProviderFileContent("", null, List.of(FileProblem.ofFile(problem)), Map.of(), retry);
  }

  boolean disabled() {
    return definition == null && problems.isEmpty();
  }

  /** Whether a file that values came from looks different now. */
  boolean outdated() {
    return files.entrySet().stream()
        .anyMatch(file -> !FileStamp.of(file.getKey()).equals(file.getValue()));
  }
}
