package io.signalbox.scoring;

import java.util.Locale;

/** How bad the last minute of a provider was, as the {@link FailureDetector} grades it. */
public enum Severity {
  /** At most one failure, and not degraded. */
  LOW,
  /** Two or three failures in the last minute, or degraded. */
  MEDIUM,
  /** More than three failures in the last minute. */
  CRITICAL;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in the API, in metrics and in the ledger. */
  public String wireName() {
    return wireName;
  }
}
