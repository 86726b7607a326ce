package io.signalbox.spi.operation;

import java.util.Locale;

/** The states of a rental, the same words for every provider. */
public enum RentalState {
  /** The number is ours, and no code came yet. */
  WAITING,
  /** A code came, and one more was asked for. */
  WAITING_FOR_ANOTHER,
  /** A code came. */
  RECEIVED,
  /** Ended by us after a code came. */
  FINISHED,
  /** Given back. */
  CANCELLED,
  /** Its time ran out without a code. */
  EXPIRED,
  /**
   * Given back, or its time ran out: the provider has one word for both. The gateway tells by its
   * clock which of the two it was, and nobody else is told of this state.
   */
  ENDED,
  /** Given back as not usable. */
  BANNED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** {@return the lower-case name used in the API, in events and in logs} */
  public String wireName() {
    return wireName;
  }

  /** {@return whether the number is ours still, so that it costs and can receive} */
  public boolean isLive() {
    return this == WAITING || this == WAITING_FOR_ANOTHER || this == RECEIVED;
  }
}
