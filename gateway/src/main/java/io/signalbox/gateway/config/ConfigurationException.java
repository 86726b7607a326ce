package io.signalbox.gateway.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with all of its mistakes at once. */
public final class ConfigurationException extends RuntimeException {
  private final transient List<ConfigMistake> mistakes;

  /** Makes the exception; its message lists every mistake, one a line. */
  public ConfigurationException(List<ConfigMistake> mistakes) {
    super(mistakes.stream().map(ConfigMistake::toString).collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  /** Every mistake, at least one. */
  public List<ConfigMistake> mistakes() {
    return mistakes;
  }
}
