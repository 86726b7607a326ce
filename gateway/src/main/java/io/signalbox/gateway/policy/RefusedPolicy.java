package io.signalbox.gateway.policy;

import io.signalbox.gateway.config.ConfigMistake;
import java.util.List;

/**
 * A policy file that is not used as it stands. What it said before, if anything, stays in force.
 *
 * @param file the file's name
 * @param mistakes what would be right, at least one
 */
public record RefusedPolicy(String file, List<ConfigMistake> mistakes) {
  /** Copies the list. */
  public RefusedPolicy {
    mistakes = List.copyOf(mistakes);
  }

  /** What is wrong in all of them, file after file. */
  static List<ConfigMistake> mistakes(List<RefusedPolicy> refused) {
    return refused.stream().flatMap(file -> file.mistakes().stream()).toList();
  }
}
