package io.signalbox.testkit;

import io.signalbox.spi.Recipient;
import io.signalbox.spi.operation.Attendee;
import io.signalbox.spi.operation.Booking;
import io.signalbox.spi.operation.BookingProvider;
import io.signalbox.spi.operation.BookingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The facts that a provider of bookings gives to {@link BaseBookingProviderTest}: what its API is
 * asked and answers, as its documents have it. Besides these it gives those of {@link
 * BaseOperationTest} and of {@link BaseProviderTest}.
 */
public abstract class BaseBookerTest extends BaseOperationTest<BookingProvider> {
  /** Where the samples are moved to. */
  protected static final Instant NEW_START = SampleBookings.START.plus(Duration.ofDays(1));

  /** What is to be booked; see {@link SampleBookings}. */
  protected abstract BookingRequest request();

  /** What the API answers to it. */
  protected abstract Reply booked();

  /** What that answer says. */
  protected abstract Booking expected();

  /** Compares what was sent with what the API's documents ask for. */
  protected abstract void assertBookedOnTheWire(SeenRequest seen, BookingRequest request);

  /** A list with the booking of {@link #expected()}, made by the attempt of {@link #request()}. */
  protected abstract Reply list();

  /** A list without any booking. */
  protected abstract Reply emptyList();

  /** The fullest list that the provider believes to be whole, and one more booking of others. */
  protected abstract Reply fullOfOthers();

  /** Compares the question for the booking with what the API's documents ask for. */
  protected abstract void assertListedOnTheWire(SeenRequest seen);

  /** The answer to the question for the booking of {@link #expected()}. */
  protected abstract Reply read();

  /** The documented answer about a booking that there is not. */
  protected abstract Reply notFound();

  /** Compares the question for one booking with what the API's documents ask for. */
  protected abstract void assertReadOnTheWire(SeenRequest seen);

  /** The answer to a cancellation that shows the booking as cancelled. */
  protected abstract Reply cancelled();

  /** Compares the cancellation, for the reason {@code Sick}, with the API's documents. */
  protected abstract void assertCancelledOnTheWire(SeenRequest seen);

  /** The answer to a move to {@link #NEW_START}. */
  protected abstract Reply moved();

  /** What that answer says. */
  protected abstract Booking expectedMoved();

  /** Compares the move, for the reason {@code Later}, with the API's documents. */
  protected abstract void assertMovedOnTheWire(SeenRequest seen);

  /** The documented ways to say that the time is not free. */
  protected abstract List<Reply> slotTaken();

  /** Statuses that never are an answer to a question. */
  protected IntStream errorStatuses() {
    return IntStream.of(302, 401, 403, 429, 500, 502, 503, 504);
  }

  @Override
  protected Reply checkSuccess() {
    return emptyList();
  }

  @Override
  protected final Map<String, Call<BookingProvider>> calls() {
    return new TreeMap<>(
        Map.of(
            deed(),
            deed(TIMEOUT),
            "find",
            provider -> provider.findBookings(SampleBookings.search(request())),
            "read",
            provider -> provider.booking(expected().uid(), TIMEOUT),
            "cancel",
            provider -> provider.cancelBooking(expected().uid(), "Sick", TIMEOUT),
            "move",
            provider -> provider.reschedule(expected().uid(), NEW_START, "Later", TIMEOUT)));
  }

  @Override
  final String deed() {
    return "book";
  }

  @Override
  final Call<BookingProvider> deed(Duration timeout) {
    return provider -> provider.book(SampleBookings.withTimeout(request(), timeout));
  }

  @Override
  final Reply success() {
    return booked();
  }

  @Override
  final List<Reply> goodAnswers() {
    return List.of(booked(), list(), read(), notFound(), cancelled(), moved());
  }

  /** The attendee's address and number, in all their forms. */
  @Override
  final List<String> personalData() {
    Attendee attendee = request().attendee();
    List<String> personal = new ArrayList<>();
    if (attendee.email() != null) {
      personal.addAll(QuotedAddress.forms(new Recipient.Email(attendee.email())));
    }
    if (attendee.phone() != null) {
      personal.addAll(QuotedAddress.forms(new Recipient.Phone(attendee.phone())));
    }
    return personal;
  }
}
