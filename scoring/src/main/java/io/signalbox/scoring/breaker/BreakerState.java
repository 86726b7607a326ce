package io.signalbox.scoring.breaker;

import java.util.Locale;

/** The states of a {@link Breaker}, from the most to the least permissive. */
public enum BreakerState {
  /** Every call is let through. */
  CLOSED,
  /** A few calls are let through as trials. */
  HALF_OPEN,
  /** No call is let through. */
  OPEN;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in the API, in metrics and in logs. */
  public String wireName() {
    return wireName;
  }
}
