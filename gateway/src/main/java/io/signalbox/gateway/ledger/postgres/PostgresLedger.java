package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.config.PostgresSettings;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.PoolStats;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.notification.NotificationCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * An open ledger in a PostgreSQL database.
 *
 * @param ledger the ledger
 * @param pool what its connections are doing, at any time
 */
public record PostgresLedger(SqlLedger ledger, Supplier<PoolStats> pool) {

  /**
   * Opens a ledger, making it or bringing it to this version as needed. Does not block the caller.
   *
   * @param outlet where the events of committed changes are told
   * @param name of this node, for people
   * @return fails with {@link LedgerUnavailableException} if the database cannot be reached or as
   *     many gateways share it as there can be, with {@link IllegalStateException} if a newer
   *     gateway has written it
   */
  public static Future<PostgresLedger> open(
      Vertx vertx,
      PostgresSettings config,
      String name,
      SqlLedgerOptions limits,
      NotificationCodec codec,
      EventOutlet outlet) {
    return vertx
        .executeBlocking(() -> PostgresConnect.options(config), false)
        .compose(
            options -> {
              NodeOptions who = NodeOptions.of(name, config.nodeTimeout().toMillis());
              return open(vertx, options, who, limits, codec, outlet);
            });
  }

  /** As above, with options. */
  static Future<PostgresLedger> open(
      Vertx vertx,
      PostgresOptions options,
      NodeOptions who,
      SqlLedgerOptions limits,
      NotificationCodec codec,
      EventOutlet outlet) {
    return vertx.executeBlocking(
        () -> {
          try {
            PostgresEngine engine = PostgresEngine.open(vertx, options, who, Clock.systemUTC());
            PgPool pool = engine.pool();
            return new PostgresLedger(SqlLedger.open(engine, limits, codec, outlet), pool::stats);
          } catch (SQLException e) {
            throw new LedgerUnavailableException(
                "the ledger in PostgreSQL cannot be opened: " + e.getMessage(), e);
          }
        },
        false);
  }
}
