package io.signalbox.gateway.booking;

import io.signalbox.gateway.ledger.BookingInbox;
import io.signalbox.gateway.ledger.BookingInbox.ToldBooking;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.gateway.operation.Operations;
import io.signalbox.spi.BookingChange;
import io.signalbox.spi.operation.Booking;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets what providers have told of bookings take effect. A statement finds its booking by its uid,
 * by the one that it had before, or by our reference, also before the provider has answered the
 * call that made it. Used on one context.
 */
final class ToldBookings {
  private static final Logger LOG = LoggerFactory.getLogger(ToldBookings.class);
  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 60_000;
  private static final int MOST_DOUBLINGS = 6;

  /** What is nobody's after that time is not ours: others may use the account too. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final BookingInbox inbox;
  private final OperationLedger ledger;
  private final Operations operations;
  private final BookingBook book;
  private final Clock clock;

  ToldBookings(
      BookingInbox inbox,
      OperationLedger ledger,
      Operations operations,
      BookingBook book,
      Clock clock) {
    this.inbox = inbox;
    this.ledger = ledger;
    this.operations = operations;
    this.book = book;
    this.clock = clock;
  }

  /** Lets one take effect, or sees to it that it is looked at later. */
  Future<Void> apply(ToldBooking told) {
    return find(told)
        .compose(
            found -> found.isEmpty() ? Future.succeededFuture(false) : apply(found.get(), told))
        .compose(done -> done ? inbox.processed(told.id()) : later(told));
  }

  private Future<Optional<Operation>> find(ToldBooking told) {
    BookingChange change = told.change();
    return ledger
        .claimant(told.provider(), change.uid())
        .compose(found -> orElse(found, told, change.movedFrom()))
        .compose(found -> found.isPresent() ? Future.succeededFuture(found) : byReference(change));
  }

  private Future<Optional<Operation>> orElse(
      Optional<Operation> found, ToldBooking told, @Nullable String before) {
    return found.isPresent() || before == null
        ? Future.succeededFuture(found)
        : ledger.claimant(told.provider(), before);
  }

  private Future<Optional<Operation>> byReference(BookingChange change) {
    String reference = change.attemptId();
    return (reference == null ? Optional.<AttemptId>empty() : AttemptId.parse(reference))
        .map(attempt -> ledger.operation(attempt.notification()))
        .orElse(Future.succeededFuture(Optional.empty()));
  }

  /** False if it is to be looked at again. */
  private Future<Boolean> apply(Operation operation, ToldBooking told) {
    BookingChange change = told.change();
    if (operation.state().isOpen()) {
      return settle(operation, told);
    }
    OperationResult result = operation.result();
    if (result == null
        || operation.state() != OperationState.CONFIRMED
        || !result.provider().equals(told.provider())) {
      // What an attempt has left that is taken for not done is looked for, and undone, elsewhere.
      return Future.succeededFuture(true);
    }
    KeptBooking kept = BookingBook.kept(operation);
    boolean known =
        kept.uid().equals(change.uid())
            || kept.formerUids().contains(change.uid())
            || kept.uid().equals(change.movedFrom());
    if (!known) {
      // Another move of it may come first; else it is one too many, which is looked for elsewhere.
      return Future.succeededFuture(change.movedFrom() == null);
    }
    Statement said = Statement.of(change);
    return book.write(operation, now -> BookingStep.apply(now, said, clock.millis()))
        .map(stored -> true);
  }

  /** Its provider tells of it before it answers. */
  private Future<Boolean> settle(Operation operation, ToldBooking told) {
    BookingChange change = told.change();
    Optional<AttemptId> attempt = Optional.ofNullable(change.attemptId()).flatMap(AttemptId::parse);
    if (attempt.isEmpty() || !Statement.of(change).isLive() || change.movedFrom() != null) {
      return Future.succeededFuture(false);
    }
    BookingWish wish = BookingKind.wish(operation);
    Instant start = change.start() == null ? wish.start() : change.start();
    Instant end =
        change.end() == null
            ? start.plus(wish.duration() == null ? Duration.ZERO : wish.duration())
            : change.end();
    Booking booking = new Booking(change.uid(), change.state(), start, end, null, null, null);
    return operations
        .found(
            operation.id(),
            attempt.get().number(),
            BookingKind.result(told.provider(), booking, clock.millis()))
        .map(
            settled -> {
              if (settled) {
                LOG.info("{} was told of before its provider answered", operation);
              }
              return settled;
            });
  }

  private Future<Void> later(ToldBooking told) {
    long now = clock.millis();
    if (now - told.receivedAtMillis() > PATIENCE.toMillis()) {
      LOG.debug("a webhook of {} told of a booking that is not ours", told.provider());
      return inbox.processed(told.id());
    }
    long pause = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(told.tries(), MOST_DOUBLINGS));
    return inbox.later(told.id(), told.tries() + 1, now + pause);
  }
}
