package io.signalbox.spi;

/**
 * One mistake of a configuration.
 *
 * @param key the full key, such as {@code config.api_key}
 * @param expected what would be right, as a sentence part: "must be a URL"
 */
public record ConfigProblem(String key, String expected) {
  @Override
  public String toString() {
    return key + ": " + expected;
  }
}
