package io.signalbox.testkit;

import io.signalbox.spi.operation.OfferWish;
import io.signalbox.spi.operation.Price;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.RentalSearch;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Wishes for numbers to try a provider with. */
public final class SampleRentals {
  private SampleRentals() {}

  /**
   * A wish for a number at any price.
   *
   * @param country ISO 3166-1 alpha-2, two small letters
   * @param service the word that callers use
   */
  public static RentRequest request(String country, String service) {
    return of(country, service, null, false, Duration.ofSeconds(10), null);
  }

  /** The same with a limit of the price, in {@code USD}. */
  public static RentRequest withLimit(RentRequest request, String maxPrice, boolean freePrice) {
    return withLimit(request, new Price(new BigDecimal(maxPrice), "USD"), freePrice);
  }

  /** The same with a limit of the price. */
  public static RentRequest withLimit(RentRequest request, Price maxPrice, boolean freePrice) {
    return of(
        request.country(),
        request.service(),
        maxPrice,
        freePrice,
        request.timeout(),
        request.traceparent());
  }

  /** The same with another timeout. */
  public static RentRequest withTimeout(RentRequest request, Duration timeout) {
    return of(
        request.country(),
        request.service(),
        request.maxPrice(),
        request.freePrice(),
        timeout,
        request.traceparent());
  }

  /** The same in a trace. */
  public static RentRequest withTraceparent(RentRequest request, String traceparent) {
    return of(
        request.country(),
        request.service(),
        request.maxPrice(),
        request.freePrice(),
        request.timeout(),
        traceparent);
  }

  /**
   * The question for the rental of a request's attempt.
   *
   * @param attemptedAt when that attempt began
   * @param known ids of rentals that are others'
   */
  public static RentalSearch search(RentRequest request, Instant attemptedAt, Set<String> known) {
    return new RentalSearch(
        request.attemptId(),
        request.country(),
        request.service(),
        attemptedAt,
        known,
        request.timeout());
  }

  /** The question what there is of a request's country and service. */
  public static OfferWish wish(RentRequest request) {
    return new OfferWish(request.country(), request.service(), request.timeout());
  }

  private static RentRequest of(
      String country,
      String service,
      @Nullable Price maxPrice,
      boolean freePrice,
      Duration timeout,
      @Nullable String traceparent) {
    return new RentRequest(
        SampleRequests.ATTEMPT_ID, country, service, maxPrice, freePrice, timeout, traceparent);
  }
}
