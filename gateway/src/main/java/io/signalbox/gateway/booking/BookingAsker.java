package io.signalbox.gateway.booking;

import io.signalbox.gateway.call.BookingCall.CancelBooking;
import io.signalbox.gateway.call.BookingCall.ReadBooking;
import io.signalbox.gateway.call.BookingCall.Reschedule;
import io.signalbox.gateway.call.CalledBy;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.config.OperationSettings;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Booking;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Asks the provider of a booking. Thread-safe. */
final class BookingAsker {
  /** What begins at the same time as a change by other clocks is looked for too. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final ProviderCalls calls;
  private final OperationSettings settings;

  BookingAsker(ProviderCalls calls, OperationSettings settings) {
    this.calls = calls;
    this.settings = settings;
  }

  /** How it stands. */
  Future<Answer<Optional<Booking>>> read(Operation operation) {
    return calls.call(
        BookingBook.provider(operation),
        new ReadBooking(
            BookingKind.ref(operation, BookingBook.kept(operation).uid()),
            settings.lookUpTimeout()),
        by(operation));
  }

  /** Does what is wanted. */
  Future<Answer<Booking>> alter(Operation operation, Alteration wanted) {
    String provider = BookingBook.provider(operation);
    var ref = BookingKind.ref(operation, BookingBook.kept(operation).uid());
    Duration timeout = settings.callTimeout();
    return wanted.type() == Alteration.Type.CANCEL
        ? calls.call(provider, new CancelBooking(ref, wanted.reason(), timeout), by(operation))
        : calls.call(
            provider, new Reschedule(ref, start(wanted), wanted.reason(), timeout), by(operation));
  }

  /** What the provider has of a booking that may have been changed. */
  Future<Answer<List<Booking>>> look(Operation operation, Alteration wanted) {
    if (wanted.type() == Alteration.Type.CANCEL) {
      return read(operation).map(BookingAsker::asList);
    }
    // A move may have given it a new uid: our reference names it still.
    List<OperationAttempt> attempts = operation.progress().attempts();
    OperationAttempt made = attempts.get(attempts.size() - 1);
    return calls.call(
        BookingBook.provider(operation),
        BookingKind.find(
            operation,
            made,
            start(wanted),
            Math.min(made.startedAtMillis(), wanted.askedAtMillis() - SKEW.toMillis()),
            settings.lookUpTimeout()),
        by(operation));
  }

  private static Answer<List<Booking>> asList(Answer<Optional<Booking>> answer) {
    if (answer instanceof Answer.Done<Optional<Booking>> done) {
      return new Answer.Done<>(done.value().map(List::of).orElse(List.of()), done.evidence());
    }
    if (answer instanceof Answer.Unserved<Optional<Booking>> unserved) {
      return new Answer.Unserved<>(
          unserved.shortage(), unserved.lowestPrice(), unserved.evidence());
    }
    return new Answer.Failed<>(((Answer.Failed<Optional<Booking>>) answer).outcome());
  }

  private static Instant start(Alteration wanted) {
    return Objects.requireNonNull(wanted.start(), "a move has a begin");
  }

  private static CalledBy by(Operation operation) {
    return new CalledBy(operation.tenant(), operation.trace());
  }
}
