package io.signalbox.gateway.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.CallbackLedger;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.postgres.PostgresLedger;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.notification.NotificationJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the ledger where the configuration says that it lives, and shows its figures. */
final class LedgerOpening {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerOpening.class);

  private LedgerOpening() {}

  static Future<SqlLedger> open(
      Vertx vertx,
      GatewayConfig config,
      Seal seal,
      EventOutlet outlet,
      MeterRegistry registry,
      Clock clock) {
    return opened(vertx, config, seal, outlet)
        .compose(ledger -> begun(ledger, "the ledger"))
        .compose(ledger -> withoutUnwantedKeys(ledger, config, clock))
        .onSuccess(
            ledger -> {
              LedgerGauges.register(ledger, registry);
              PoolGauges.register(ledger::connections, registry);
            });
  }

  /** Has a ledger begin to use the keys; one with which they do not fit is closed. */
  static Future<SqlLedger> begun(SqlLedger ledger, String where) {
    return orClosed(ledger, ledger.resealing(where, System::nanoTime).begin());
  }

  private static Future<SqlLedger> orClosed(SqlLedger ledger, Future<?> done) {
    return done.map(ledger)
        .recover(failure -> ledger.close().transform(closed -> Future.failedFuture(failure)));
  }

  /** Removes the texts of API keys that were kept, where the configuration says so by now. */
  private static Future<SqlLedger> withoutUnwantedKeys(
      SqlLedger ledger, GatewayConfig config, Clock clock) {
    CallbackLedger callbacks = ledger.callbacks();
    if (config.callbacks().perMessage().keepsKeys(callbacks.seals())) {
      return Future.succeededFuture(ledger);
    }
    return orClosed(
        ledger, callbacks.removePerMessage(clock.millis()).onSuccess(LedgerOpening::tellOfKeys));
  }

  private static void tellOfKeys(int removed) {
    if (removed > 0) {
      LOG.info("callbacks.per_message: {} endpoints of API keys were removed", removed);
    }
  }

  private static Future<SqlLedger> opened(
      Vertx vertx, GatewayConfig config, Seal seal, EventOutlet outlet) {
    NotificationJson json = new NotificationJson();
    return switch (config.ledger().engine()) {
      case SQLITE ->
          SqliteLedger.open(
              vertx,
              config.data().dir().resolve("ledger.db"),
              SqlLedgerOptions.of(config.ledger()).withSeal(seal),
              json,
              outlet);
      case POSTGRES ->
          PostgresLedger.open(
                  vertx,
                  config.postgres(),
                  NodeName.ofThisProcess(),
                  SqlLedgerOptions.of(
                          config.ledger(), config.postgres().pool().maxConnections() - 1)
                      .withSeal(seal),
                  json,
                  outlet)
              .map(PostgresLedger::ledger);
    };
  }
}
