package io.signalbox.gateway.server;

import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.offers.OfferRefresh;
import io.signalbox.gateway.offers.OfferVerticle;
import io.signalbox.gateway.offers.OfferWatch;
import io.signalbox.gateway.operation.OperationMarket;
import io.signalbox.gateway.operation.Operations;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.gateway.rental.Numbers;
import io.signalbox.gateway.rental.RentKind;
import io.signalbox.gateway.rental.RentalDesk;
import io.signalbox.gateway.rental.RentalVerticle;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.SplittableRandom;

/** What renting numbers is made of. Thread-safe. */
final class NumberWiring {
  private final Bus bus;
  private final SqlLedger ledger;
  private final GatewayConfig config;
  private final ProviderCalls calls;
  private final Clock clock;
  private final OperationMarket market;

  NumberWiring(Bus bus, SqlLedger ledger, GatewayConfig config, ProviderCalls calls, Clock clock) {
    this.bus = bus;
    this.ledger = ledger;
    this.config = config;
    this.calls = calls;
    this.clock = clock;
    this.market =
        new OperationMarket(
            bus,
            Channel.NUMBER,
            Preferences.of(StoredPreferences.NONE, config.scoring(), config.dispatch()));
  }

  /** The way to providers, by which what is not to be had is noticed. */
  ProviderCalls watched() {
    return new OfferWatch(calls, new OfferRefresh(calls, ledger.offers(), clock));
  }

  /** What the saga needs to know of rents. */
  RentKind kind() {
    return new RentKind(market, ledger.offers(), config.numbers(), clock);
  }

  /** What the API needs. */
  Numbers numbers(Operations operations) {
    return new Numbers(
        market,
        operations,
        new RentalDesk(operations, ledger.operations(), calls, config.numbers(), clock),
        ledger.operations());
  }

  /** Keeps stock and prices. */
  OfferVerticle offerVerticle() {
    return new OfferVerticle(
        bus,
        calls,
        ledger.offers(),
        ledger.leases(),
        config.numbers().syncInterval(),
        clock,
        new SplittableRandom());
  }

  /** Asks for codes. */
  RentalVerticle rentalVerticle() {
    return new RentalVerticle(bus, calls, ledger.operations(), config.numbers(), clock);
  }

  Future<Void> close() {
    return market.close();
  }
}
