package io.signalbox.gateway.booking;

import io.signalbox.gateway.booking.BookingStep.Applied;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.config.OperationSettings;
import io.signalbox.gateway.ledger.BookingInbox;
import io.signalbox.gateway.ledger.BookingInbox.ToldBooking;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.operation.Operations;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Goes on with what is due of bookings: tells of those that were made, settles changes, and lets
 * webhooks take effect. What is due stands in the ledger, so that a restart, or another node, goes
 * on.
 */
public final class BookingVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(BookingVerticle.class);
  private static final long TICK_MILLIS = 200;
  private static final int MOST_UNDER_WAY = 64;

  private final OperationLedger ledger;
  private final BookingInbox inbox;
  private final BookingBook book;
  private final BookingChanges changes;
  private final ToldBookings told;
  private final Clock clock;
  private final Set<NotificationId> following = new HashSet<>();
  private final Set<Long> applying = new HashSet<>();
  private long timer;
  private boolean looking;
  private boolean complained;

  /** Makes the verticle; nothing happens before it is deployed. */
  public BookingVerticle(
      OperationLedger ledger,
      BookingInbox inbox,
      Operations operations,
      ProviderCalls calls,
      OperationSettings settings,
      Clock clock) {
    this.ledger = ledger;
    this.inbox = inbox;
    this.book = new BookingBook(ledger, clock);
    this.changes = new BookingChanges(book, new BookingAsker(calls, settings), settings, clock);
    this.told = new ToldBookings(inbox, ledger, operations, book, clock);
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    timer = vertx.setPeriodic(TICK_MILLIS, tick -> look());
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    vertx.cancelTimer(timer);
    return Future.succeededFuture();
  }

  private void look() {
    if (looking) {
      return;
    }
    looking = true;
    long now = clock.millis();
    inbox
        .due(now, MOST_UNDER_WAY)
        .onSuccess(due -> due.forEach(this::apply))
        .compose(done -> ledger.toFollow(Channel.BOOKING, now, MOST_UNDER_WAY, MOST_UNDER_WAY))
        .onComplete(
            due -> {
              looking = false;
              complained = false;
              due.forEach(this::follow);
            },
            failure -> {
              looking = false;
              complain(failure);
            });
  }

  /** One after another for the same booking; those of others do not wait. */
  private void apply(ToldBooking statement) {
    if (applying.size() < MOST_UNDER_WAY && applying.add(statement.id())) {
      told.apply(statement)
          .onComplete(
              done -> {
                applying.remove(statement.id());
                if (done.failed()) {
                  complain(done.cause());
                }
              });
    }
  }

  private void follow(Operation operation) {
    if (following.size() < MOST_UNDER_WAY && following.add(operation.id())) {
      next(operation)
          .onComplete(
              done -> {
                following.remove(operation.id());
                if (done.failed()) {
                  complain(done.cause());
                }
              });
    }
  }

  private Future<?> next(Operation operation) {
    if (operation.result() == null) {
      return Future.succeededFuture();
    }
    return BookingBook.kept(operation).told()
        ? changes.goOn(operation)
        : book.write(operation, BookingVerticle::told);
  }

  private static Applied told(KeptBooking kept) {
    return kept.told() ? new Applied(kept, null) : new Applied(kept.asTold(), BookingNews.CREATED);
  }

  /** Once, not with each trial. */
  private void complain(Throwable failure) {
    LOG.atLevel(complained ? Level.DEBUG : Level.WARN)
        .log("bookings were not followed, and are tried again: {}", failure.toString());
    complained = true;
  }
}
