package io.signalbox.gateway.server;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.config.GatewayConfig.Ledger.Engine;
import io.signalbox.gateway.config.SpoolSettings;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.notification.NotificationJson;
import io.signalbox.gateway.spool.Spool;
import io.signalbox.gateway.spool.SpoolFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the spool of a ledger that may be away, and one that an earlier start has left. */
final class SpoolOpening {
  private static final String FILE = "spool.db";

  private SpoolOpening() {}

  static Future<Optional<Spool>> open(Vertx vertx, GatewayConfig config, Seal seal) {
    Path file = config.data().dir().resolve(FILE);
    boolean wanted = config.ledger().engine() == Engine.POSTGRES && config.spool().maxEntries() > 0;
    return vertx
        .executeBlocking(() -> wanted || Files.exists(file), false)
        .compose(
            needed ->
                needed
                    ? open(vertx, config, seal, file, wanted).map(Optional::of)
                    : Future.succeededFuture(Optional.empty()));
  }

  private static Future<Spool> open(
      Vertx vertx, GatewayConfig config, Seal seal, Path file, boolean forIntake) {
    SpoolSettings given = config.spool();
    SpoolSettings settings =
        forIntake
            ? given
            : new SpoolSettings(0, given.maxBytes(), given.patience(), given.retryInterval());
    return SqliteLedger.openSpool(
            vertx,
            file,
            SqlLedgerOptions.of(config.ledger(), 1).withSeal(seal),
            new NotificationJson())
        .compose(ledger -> LedgerOpening.begun(ledger, "the spool"))
        .map(
            ledger ->
                new SpoolFile(
                    ledger,
                    ledger.spool(),
                    ledger.reports(),
                    ledger.resealing("the spool", System::nanoTime),
                    ledger::close))
        .compose(opened -> Spool.open(vertx, opened, settings));
  }
}
