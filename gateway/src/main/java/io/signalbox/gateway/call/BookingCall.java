package io.signalbox.gateway.call;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Provider;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Booking;
import io.signalbox.spi.operation.BookingProvider;
import io.signalbox.spi.operation.BookingRequest;
import io.signalbox.spi.operation.BookingSearch;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calls of a {@link BookingProvider}. Their {@link #service} is what is booked. */
public sealed interface BookingCall<T> extends ProviderCall<T> {

  @Override
  default Channel channel() {
    return Channel.BOOKING;
  }

  @Override
  default Class<? extends Provider> target() {
    return BookingProvider.class;
  }

  @Override
  default @Nullable String country() {
    return null;
  }

  @Override
  default Future<Answer<T>> at(Provider provider) {
    return ask((BookingProvider) provider);
  }

  /** Calls the provider. */
  Future<Answer<T>> ask(BookingProvider provider);

  /** Creates a booking. */
  record Book(BookingRequest request) implements BookingCall<Booking> {
    @Override
    public RequestType type() {
      return RequestType.BOOK;
    }

    @Override
    public Duration timeout() {
      return request.timeout();
    }

    @Override
    public Book within(Duration timeout) {
      return with(timeout, request.traceparent());
    }

    @Override
    public Book traced(String traceparent) {
      return with(request.timeout(), traceparent);
    }

    private Book with(Duration timeout, @Nullable String traceparent) {
      return new Book(
          new BookingRequest(
              request.attemptId(),
              request.eventType(),
              request.start(),
              request.duration(),
              request.attendee(),
              request.labels(),
              timeout,
              traceparent));
    }

    @Override
    public String attemptId() {
      return request.attemptId();
    }

    @Override
    public String service() {
      return request.eventType();
    }

    @Override
    public @Nullable String rentalId() {
      return null;
    }

    @Override
    public String rentalIdOf(Booking value) {
      return value.uid();
    }

    @Override
    public Future<Answer<Booking>> ask(BookingProvider provider) {
      return provider.book(request);
    }

    /** Without the labels, which may be personal. */
    @Override
    public String toString() {
      return "Book[" + request.attemptId() + "]";
    }
  }

  /**
   * Looks for the booking of an attempt.
   *
   * @param service what was booked; null if not known
   */
  record FindBookings(BookingSearch search, @Nullable String service)
      implements BookingCall<List<Booking>> {
    @Override
    public RequestType type() {
      return RequestType.FIND;
    }

    @Override
    public Duration timeout() {
      return search.timeout();
    }

    @Override
    public FindBookings within(Duration timeout) {
      return new FindBookings(
          new BookingSearch(
              search.attemptId(), search.attendee(), search.start(), search.attemptedAt(), timeout),
          service);
    }

    @Override
    public String attemptId() {
      return search.attemptId();
    }

    @Override
    public @Nullable String rentalId() {
      return null;
    }

    @Override
    public @Nullable String rentalIdOf(List<Booking> value) {
      return value.size() == 1 ? value.get(0).uid() : null;
    }

    @Override
    public Future<Answer<List<Booking>>> ask(BookingProvider provider) {
      return provider.findBookings(search);
    }
  }

  /** Reads a booking. */
  record ReadBooking(RentalRef booking, Duration timeout)
      implements BookingCall<Optional<Booking>> {
    @Override
    public RequestType type() {
      return RequestType.READ;
    }

    @Override
    public ReadBooking within(Duration newTimeout) {
      return new ReadBooking(booking, newTimeout);
    }

    @Override
    public @Nullable String attemptId() {
      return null;
    }

    @Override
    public @Nullable String service() {
      return booking.service();
    }

    @Override
    public String rentalId() {
      return booking.id();
    }

    @Override
    public String rentalIdOf(Optional<Booking> value) {
      return booking.id();
    }

    @Override
    public Future<Answer<Optional<Booking>>> ask(BookingProvider provider) {
      return provider.booking(booking.id(), timeout);
    }
  }

  /**
   * Calls a booking off.
   *
   * @param reason for the other side; null for none
   */
  record CancelBooking(RentalRef booking, @Nullable String reason, Duration timeout)
      implements BookingCall<Booking> {
    @Override
    public RequestType type() {
      return RequestType.CANCEL;
    }

    @Override
    public CancelBooking within(Duration newTimeout) {
      return new CancelBooking(booking, reason, newTimeout);
    }

    @Override
    public @Nullable String attemptId() {
      return null;
    }

    @Override
    public @Nullable String service() {
      return booking.service();
    }

    @Override
    public String rentalId() {
      return booking.id();
    }

    @Override
    public String rentalIdOf(Booking value) {
      return value.uid();
    }

    @Override
    public Future<Answer<Booking>> ask(BookingProvider provider) {
      return provider.cancelBooking(booking.id(), reason, timeout);
    }

    /** Without the reason, which may name somebody. */
    @Override
    public String toString() {
      return "CancelBooking[" + booking + "]";
    }
  }

  /**
   * Moves a booking.
   *
   * @param start the new begin
   * @param reason for the other side; null for none
   */
  record Reschedule(RentalRef booking, Instant start, @Nullable String reason, Duration timeout)
      implements BookingCall<Booking> {
    @Override
    public RequestType type() {
      return RequestType.RESCHEDULE;
    }

    @Override
    public Reschedule within(Duration newTimeout) {
      return new Reschedule(booking, start, reason, newTimeout);
    }

    @Override
    public @Nullable String attemptId() {
      return null;
    }

    @Override
    public @Nullable String service() {
      return booking.service();
    }

    @Override
    public String rentalId() {
      return booking.id();
    }

    @Override
    public String rentalIdOf(Booking value) {
      return value.uid();
    }

    @Override
    public Future<Answer<Booking>> ask(BookingProvider provider) {
      return provider.reschedule(booking.id(), start, reason, timeout);
    }

    /** Without the reason, which may name somebody. */
    @Override
    public String toString() {
      return "Reschedule[" + booking + "]";
    }
  }
}
