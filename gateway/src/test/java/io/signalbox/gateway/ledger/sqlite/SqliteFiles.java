package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.LedgerContract.Opened;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.function.IntSupplier;

/** Where tests keep embedded ledgers, and with which options. */
public final class SqliteFiles {
  static final SqlLedgerOptions OPTIONS = new SqlLedgerOptions(256, 100_000, 1 << 30, 2, 1_000);

  private SqliteFiles() {}

  static Path file(Path directory) {
    return directory.resolve("ledger.db");
  }

  static Future<SqlLedger> open(Vertx vertx, Path directory) {
    return open(vertx, directory, () -> 0);
  }

  static Future<SqlLedger> open(Vertx vertx, Path directory, IntSupplier maxPages) {
    return SqliteLedger.open(
        vertx, file(directory), OPTIONS, new StoredForm(), EventOutlet.NONE, maxPages);
  }

  static Future<SqlLedger> open(Vertx vertx, Path directory, EventOutlet outlet) {
    return SqliteLedger.open(vertx, file(directory), OPTIONS, new StoredForm(), outlet);
  }

  /** The ports of an open embedded ledger. */
  public static Opened ports(SqlLedger ledger) {
    return new Opened(
        ledger,
        ledger,
        ledger.breakers(),
        ledger.webhooks(),
        ledger.suppressions(),
        ledger.callbacks(),
        ledger.callbackQueue());
  }
}
