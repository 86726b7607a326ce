package io.signalbox.gateway.policy;

import io.signalbox.gateway.config.ValueType;

/**
 * One key of a routing policy, as data. Two keys are equal only if they are the same one.
 *
 * @param <T> what a value becomes
 */
public final class PolicyKey<T> {
  private final String name;
  private final ValueType<T> type;
  private final String defaultText;
  private final String description;

  PolicyKey(String name, ValueType<T> type, String defaultText, String description) {
    this.name = name;
    this.type = type;
    this.defaultText = defaultText;
    this.description = description;
  }

  /** The key as it stands in a file, such as {@code max_attempts}. */
  public String name() {
    return name;
  }

  /** How its text is read. */
  public ValueType<T> type() {
    return type;
  }

  /** What counts where no policy says anything: a value, or the configuration's key. */
  public String defaultText() {
    return defaultText;
  }

  /** What it decides, in a sentence or two. */
  public String description() {
    return description;
  }

  @Override
  public String toString() {
    return name;
  }
}
