package io.signalbox.spi.intake;

import java.util.Locale;

/**
 * The lane of a notification. The {@link #level()} is what the API calls 1 to 4, and what ledgers
 * store; it must never change.
 */
public enum Priority {
  /** Goes before all others. */
  URGENT(1),
  /** The largest share of what urgent ones leave. */
  HIGH(2),
  /** The usual one. */
  NORMAL(3),
  /** A small share, so that it never starves. */
  LOW(4);

  private final int level;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  Priority(int level) {
    this.level = level;
  }

  /** {@return 1 for the most urgent to 4} */
  public int level() {
    return level;
  }

  /** {@return the lower-case name used in the API, in metrics and in logs} */
  public String wireName() {
    return wireName;
  }

  /**
   * {@return the priority of a level}
   *
   * @param level 1 for the most urgent to 4
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
