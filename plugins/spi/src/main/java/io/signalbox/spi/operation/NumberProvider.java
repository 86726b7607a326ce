package io.signalbox.spi.operation;

import io.signalbox.spi.Provider;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A provider that rents telephone numbers (channel {@code number}).
 *
 * <p>Every call tries once and never retries by itself. The gateway bounds how many are under way
 * at a time and gives up at the call's timeout; the implementation must keep that timeout itself
 * too, so that its connection is freed. Every Future succeeds with an answer; a failed one is taken
 * as an unknown outcome.
 */
public interface NumberProvider extends Provider {

  /**
   * Rents a number. Costs money: called once for an attempt, and again only for another attempt.
   *
   * @param request what is wanted
   * @return the rental; {@link Answer.Unserved} if there is none to have
   */
  Future<Answer<Rental>> rent(RentRequest request);

  /**
   * Looks for the rental that an attempt made whose answer never came. Rents nothing.
   *
   * @param search which attempt is meant
   * @return every rental of the account that may be it, the surest first: exactly one if the remote
   *     API keeps our reference; otherwise those of the same service and country that began since,
   *     and that the search does not name as known. Empty if there is none, which soon after the
   *     attempt is no proof that none will be.
   */
  Future<Answer<List<Rental>>> findRentals(RentalSearch search);

  /**
   * Asks for the state of a rental, and the codes that came in. Changes nothing.
   *
   * @param rentalId as {@link Rental#id()} was
   * @param timeout how long the call may take
   * @return empty if the provider knows no such rental
   */
  Future<Answer<Optional<RentalStatus>>> rentalStatus(String rentalId, Duration timeout);

  /**
   * Ends a rental, or asks for one more code.
   *
   * @param rentalId as {@link Rental#id()} was
   * @param change what to do
   * @param timeout how long the call may take
   * @return the state afterwards; a change that was made already is done again without harm; {@link
   *     Answer.Unserved} with {@link Shortage#TOO_EARLY} if the provider will take it later
   */
  Future<Answer<RentalStatus>> changeRental(String rentalId, RentalChange change, Duration timeout);

  /**
   * Asks what there is to rent, and at what price. Changes nothing.
   *
   * @param wish which offers; those of others may be left out
   * @return what the provider offers now; empty if nothing of it
   */
  Future<Answer<List<NumberOffer>>> offers(OfferWish wish);
}
