package io.signalbox.spi.operation;

import java.util.Locale;

/** Why a provider that works cannot serve a wish now. */
public enum Shortage {
  /** Nothing of the kind is free. */
  NO_STOCK,
  /** There is some, at a higher price than the caller allows, or in another currency. */
  PRICE_LIMIT,
  /** The provider does not offer this service or country at all. */
  NOT_OFFERED,
  /** What is rented can be given back later only: some providers want it kept for a while. */
  TOO_EARLY;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** {@return the lower-case name used in the API, in events and in logs} */
  public String wireName() {
    return wireName;
  }
}
