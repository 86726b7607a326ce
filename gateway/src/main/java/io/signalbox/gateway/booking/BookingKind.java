package io.signalbox.gateway.booking;

import io.signalbox.gateway.call.BookingCall.Book;
import io.signalbox.gateway.call.BookingCall.CancelBooking;
import io.signalbox.gateway.call.BookingCall.FindBookings;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.call.RentalRef;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.operation.Candidates;
import io.signalbox.gateway.operation.OperationKind;
import io.signalbox.gateway.operation.OperationMarket;
import io.signalbox.spi.Channel;
import io.signalbox.spi.operation.Booking;
import io.signalbox.spi.operation.BookingRequest;
import io.signalbox.spi.operation.BookingSearch;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Creating a booking, as the saga needs to know it. */
public final class BookingKind implements OperationKind<Booking> {
  private static final long LOOK_MILLIS = 5_000;
  private static final String DONE_TWICE = "booked twice by mistake";

  private final OperationMarket market;
  private final Clock clock;

  /** Makes it. */
  public BookingKind(OperationMarket market, Clock clock) {
    this.market = market;
    this.clock = clock;
  }

  @Override
  public Channel channel() {
    return Channel.BOOKING;
  }

  static BookingWish wish(Operation operation) {
    return BookingWish.of(operation.request());
  }

  /** A booking, with what a record of a call to it shall say. */
  static RentalRef ref(Operation operation, String uid) {
    return new RentalRef(uid, wish(operation).eventType(), null);
  }

  @Override
  public Future<Candidates> candidates(Operation operation) {
    Candidates found = choice().candidates(wish(operation).provider(), clock.millis());
    // A breaker may be closed by hand: what is queued looks again soon.
    return Future.succeededFuture(
        operation.patientUntilMillis() > 0 && found.retryAfterMillis() > LOOK_MILLIS
            ? new Candidates(found.ranked(), found.rule(), LOOK_MILLIS)
            : found);
  }

  private BookingChoice choice() {
    return new BookingChoice(market.ranking(), market.states(), market.preferences());
  }

  @Override
  public ProviderCall<Booking> perform(
      Operation operation, OperationAttempt attempt, Duration timeout) {
    BookingWish wish = wish(operation);
    return new Book(
        new BookingRequest(
            operation.attemptId(attempt.number()),
            wish.eventType(),
            wish.start(),
            wish.duration(),
            wish.attendee(),
            wish.metadata(),
            timeout,
            operation.trace().traceparent()));
  }

  @Override
  public ProviderCall<List<Booking>> find(
      Operation operation, OperationAttempt attempt, Set<String> known, Duration timeout) {
    return find(operation, attempt, wish(operation).start(), attempt.startedAtMillis(), timeout);
  }

  /** The call that looks for what carries the reference of an attempt and begins at a time. */
  static FindBookings find(
      Operation operation,
      OperationAttempt attempt,
      Instant start,
      long sinceMillis,
      Duration timeout) {
    BookingWish wish = wish(operation);
    return new FindBookings(
        new BookingSearch(
            operation.attemptId(attempt.number()),
            wish.attendee(),
            start,
            Instant.ofEpochMilli(sinceMillis),
            timeout),
        wish.eventType());
  }

  @Override
  public ProviderCall<?> undo(Operation operation, String providerId, Duration timeout) {
    return new CancelBooking(ref(operation, providerId), DONE_TWICE, timeout);
  }

  @Override
  public OperationResult result(Operation operation, OperationAttempt attempt, Booking value) {
    return result(attempt.provider(), value, clock.millis());
  }

  /** What is stored of a booking that was just made. */
  static OperationResult result(String provider, Booking value, long nowMillis) {
    KeptBooking kept =
        KeptBooking.made(Statement.of(value, nowMillis), value.start(), value.end(), nowMillis);
    return result(provider, kept, nowMillis);
  }

  /** What is stored of a booking. */
  static OperationResult result(String provider, KeptBooking kept, long nowMillis) {
    return new OperationResult(provider, kept.uid(), kept.toJson(), kept.followAtMillis(nowMillis));
  }

  @Override
  public boolean findsByReference() {
    return true;
  }
}
