package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.BookingInbox;
import io.vertx.core.Future;
import java.util.List;

/** What was told of bookings, in the store of the ledger. */
final class SqlBookingInbox implements BookingInbox {
  private final Store store;

  SqlBookingInbox(Store store) {
    this.store = store;
  }

  @Override
  public Future<List<ToldBooking>> due(long nowMillis, int limit) {
    return store
        .readers()
        .read(session -> session.bookingEvents().due(nowMillis, limit))
        .compose(found -> withoutUnreadable(found));
  }

  /** What cannot be read any more would be found first each time. */
  private Future<List<ToldBooking>> withoutUnreadable(BookingEventReader.Found found) {
    if (found.unreadable().isEmpty()) {
      return Future.succeededFuture(found.told());
    }
    return store
        .writer()
        .submit(
            session -> {
              for (long id : found.unreadable()) {
                session.bookingEvents().processed(id);
              }
              return found.told();
            },
            found.unreadable().size());
  }

  @Override
  public Future<Void> processed(long id) {
    return store
        .writer()
        .submit(
            session -> {
              session.bookingEvents().processed(id);
              return id;
            },
            1)
        .mapEmpty();
  }

  @Override
  public Future<Void> later(long id, int tries, long dueAtMillis) {
    return store
        .writer()
        .submit(
            session -> {
              session.bookingEvents().later(id, tries, dueAtMillis);
              return id;
            },
            1)
        .mapEmpty();
  }
}
