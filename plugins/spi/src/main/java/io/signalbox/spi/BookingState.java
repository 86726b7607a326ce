package io.signalbox.spi;

import java.util.Locale;

/** The states of a booking, the same words for every provider. */
public enum BookingState {
  /** It waits for a confirmation of the other side. */
  PENDING,
  /** It stands. */
  ACCEPTED,
  /** It was called off. */
  CANCELLED,
  /** The other side refused it. */
  REJECTED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** {@return the lower-case name used in the API, in events and in logs} */
  public String wireName() {
    return wireName;
  }
}
