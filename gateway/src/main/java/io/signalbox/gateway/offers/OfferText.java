package io.signalbox.gateway.offers;

import io.signalbox.spi.operation.NumberOffer;
import java.util.regex.Pattern;

/** What the words of an offer look like: nothing else is stored, whatever a plugin says. */
public final class OfferText {
  /** ISO 3166-1 alpha-2 in small letters. */
  private static final Pattern COUNTRY = Pattern.compile("[a-z]{2}");

  private static final Pattern SERVICE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");

  private OfferText() {}

  /** Whether it is the form of a country. */
  public static boolean isCountry(String text) {
    return COUNTRY.matcher(text).matches();
  }

  /** Whether it is the form of a service. */
  public static boolean isService(String text) {
    return SERVICE.matcher(text).matches();
  }

  static boolean isSane(NumberOffer offer) {
    return isCountry(offer.country()) && isService(offer.service());
  }
}
