package io.signalbox.loader;

import io.signalbox.spi.ConfigProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider file as it would be read from the plugins folder, without starting anything. What only
 * its plugin knows, the {@code config} block, is not looked into.
 *
 * @param definition the provider; null if the file is disabled or has mistakes
 * @param problems every mistake
 */
public record ProviderFileCheck(
    @Nullable ProviderDefinition definition, List<FileProblem> problems) {

  /** Copies the list. */
  public ProviderFileCheck {
    problems = List.copyOf(problems);
  }

  /** Reads a file, with this process's environment for its variables. Blocks on the file. */
  public static ProviderFileCheck read(Path file) {
    if (!file.getFileName().toString().endsWith(".yaml")) {
      return new ProviderFileCheck(
          null, List.of(FileProblem.ofFile(new ConfigProblem("file name", "must end in .yaml"))));
    }
    ProviderFileContent content =
        new ProviderFileReader(
                name -> Optional.ofNullable(System.getenv(name)), name -> Optional.empty())
            .read(file);
    return new ProviderFileCheck(content.definition(), content.problems());
  }
}
