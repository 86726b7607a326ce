package io.signalbox.gateway.config;

import java.time.Duration;
import java.util.Set;

/**
 * Rented numbers.
 *
 * @param syncInterval how often each provider is asked for all it has to rent
 * @param currency that {@code max_price} is in and prices are compared in: three capital letters
 * @param freePrice ids of the providers that may pick any price up to the limit; {@code *} for all
 * @param pollAfter when a rental is first asked for its code
 * @param pollMax longest time between two such questions
 */
public record NumbersSettings(
    Duration syncInterval,
    String currency,
    Set<String> freePrice,
    Duration pollAfter,
    Duration pollMax) {
  private static final String ALL = "*";

  /** Copies the set. */
  public NumbersSettings {
    freePrice = Set.copyOf(freePrice);
  }

  /** Whether a provider may pick the price. */
  public boolean allowsFreePrice(String provider) {
    return freePrice.contains(ALL) || freePrice.contains(provider);
  }
}
