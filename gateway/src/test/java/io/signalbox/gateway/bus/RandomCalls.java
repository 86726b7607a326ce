package io.signalbox.gateway.bus;

import io.signalbox.gateway.bus.NodeOperationMessages.OperateThere;
import io.signalbox.gateway.bus.NodeOperationMessages.OperatedThere;
import io.signalbox.gateway.bus.OperationMessages.Operate;
import io.signalbox.gateway.bus.OperationMessages.Operated;
import io.signalbox.gateway.call.BookingCall.Book;
import io.signalbox.gateway.call.BookingCall.CancelBooking;
import io.signalbox.gateway.call.BookingCall.FindBookings;
import io.signalbox.gateway.call.BookingCall.ReadBooking;
import io.signalbox.gateway.call.BookingCall.Reschedule;
import io.signalbox.gateway.call.NumberCall.AskOffers;
import io.signalbox.gateway.call.NumberCall.ChangeRental;
import io.signalbox.gateway.call.NumberCall.FindRentals;
import io.signalbox.gateway.call.NumberCall.ReadRental;
import io.signalbox.gateway.call.NumberCall.Rent;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.call.RentalRef;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.BookingState;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Attendee;
import io.signalbox.spi.operation.Booking;
import io.signalbox.spi.operation.BookingRequest;
import io.signalbox.spi.operation.BookingSearch;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.OfferWish;
import io.signalbox.spi.operation.Price;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalMessage;
import io.signalbox.spi.operation.RentalSearch;
import io.signalbox.spi.operation.RentalState;
import io.signalbox.spi.operation.RentalStatus;
import io.signalbox.spi.operation.Shortage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls of operations and their answers, each value present or missing by chance. */
final class RandomCalls {
  private static final int KINDS = 10;

  private final Random random;

  private RandomCalls(long seed) {
    this.random = new Random(seed);
  }

  static List<ProviderCall<?>> all(long seed, int count) {
    RandomCalls calls = new RandomCalls(seed);
    return Stream.<ProviderCall<?>>generate(calls::call).limit(count).toList();
  }

  /** Questions and answers between nodes. */
  static List<NodeMessage> messages(long seed, int count) {
    RandomCalls calls = new RandomCalls(seed);
    return Stream.generate(calls::message).limit(count).toList();
  }

  private NodeMessage message() {
    ProviderCall<?> call = call();
    return random.nextBoolean()
        ? new OperateThere(text(), random.nextLong(1L << 50), new Operate(attempt(), call))
        : OperatedThere.of(
            call, new Operated(answer(call), random.nextBoolean(), random.nextInt(90_000)));
  }

  private ProviderCall<?> call() {
    return switch (random.nextInt(KINDS)) {
      case 0 ->
          new Rent(
              new RentRequest(
                  text(),
                  text(),
                  text(),
                  maybe(this::price),
                  random.nextBoolean(),
                  time(),
                  maybe(this::text)));
      case 1 ->
          new FindRentals(
              new RentalSearch(text(), text(), text(), instant(), Set.of("a", text()), time()));
      case 2 -> new ReadRental(ref(), time());
      case 3 -> new ChangeRental(ref(), one(RentalChange.values()), time());
      case 4 -> new AskOffers(new OfferWish(maybe(this::text), maybe(this::text), time()));
      case 5 ->
          new Book(
              new BookingRequest(
                  text(),
                  text(),
                  instant(),
                  maybe(this::time),
                  attendee(),
                  Map.of("k", text(), "l", ""),
                  time(),
                  maybe(this::text)));
      case 6 ->
          new FindBookings(
              new BookingSearch(text(), attendee(), instant(), instant(), time()),
              maybe(this::text));
      case 7 -> new ReadBooking(ref(), time());
      case 8 -> new CancelBooking(ref(), maybe(this::text), time());
      default -> new Reschedule(ref(), instant(), maybe(this::text), time());
    };
  }

  private Answer<?> answer(ProviderCall<?> call) {
    return switch (random.nextInt(3)) {
      case 0 -> new Answer.Done<>(value(call), evidence());
      case 1 -> new Answer.Unserved<>(one(Shortage.values()), maybe(this::price), evidence());
      default -> new Answer.Failed<>(outcome());
    };
  }

  private Object value(ProviderCall<?> call) {
    if (call instanceof FindRentals) {
      return many(this::rental);
    }
    if (call instanceof ReadRental) {
      return Optional.ofNullable(maybe(this::status));
    }
    if (call instanceof ChangeRental) {
      return status();
    }
    if (call instanceof AskOffers) {
      return many(this::offer);
    }
    if (call instanceof Rent) {
      return rental();
    }
    if (call instanceof FindBookings) {
      return many(this::booking);
    }
    return call instanceof ReadBooking ? Optional.ofNullable(maybe(this::booking)) : booking();
  }

  private Outcome outcome() {
    return switch (random.nextInt(5)) {
      case 0 -> new Outcome.Transient(evidence());
      case 1 -> new Outcome.Throttled(maybe(this::time), evidence());
      case 2 -> new Outcome.ProviderFault(evidence());
      case 3 -> new Outcome.Rejected(one(ReasonClass.values()), evidence());
      default -> new Outcome.Unknown(evidence());
    };
  }

  private Evidence evidence() {
    return new Evidence(
        one(Progress.values()), random.nextInt(600), maybe(this::text), maybe(this::text));
  }

  private Rental rental() {
    return new Rental(
        text(), text(), maybe(this::price), maybe(this::instant), maybe(this::instant));
  }

  private RentalStatus status() {
    return new RentalStatus(
        one(RentalState.values()),
        many(() -> new RentalMessage(text(), maybe(this::text), maybe(this::instant))));
  }

  private NumberOffer offer() {
    return new NumberOffer(
        text(), text(), random.nextInt(5_000), maybe(this::price), maybe(this::price));
  }

  private Booking booking() {
    return new Booking(
        text(),
        one(BookingState.values()),
        instant(),
        instant(),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text));
  }

  private Attendee attendee() {
    return new Attendee(text(), text(), text(), maybe(this::text), maybe(this::text));
  }

  private RentalRef ref() {
    return new RentalRef(text(), maybe(this::text), maybe(this::text));
  }

  private Price price() {
    return new Price(Objects.requireNonNull(amount()), "USD");
  }

  private BigDecimal amount() {
    return BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(7));
  }

  private AttemptId attempt() {
    return new AttemptId(
        new NotificationId(random.nextLong(1L << 60), random.nextLong(1L << 62)),
        1 + random.nextInt(AttemptId.MAX_NUMBER));
  }

  private Instant instant() {
    return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
  }

  private Duration time() {
    return Duration.ofMillis(1L + random.nextInt(300_000));
  }

  private String text() {
    return random.nextInt(4) == 0 ? "" : Long.toString(random.nextLong(), 36) + "-\u00fc\"";
  }

  private <T> List<T> many(Supplier<T> one) {
    return Stream.generate(one).limit(random.nextInt(4)).toList();
  }

  private <T> @Nullable T maybe(Supplier<T> one) {
    return random.nextBoolean() ? one.get() : null;
  }

  private <T> T one(T[] all) {
    return all[random.nextInt(all.length)];
  }
}
