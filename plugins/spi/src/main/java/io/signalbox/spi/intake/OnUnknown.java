package io.signalbox.spi.intake;

import java.util.Locale;

/** What follows when nobody knows whether an attempt reached the provider. */
public enum OnUnknown {
  /** Fail over soon: a doubled message is better than none. */
  FAILOVER,
  /** Wait for a receipt or a look-up, up to a limit, then fail over. */
  WAIT,
  /** Leave it to a person: a missing message is better than a doubled one. */
  STOP;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** {@return the lower-case name used in the API, in metrics and in logs} */
  public String wireName() {
    return wireName;
  }
}
