package io.signalbox.spi.intake;

import java.util.Locale;

/**
 * The lane of a notification. The {@link #level()} is what the API calls 1 to 4, and what ledgers
 * store; it must never change.
 */
public enum Priority {
  URGENT(1),
  HIGH(2),
  NORMAL(3),
  LOW(4);

  private final int level;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  Priority(int level) {
    this.level = level;
  }

  /** 1 for the most urgent to 4. */
  public int level() {
    return level;
  }

  /** The lower-case name used in the API, in metrics and in logs. */
  public String wireName() {
    return wireName;
  }

  /**
   * Returns the priority of a level.
   *
   * @throws IllegalArgumentException if the level is not 1 to 4
   */
  public static Priority ofLevel(int level) {
    for (Priority priority : values()) {
      if (priority.level == level) {
        return priority;
      }
    }
    throw new IllegalArgumentException("a priority's level is 1 to 4, was " + level);
  }
}
