package io.signalbox.gateway.booking;

import io.signalbox.gateway.booking.BookingStep.Applied;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.ledger.OperationLedger.Written;
import io.signalbox.gateway.ledger.OperationResult;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where it stands what has become of bookings. What is to be written is worked out anew if somebody
 * else has written meanwhile. Thread-safe.
 */
final class BookingBook {
  private static final Logger LOG = LoggerFactory.getLogger(BookingBook.class);
  private static final int MOST_TRIES = 5;

  private final OperationLedger ledger;
  private final Clock clock;

  BookingBook(OperationLedger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** What is known of a booking. */
  static KeptBooking kept(Operation operation) {
    OperationResult result = operation.result();
    if (result == null) {
      throw new IllegalStateException("nothing is booked yet");
    }
    return KeptBooking.of(result.value());
  }

  /** Whose booking it is. */
  static String provider(Operation operation) {
    OperationResult result = operation.result();
    if (result == null) {
      throw new IllegalStateException("nothing is booked yet");
    }
    return result.provider();
  }

  /**
   * Writes what follows.
   *
   * @param change what becomes of the booking as it is known: pure, since it may be asked again
   * @return the operation as it is stored then; as it was if nothing changes
   */
  Future<Operation> write(Operation before, Function<KeptBooking, Applied> change) {
    return write(before, change, MOST_TRIES);
  }

  /**
   * Writes what is to be done next, which only whoever has written it does.
   *
   * @return as it is stored then; empty if somebody else has written meanwhile
   */
  Future<Optional<Operation>> claim(Operation before, KeptBooking after) {
    long now = clock.millis();
    return ledger
        .amend(before, BookingKind.result(provider(before), after, now), null, now)
        .compose(
            written ->
                written == Written.APPLIED
                    ? ledger.operation(before.tenant(), before.id())
                    : Future.succeededFuture(Optional.empty()));
  }

  private Future<Operation> write(
      Operation before, Function<KeptBooking, Applied> change, int tries) {
    KeptBooking known = kept(before);
    Applied applied = change.apply(known);
    if (applied.booking().equals(known)) {
      return Future.succeededFuture(before);
    }
    long now = clock.millis();
    OperationResult after = BookingKind.result(provider(before), applied.booking(), now);
    return ledger
        .amend(before, after, applied.news(), now)
        .compose(written -> written(written, before, change, tries));
  }

  private Future<Operation> written(
      Written written, Operation before, Function<KeptBooking, Applied> change, int tries) {
    if (written == Written.CLAIMED) {
      LOG.warn("booking {} is said to be what another one is; that changes nothing", before.id());
      return Future.succeededFuture(before);
    }
    if (written == Written.OVERTAKEN && tries == 1) {
      return Future.failedFuture(new IllegalStateException("a booking changes again and again"));
    }
    return ledger
        .operation(before.tenant(), before.id())
        .compose(
            found -> {
              Operation now = found.orElse(before);
              return written == Written.APPLIED
                  ? Future.succeededFuture(now)
                  : write(now, change, tries - 1);
            });
  }
}
