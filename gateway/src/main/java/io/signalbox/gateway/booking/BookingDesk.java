package io.signalbox.gateway.booking;

import io.signalbox.gateway.booking.BookingChanges.Begun;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.failure.ErrorProblem;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.gateway.operation.OperationMarket;
import io.signalbox.gateway.operation.Operations;
import io.signalbox.gateway.operation.Operations.CancelResult;
import io.signalbox.gateway.operation.Operations.OtherRequestException;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where bookings are found, called off and moved. Thread-safe. */
public final class BookingDesk {
  private static final long LOOK_MILLIS = 200;
  private static final int MOST_TRIES = 5;

  private final Vertx vertx;
  private final Operations operations;
  private final OperationLedger ledger;
  private final OperationMarket market;
  private final BookingChanges changes;
  private final Duration longestWait;
  private final Clock clock;

  BookingDesk(
      Vertx vertx,
      Operations operations,
      OperationLedger ledger,
      OperationMarket market,
      BookingChanges changes,
      Duration longestWait,
      Clock clock) {
    this.vertx = vertx;
    this.operations = operations;
    this.ledger = ledger;
    this.market = market;
    this.changes = changes;
    this.longestWait = longestWait;
    this.clock = clock;
  }

  /**
   * A booking of a tenant, by our id of it or by any uid that its provider has given it.
   *
   * @return empty if there is none
   */
  public Future<Optional<Operation>> find(String tenant, String name) {
    Optional<NotificationId> id = NotificationId.parse(name);
    return (id.isPresent()
            ? operations.read(tenant, id.get())
            : claimant(market.providers().iterator(), name))
        .map(
            found ->
                found.filter(one -> one.kind() == Channel.BOOKING && one.tenant().equals(tenant)));
  }

  private Future<Optional<Operation>> claimant(Iterator<String> providers, String uid) {
    if (!providers.hasNext()) {
      return Future.succeededFuture(Optional.empty());
    }
    return ledger
        .claimant(providers.next(), uid)
        .compose(
            found -> found.isPresent() ? Future.succeededFuture(found) : claimant(providers, uid));
  }

  /**
   * Changes a booking at its provider, and waits for the end of that as long as the caller likes
   * and the gateway allows. What is so already is not asked for again, and a key that was used
   * before finds its change.
   *
   * @return empty if there is no such booking. Fails with a {@link GatewayException} of status 409
   *     if it is not in a state for that, and with an {@link OtherRequestException} if the key was
   *     used with another request
   */
  public Future<Optional<Changed>> change(
      String tenant, String name, AlterationWish wish, Duration wait) {
    long until = clock.millis() + (wait.compareTo(longestWait) < 0 ? wait : longestWait).toMillis();
    return find(tenant, name)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : change(found.get(), wish, until, MOST_TRIES).map(Optional::of));
  }

  private Future<Changed> change(Operation operation, AlterationWish wish, long until, int tries) {
    if (tries == 0) {
      return Future.failedFuture(new IllegalStateException("a booking changes again and again"));
    }
    if (operation.result() == null) {
      return unmade(operation, wish, until, tries);
    }
    KeptBooking kept = BookingBook.kept(operation);
    Optional<Alteration> before = kept.earlier(wish);
    if (before.isPresent()) {
      return await(operation, before.get().number(), until);
    }
    if (kept.isSo(wish)) {
      return Future.succeededFuture(new Changed(operation, null));
    }
    if (!kept.isLive()) {
      return refuse("the booking is " + kept.state().wireName() + ": it cannot be moved");
    }
    if (kept.open().isPresent()) {
      return refuse("another change of the booking is under way; try again when it has its end");
    }
    return changes
        .begin(operation, wish)
        .compose(
            begun ->
                begun.isPresent()
                    ? afterTry(begun.get(), until)
                    : again(operation).compose(now -> change(now, wish, until, tries - 1)));
  }

  /** What is not booked yet can be called back, and cannot be moved. */
  private Future<Changed> unmade(Operation operation, AlterationWish wish, long until, int tries) {
    if (wish.type() == Alteration.Type.RESCHEDULE) {
      return refuse(
          operation.state().isOpen()
              ? "it is not booked yet; try again when it has its end"
              : "nothing was booked: the operation is " + operation.state().wireName());
    }
    if (operation.state() == OperationState.CANCELLED) {
      return Future.succeededFuture(new Changed(operation, null));
    }
    return operations
        .cancel(operation.tenant(), operation.id())
        .compose(
            result -> {
              Operation now = result.map(CancelResult::operation).orElse(operation);
              if (now.state() == OperationState.CANCELLED) {
                return Future.succeededFuture(new Changed(now, null));
              }
              if (now.result() != null) {
                return change(now, wish, until, tries - 1);
              }
              return refuse(
                  now.state().isOpen()
                      ? "its provider is being asked; cancel it when it has its end"
                      : "nothing was booked: the operation is " + now.state().wireName());
            });
  }

  private static <T> Future<T> refuse(String detail) {
    return Future.failedFuture(new GatewayException(409, detail));
  }

  private Future<Operation> again(Operation operation) {
    return operations
        .read(operation.tenant(), operation.id())
        .map(found -> found.orElse(operation));
  }

  private Future<Changed> afterTry(Begun begun, long until) {
    long left = until - clock.millis();
    Future<Operation> tried =
        left <= 0
            ? Future.succeededFuture(begun.operation())
            : begun
                .tried()
                .timeout(left, TimeUnit.MILLISECONDS)
                .recover(late -> again(begun.operation()));
    return tried.compose(operation -> await(operation, begun.number(), until));
  }

  /** Looks again and again: another node may be at work on it. */
  private Future<Changed> await(Operation operation, int number, long until) {
    Alteration change = BookingBook.kept(operation).alteration(number).orElse(null);
    if (change == null || !change.isOpen() || clock.millis() >= until) {
      return Future.succeededFuture(new Changed(operation, change));
    }
    return vertx
        .timer(LOOK_MILLIS, TimeUnit.MILLISECONDS)
        .compose(due -> again(operation))
        .compose(now -> await(now, number, until));
  }

  /**
   * What became of a wish to change a booking.
   *
   * @param operation as it is now
   * @param change how the change stands; null if there was nothing to do
   */
  public record Changed(Operation operation, @Nullable Alteration change) {
    /** Why it failed; null if it has not. */
    public @Nullable ErrorProblem problem() {
      return change == null || change.stage() != Alteration.Stage.FAILED ? null : change.failure();
    }

    /** Whether it is still under way. */
    public boolean isOpen() {
      return change != null && change.isOpen();
    }
  }
}
