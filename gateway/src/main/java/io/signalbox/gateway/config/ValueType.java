package io.signalbox.gateway.config;

import java.util.Optional;

/**
 * How the text of a value is read.
 *
 * @param <T> what it becomes
 */
public interface ValueType<T> {

  /** Reads a text; empty if it is not of this type or out of range. */
  Optional<T> parse(String text);

  /** The type's name in the documentation, such as {@code duration}. */
  String name();

  /** What is allowed, in the documentation, such as {@code 1s to 1h}; empty if anything is. */
  String range();

  /** What would be right, as a sentence part: "must be a duration from 1s to 1h, such as 30s". */
  String rule();
}
