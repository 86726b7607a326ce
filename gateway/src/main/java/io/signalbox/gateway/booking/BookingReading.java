package io.signalbox.gateway.booking;

import io.signalbox.gateway.config.BookingSettings;
import io.signalbox.gateway.failure.ErrorContext;
import io.signalbox.gateway.failure.OperationException;
import io.signalbox.gateway.failure.ProviderError;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.operation.OperationMarket;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Booking;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how bookings stand: as their providers say now, and as the ledger knows where these cannot
 * be asked. Thread-safe.
 */
public final class BookingReading {
  private static final Logger LOG = LoggerFactory.getLogger(BookingReading.class);

  private final OperationMarket market;
  private final BookingBook book;
  private final BookingAsker asker;
  private final BookingSettings settings;
  private final Clock clock;

  BookingReading(
      OperationMarket market,
      BookingBook book,
      BookingAsker asker,
      BookingSettings settings,
      Clock clock) {
    this.market = market;
    this.book = book;
    this.asker = asker;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A booking as it was seen.
   *
   * @param ageMillis how long ago its provider was last heard of how it stands; 0 while it is not
   *     booked, since the ledger knows that best
   * @param staleBecause why its provider was not asked or did not say, in one word; null if the
   *     state is not stale
   */
  public record Seen(Operation operation, long ageMillis, @Nullable String staleBecause) {}

  /**
   * Looks at a booking.
   *
   * @param fresh whether only the provider's own answer will do
   * @return fails with an {@link OperationException} if the provider cannot be asked, and what is
   *     known is too old
   */
  public Future<Seen> look(Operation operation, boolean fresh) {
    if (operation.result() == null) {
      return Future.succeededFuture(new Seen(operation, 0, null));
    }
    KeptBooking kept = BookingBook.kept(operation);
    long age = age(kept);
    boolean known = age < settings.freshFor().toMillis() && !fresh;
    if (!kept.isLive() || known) {
      return Future.succeededFuture(new Seen(operation, age, null));
    }
    // What settles unknown outcomes is let through an open breaker; whoever only looks waits for
    // nothing.
    return market
        .openFor(BookingBook.provider(operation), clock.millis())
        .map(pause -> stale(operation, closed(pause), fresh))
        .orElseGet(
            () -> asker.read(operation).compose(answer -> answered(operation, answer, fresh)));
  }

  private static Answer<Optional<Booking>> closed(Duration pause) {
    return new Answer.Failed<>(
        new Outcome.Throttled(
            pause, Evidence.unanswered(Progress.NOT_CONNECTED, "breaker_open", null)));
  }

  private Future<Seen> answered(
      Operation operation, Answer<Optional<Booking>> answer, boolean fresh) {
    if (!(answer instanceof Answer.Done<Optional<Booking>> done)) {
      return stale(operation, answer, fresh);
    }
    if (done.value().isEmpty()) {
      // It may have been moved elsewhere: what is known stays known.
      LOG.warn("the provider of booking {} does not know it", operation.id());
      return Future.succeededFuture(
          new Seen(operation, age(BookingBook.kept(operation)), "not_found"));
    }
    long now = clock.millis();
    Statement said = Statement.of(done.value().get(), now);
    return book.write(operation, kept -> BookingStep.apply(kept, said, now))
        .otherwise(
            failure -> {
              LOG.warn(
                  "how booking {} stands was not stored: {}", operation.id(), failure.toString());
              return operation;
            })
        .map(stored -> new Seen(stored, age(BookingBook.kept(stored)), null));
  }

  private Future<Seen> stale(Operation operation, Answer<Optional<Booking>> answer, boolean fresh) {
    long age = age(BookingBook.kept(operation));
    String code = answer.evidence().code();
    if (!fresh && age <= settings.staleFor().toMillis()) {
      return Future.succeededFuture(new Seen(operation, age, code == null ? "no_answer" : code));
    }
    Outcome outcome =
        answer instanceof Answer.Failed<Optional<Booking>> failed
            ? failed.outcome()
            : new Outcome.Transient(answer.evidence());
    return Future.failedFuture(
        new OperationException(
            ProviderError.of(
                operation.correlationId(),
                new ErrorContext("read", operation.id().toString()),
                BookingBook.provider(operation),
                false,
                outcome,
                BookingChanges.personal(operation))));
  }

  private long age(KeptBooking kept) {
    return Math.max(0, clock.millis() - kept.heardAtMillis());
  }
}
