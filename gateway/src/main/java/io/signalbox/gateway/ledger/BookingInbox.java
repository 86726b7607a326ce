package io.signalbox.gateway.ledger;

import io.signalbox.spi.BookingChange;
import io.vertx.core.Future;
import java.util.List;

/**
 * What providers have told of bookings by webhook, between its arrival and its effect. It is stored
 * with its webhook ({@link WebhookInbox#store}), each statement once, however often it is sent. A
 * node works on what it has stored, and on what dead nodes had.
 *
 * <p>Durability, threads and failures are those of {@link Ledger}.
 */
public interface BookingInbox {

  /** What is due, the longest due first. */
  Future<List<ToldBooking>> due(long nowMillis, int limit);

  /**
   * A statement has had its effect, or has none: only that it came is remembered, for as long as
   * its webhook is.
   */
  Future<Void> processed(long id);

  /** A statement speaks of a booking that is not known yet: it is looked at again later. */
  Future<Void> later(long id, int tries, long dueAtMillis);

  /**
   * A statement of a provider.
   *
   * @param id the ledger's number of it
   * @param provider whose webhook
   * @param receivedAtMillis when it arrived
   * @param tries how often it was looked at
   * @param change what it says
   */
  record ToldBooking(
      long id, String provider, long receivedAtMillis, int tries, BookingChange change) {}
}
