package io.signalbox.spi.operation;

import io.signalbox.spi.Provider;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider that makes appointments (channel {@code booking}). What is said of {@link
 * NumberProvider} about calls and answers holds here too.
 */
public interface BookingProvider extends Provider {

  /**
   * Creates a booking. Called once for an attempt.
   *
   * @param request what is wanted
   * @return the booking; {@link io.signalbox.spi.Outcome.Rejected} with {@link
   *     io.signalbox.spi.ReasonClass#SLOT_TAKEN} if the time is not free
   */
  Future<Answer<Booking>> book(BookingRequest request);

  /**
   * Looks for the booking that an attempt made whose answer never came, by the reference that it
   * carried. Creates nothing.
   *
   * @param search which attempt is meant
   * @return the bookings with that reference; empty if there is none, which soon after the attempt
   *     is no proof that none will be; more than one if the provider did it twice
   */
  Future<Answer<List<Booking>>> findBookings(BookingSearch search);

  /**
   * Reads a booking.
   *
   * @param uid as {@link Booking#uid()} was
   * @param timeout how long the call may take
   * @return empty if the provider knows no such booking
   */
  Future<Answer<Optional<Booking>>> booking(String uid, Duration timeout);

  /**
   * Cancels a booking. One that is cancelled already is done again without harm.
   *
   * @param uid as {@link Booking#uid()} was
   * @param reason for the other side; null for none
   * @param timeout how long the call may take
   * @return the booking afterwards
   */
  Future<Answer<Booking>> cancelBooking(String uid, @Nullable String reason, Duration timeout);

  /**
   * Moves a booking, which gets another uid at some providers.
   *
   * @param uid as {@link Booking#uid()} was
   * @param start the new begin
   * @param reason for the other side; null for none
   * @param timeout how long the call may take
   * @return the booking afterwards; {@link io.signalbox.spi.Outcome.Rejected} with {@link
   *     io.signalbox.spi.ReasonClass#SLOT_TAKEN} if the new time is not free
   */
  Future<Answer<Booking>> reschedule(
      String uid, Instant start, @Nullable String reason, Duration timeout);
}
