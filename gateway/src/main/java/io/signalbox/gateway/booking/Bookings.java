package io.signalbox.gateway.booking;

import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.config.BookingSettings;
import io.signalbox.gateway.config.OperationSettings;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.operation.OperationMarket;
import io.signalbox.gateway.operation.Operations;
import io.vertx.core.Vertx;
import java.time.Clock;

/**
 * All that bookings take. Thread-safe.
 *
 * @param market who books
 * @param operations where a booking begins
 * @param desk where one is found and changed
 * @param reading where it is said how one stands
 * @param ledger what there was
 */
public record Bookings(
    OperationMarket market,
    Operations operations,
    BookingDesk desk,
    BookingReading reading,
    OperationLedger ledger) {

  /** Puts the parts together. */
  public static Bookings make(
      Vertx vertx,
      OperationMarket market,
      Operations operations,
      OperationLedger ledger,
      ProviderCalls calls,
      OperationSettings settings,
      BookingSettings own,
      Clock clock) {
    BookingBook book = new BookingBook(ledger, clock);
    BookingAsker asker = new BookingAsker(calls, settings);
    BookingChanges changes = new BookingChanges(book, asker, settings, clock);
    return new Bookings(
        market,
        operations,
        new BookingDesk(vertx, operations, ledger, market, changes, settings.longestWait(), clock),
        new BookingReading(market, book, asker, own, clock),
        ledger);
  }
}
