package io.signalbox.loader;

import io.signalbox.spi.ConfigProblem;

/**
 * One mistake of a provider file.
 *
 * @param line where it stands, from 1: the line of the key, or, for a key that is missing, that of
 *     the block that lacks it; 0 if it concerns the whole file
 * @param key the full key, such as {@code config.api_key}
 * @param expected what would be right, as a sentence part
 */
public record FileProblem(int line, String key, String expected) {

  /** A mistake of the whole file. */
  static FileProblem ofFile(ConfigProblem problem) {
    return new FileProblem(0, problem.key(), problem.expected());
  }

  /** Such as {@code line 3, weight: must be a number}. */
  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ", " : "") + key + ": " + expected;
  }
}
