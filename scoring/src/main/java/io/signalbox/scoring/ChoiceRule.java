package io.signalbox.scoring;

import java.util.Locale;

/** The rule that made a {@link Choice}. */
public enum ChoiceRule {
  /** The highest score among those left. */
  BEST_SCORE,
  /** An operator prefers this provider, and it is usable. */
  PREFERRED,
  /** The turn of this provider in smooth weighted round-robin. */
  WEIGHTED_ROUND_ROBIN,
  /**
   * The turn of this provider while it still has, or has already, a share of the traffic that moves
   * from one to another; or nobody is better by the margin that a move needs.
   */
  TRAFFIC_SHARE,
  /** One of the few choices that keep backups known to work: the provider tried least recently. */
  EXPLORATION,
  /**
   * Nobody left is usable, or all are degraded: all that are left take turns, the better ones more
   * often, rather than nobody.
   */
  LEAST_BAD,
  /** Everybody is excluded. */
  NONE_LEFT;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in the timeline, in metrics and in logs. */
  public String wireName() {
    return wireName;
  }
}
