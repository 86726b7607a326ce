package io.signalbox.spi;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with all of its mistakes at once. */
public final class ConfigException extends RuntimeException {
  private final transient List<ConfigProblem> problems;

  /**
   * Makes the exception; its message lists every problem.
   *
   * @param problems every mistake; at least one
   */
  public ConfigException(List<ConfigProblem> problems) {
    super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /** {@return every mistake} */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
