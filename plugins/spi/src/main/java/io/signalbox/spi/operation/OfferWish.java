package io.signalbox.spi.operation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which offers of numbers are asked for.
 *
 * @param country ISO 3166-1 alpha-2, two small letters; null for all
 * @param service the word that callers use; null for all
 * @param timeout how long the call may take
 */
public record OfferWish(@Nullable String country, @Nullable String service, Duration timeout) {

  /**
   * Checks that there is time.
   *
   * @param country {@link #country()}
   * @param service {@link #service()}
   * @param timeout {@link #timeout()}
   */
  public OfferWish {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive, was " + timeout);
    }
  }
}
