package io.signalbox.gateway.config;

/**
 * One mistake of the configuration.
 *
 * @param source where the value stands: the file's path, {@code environment} or {@code command
 *     line}
 * @param key the key as it stands there
 * @param expected what would be right, as a sentence part: "must be a duration from 1s to 1h"
 */
public record ConfigMistake(String source, String key, String expected) {
  @Override
  public String toString() {
    return source + ": " + (key.isEmpty() ? "" : key + " ") + expected;
  }
}
