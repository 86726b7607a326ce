package io.signalbox.gateway.booking;

import io.signalbox.gateway.booking.AlterationStep.Act;
import io.signalbox.gateway.booking.AlterationStep.Told;
import io.signalbox.gateway.booking.BookingStep.Applied;
import io.signalbox.gateway.config.OperationSettings;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Attendee;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what {@link AlterationStep} decides: each step is stored before it is taken. Thread-safe.
 */
final class BookingChanges {
  private static final Logger LOG = LoggerFactory.getLogger(BookingChanges.class);

  private final BookingBook book;
  private final BookingAsker asker;
  private final AlterationStep steps;
  private final Clock clock;

  BookingChanges(BookingBook book, BookingAsker asker, OperationSettings settings, Clock clock) {
    this.book = book;
    this.asker = asker;
    this.steps =
        new AlterationStep(
            new AlterationStep.Limits(
                settings.callTimeout(), settings.settleAfter(), settings.settleWithin()));
    this.clock = clock;
  }

  /**
   * Stores a change that is asked for, and has it tried once.
   *
   * @return once it is stored; empty if somebody else has written meanwhile, and it must be looked
   *     at again
   */
  Future<Optional<Begun>> begin(Operation operation, AlterationWish wish) {
    KeptBooking begun = steps.begin(BookingBook.kept(operation), wish, clock.millis());
    int number = begun.alterations().get(begun.alterations().size() - 1).number();
    return book.claim(operation, begun)
        .map(stored -> stored.map(now -> new Begun(now, number, act(now, Act.TRY))));
  }

  /**
   * A change that is stored.
   *
   * @param operation as it is stored
   * @param number the change's
   * @param tried as it stands after the first try, which may have left it open. If that cannot be
   *     stored, the change is settled later
   */
  record Begun(Operation operation, int number, Future<Operation> tried) {}

  /** Takes the next step of a change that is due; somebody else may have been first. */
  Future<Operation> goOn(Operation operation) {
    long now = clock.millis();
    KeptBooking kept = BookingBook.kept(operation);
    Optional<Alteration> due = kept.open().filter(open -> open.dueAtMillis() <= now);
    if (due.isEmpty()) {
      return Future.succeededFuture(operation);
    }
    AlterationStep.Due next = steps.due(kept, due.get(), now);
    return book.claim(operation, next.booking())
        .compose(
            stored ->
                stored.isEmpty()
                    ? Future.succeededFuture(operation)
                    : act(stored.get(), next.act()));
  }

  private Future<Operation> act(Operation stored, Act act) {
    return BookingBook.kept(stored)
        .open()
        .map(open -> act == Act.TRY ? attempt(stored, open) : look(stored, open))
        .orElse(Future.succeededFuture(stored))
        .onFailure(
            failure ->
                LOG.warn(
                    "what became of a change of booking {} is settled later: {}",
                    stored.id(),
                    failure.toString()));
  }

  private Future<Operation> attempt(Operation operation, Alteration open) {
    return asker
        .alter(operation, open)
        .compose(
            answer -> {
              Told told = told(operation);
              double random = ThreadLocalRandom.current().nextDouble();
              return store(
                  operation,
                  open,
                  now -> steps.tried(now.kept(), now.open(), answer, told, random));
            });
  }

  private Future<Operation> look(Operation operation, Alteration open) {
    return asker
        .look(operation, open)
        .compose(
            answer -> {
              Told told = told(operation);
              if (answer instanceof Answer.Failed<?> failed) {
                LOG.info(
                    "a change of booking {} cannot be looked up now: {}",
                    operation.id(),
                    failed.evidence().code());
              }
              return store(
                  operation, open, now -> steps.looked(now.kept(), now.open(), answer, told));
            });
  }

  private record Now(KeptBooking kept, Alteration open) {}

  private Future<Operation> store(
      Operation operation, Alteration asked, Function<Now, Applied> step) {
    return book.write(
            operation,
            kept -> whileOpen(kept, asked.number(), open -> step.apply(new Now(kept, open))))
        .map(
            stored -> {
              note(stored, asked.number());
              return stored;
            });
  }

  /** What a webhook has settled meanwhile stays so. */
  private static Applied whileOpen(
      KeptBooking kept, int number, Function<Alteration, Applied> step) {
    return kept.open()
        .filter(open -> open.number() == number)
        .map(step)
        .orElse(new Applied(kept, null));
  }

  private static void note(Operation stored, int number) {
    BookingBook.kept(stored)
        .newestAlteration()
        .filter(each -> each.number() == number && each.stage() == Alteration.Stage.FAILED)
        .ifPresent(
            failed ->
                LOG.atWarn()
                    .addKeyValue("operation_id", stored.id())
                    .addKeyValue("correlation_id", stored.correlationId())
                    .addKeyValue("problem", failed.failure().type())
                    .log("a booking was not changed ({})", failed.type().wireName()));
  }

  private Told told(Operation operation) {
    return new Told(
        clock.millis(),
        BookingBook.provider(operation),
        operation.correlationId(),
        operation.id().toString(),
        personal(operation));
  }

  /** What providers' words may hold and nobody else is to see. */
  static List<String> personal(Operation operation) {
    Attendee attendee = BookingKind.wish(operation).attendee();
    List<String> values = new ArrayList<>();
    values.add(attendee.name());
    if (attendee.email() != null) {
      values.add(attendee.email());
    }
    if (attendee.phone() != null) {
      values.add(attendee.phone());
    }
    return values;
  }
}
