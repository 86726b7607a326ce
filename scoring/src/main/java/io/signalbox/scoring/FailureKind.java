package io.signalbox.scoring;

import java.util.Locale;

/** In what way an attempt failed, as operators count it. */
public enum FailureKind {
  /** The request went out and no answer came in time. */
  TIMEOUT,
  /** No connection came about, or it broke before the whole answer was read. */
  CONNECTION,
  /** The provider answered that it cannot (5xx). */
  SERVER_ERROR,
  /** The provider cannot work until a person mends it: key, account, credit. */
  PROVIDER_FAULT,
  /** The provider asked for fewer requests. Neutral: no failure of the provider. */
  THROTTLED,
  /** The recipient or the content was refused. Neutral: no failure of the provider. */
  REJECTED,
  /** None of the above. */
  OTHER;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in the API and in metrics. */
  public String wireName() {
    return wireName;
  }
}
