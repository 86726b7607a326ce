package io.signalbox.spi.operation;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to rent a number.
 *
 * @param attemptId our name of the attempt, handed to the remote API as a reference where it takes
 *     one: at most 64 characters of {@code a-z 0-9 -}
 * @param country ISO 3166-1 alpha-2, two small letters
 * @param service for what the number is wanted: the word that callers use, such as {@code wa},
 *     which the plugin translates to the provider's
 * @param maxPrice the most that may be paid; null for no limit. A provider that sells in another
 *     currency rents nothing and answers {@link Shortage#PRICE_LIMIT}: nobody knows the rate
 * @param freePrice whether the provider may pick any price up to the limit, where it has such a
 *     choice
 * @param timeout how long the call may take
 * @param traceparent W3C Trace Context, passed on over HTTP; null if in no trace
 */
public record RentRequest(
    String attemptId,
    String country,
    String service,
    @Nullable Price maxPrice,
    boolean freePrice,
    Duration timeout,
    @Nullable String traceparent) {

  /**
   * Checks that nothing is missing and that there is time.
   *
   * @param attemptId {@link #attemptId()}
   * @param country {@link #country()}
   * @param service {@link #service()}
   * @param maxPrice {@link #maxPrice()}
   * @param freePrice {@link #freePrice()}
   * @param timeout {@link #timeout()}
   * @param traceparent {@link #traceparent()}
   */
  public RentRequest {
    Objects.requireNonNull(attemptId, "attemptId");
    Objects.requireNonNull(country, "country");
    Objects.requireNonNull(service, "service");
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive, was " + timeout);
    }
  }
}
