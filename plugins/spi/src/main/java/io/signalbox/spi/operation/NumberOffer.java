package io.signalbox.spi.operation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a provider has to rent of one service in one country.
 *
 * @param country ISO 3166-1 alpha-2, two small letters
 * @param service the word that callers use
 * @param stock how many numbers are free; 0 for none
 * @param price of one; null if the provider does not say
 * @param lowestFreePrice the lowest at which one is to be had where the provider may pick any price
 *     up to a limit; null if it has no such choice
 */
public record NumberOffer(
    String country,
    String service,
    int stock,
    @Nullable Price price,
    @Nullable Price lowestFreePrice) {

  /**
   * Checks the stock.
   *
   * @param country {@link #country()}
   * @param service {@link #service()}
   * @param stock {@link #stock()}
   * @param price {@link #price()}
   * @param lowestFreePrice {@link #lowestFreePrice()}
   */
  public NumberOffer {
    Objects.requireNonNull(country, "country");
    Objects.requireNonNull(service, "service");
    if (stock < 0) {
      throw new IllegalArgumentException("a stock is not negative, was " + stock);
    }
  }
}
