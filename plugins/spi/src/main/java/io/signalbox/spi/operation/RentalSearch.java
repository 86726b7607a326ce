package io.signalbox.spi.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Which attempt to rent a number is looked for.
 *
 * @param attemptId as {@link RentRequest#attemptId()} was
 * @param country as {@link RentRequest#country()} was
 * @param service as {@link RentRequest#service()} was
 * @param attemptedAt when the attempt began, by the gateway's clock
 * @param known ids of rentals that belong to others, and so cannot be it
 * @param timeout how long the look-up may take
 */
public record RentalSearch(
    String attemptId,
    String country,
    String service,
    Instant attemptedAt,
    Set<String> known,
    Duration timeout) {

  /**
   * Copies the set and checks that there is time.
   *
   * @param attemptId {@link #attemptId()}
   * @param country {@link #country()}
   * @param service {@link #service()}
   * @param attemptedAt {@link #attemptedAt()}
   * @param known {@link #known()}
   * @param timeout {@link #timeout()}
   */
  public RentalSearch {
    known = Set.copyOf(known);
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive, was " + timeout);
    }
  }
}
