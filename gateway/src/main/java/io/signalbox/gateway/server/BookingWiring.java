package io.signalbox.gateway.server;

import io.signalbox.gateway.booking.BookingKind;
import io.signalbox.gateway.booking.BookingVerticle;
import io.signalbox.gateway.booking.Bookings;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.operation.OperationMarket;
import io.signalbox.gateway.operation.Operations;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/** What bookings are made of. Thread-safe. */
final class BookingWiring {
  private final Vertx vertx;
  private final SqlLedger ledger;
  private final GatewayConfig config;
  private final ProviderCalls calls;
  private final Clock clock;
  private final OperationMarket market;

  BookingWiring(
      Vertx vertx,
      Bus bus,
      SqlLedger ledger,
      GatewayConfig config,
      ProviderCalls calls,
      Clock clock) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.config = config;
    this.calls = calls;
    this.clock = clock;
    this.market =
        new OperationMarket(
            bus,
            Channel.BOOKING,
            Preferences.of(StoredPreferences.NONE, config.scoring(), config.dispatch()));
  }

  /** What the saga needs to know of bookings. */
  BookingKind kind() {
    return new BookingKind(market, clock);
  }

  /** What the API needs. */
  Bookings bookings(Operations operations) {
    return Bookings.make(
        vertx,
        market,
        operations,
        ledger.operations(),
        calls,
        config.operations(),
        config.bookings(),
        clock);
  }

  /** What goes on with bookings by itself. */
  BookingVerticle verticle(Operations operations) {
    return new BookingVerticle(
        ledger.operations(), ledger.bookingInbox(), operations, calls, config.operations(), clock);
  }

  Future<Void> close() {
    return market.close();
  }
}
