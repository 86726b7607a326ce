package io.signalbox.scoring.breaker;

import java.util.Locale;

/** Why a {@link Breaker} changed its state. */
public enum TransitionCause {
  /** So many failures followed each other without a success between them. */
  CONSECUTIVE_FAILURES,
  /** So many failures stood in the rolling window. */
  FAILURE_COUNT,
  /** So large a share of the rolling window's calls failed. */
  FAILURE_RATE,
  /** The provider cannot work: credentials, payment, suspension, configuration. */
  PROVIDER_FAULT,
  /** A person opened it. */
  MANUAL_OPEN,
  /** A person reset it. */
  MANUAL_RESET,
  /** The recovery timeout is over. */
  RECOVERY_DUE,
  /** A trial failed. */
  TRIAL_FAILED,
  /** A trial gave no result before its deadline. */
  TRIAL_EXPIRED,
  /** Enough trials succeeded. */
  TRIALS_SUCCEEDED,
  /** Another node decided it; whoever hears this must not announce it again. */
  SHARED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in events, in metrics and in logs. */
  public String wireName() {
    return wireName;
  }
}
