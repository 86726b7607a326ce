package io.signalbox.loader;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A provider file with mistakes.
 *
 * @param file the provider file
 * @param problems every mistake: its line, its key and what would be right
 */
public record ProviderFileRefusal(Path file, List<FileProblem> problems) implements Refusal {

  /** Copies the list. */
  public ProviderFileRefusal {
    problems = List.copyOf(problems);
  }

  @Override
  public String reason() {
    return problems.stream().map(FileProblem::toString).collect(Collectors.joining("; "));
  }
}
