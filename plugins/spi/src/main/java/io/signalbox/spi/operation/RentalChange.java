package io.signalbox.spi.operation;

import java.util.Locale;

/** What can be done with a rental. */
public enum RentalChange {
  /** Gives it back. What providers do not allow once a code came. */
  CANCEL,
  /** Ends it, when the code came. */
  FINISH,
  /** Asks for one more code. */
  RETRY;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** {@return the lower-case name used in the API, in events and in logs} */
  public String wireName() {
    return wireName;
  }
}
