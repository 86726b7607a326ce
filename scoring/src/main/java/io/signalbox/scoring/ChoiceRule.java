package io.signalbox.scoring;

import java.util.Locale;

/** The rule that made a {@link Choice}. */
public enum ChoiceRule {
  /** The highest score among those left. */
  BEST_SCORE,
  /** The turn of this provider in smooth weighted round-robin. */
  WEIGHTED_ROUND_ROBIN,
  /** One of the few choices that keep backups known to work: the provider tried least recently. */
  EXPLORATION,
  /** Nobody left is usable, so all that are left take turns rather than nobody. */
  LEAST_BAD,
  /** Everybody is excluded. */
  NONE_LEFT;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in the timeline, in metrics and in logs. */
  public String wireName() {
    return wireName;
  }
}
