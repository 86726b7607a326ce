package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.notification.NotificationCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;

/** Opens the embedded ledger: one SQLite file, for one gateway. Commits are synced to disk. */
public final class SqliteLedger {
  private static final List<String> SPOOL =
      List.of(
          "CREATE INDEX IF NOT EXISTS idempotency_keys_notification"
              + " ON idempotency_keys (notification_id)",
          "CREATE TABLE IF NOT EXISTS spool_offers (notification_id INTEGER PRIMARY KEY)");

  private SqliteLedger() {}

  /**
   * Opens a ledger, making it or bringing it to this version as needed. Does not block the caller.
   *
   * @param file where it lives; files with suffixes to that name are beside it
   * @param outlet where the events of committed changes are told
   * @return fails with {@link io.signalbox.gateway.ledger.LedgerUnavailableException} if another
   *     gateway has it open, with {@link IllegalStateException} if a newer gateway has written it
   */
  public static Future<SqlLedger> open(
      Vertx vertx,
      Path file,
      SqlLedgerOptions options,
      NotificationCodec codec,
      EventOutlet outlet) {
    return open(vertx, file, options, codec, outlet, () -> 0);
  }

  /** As above, telling nobody. */
  public static Future<SqlLedger> open(
      Vertx vertx, Path file, SqlLedgerOptions options, NotificationCodec codec) {
    return open(vertx, file, options, codec, EventOutlet.NONE);
  }

  /** Opens a ledger of which notifications are removed again, found by their ids; as above. */
  public static Future<SqlLedger> openSpool(
      Vertx vertx, Path file, SqlLedgerOptions options, NotificationCodec codec) {
    return vertx.executeBlocking(
        () ->
            SqlLedger.open(
                SqliteEngine.open(file, () -> 0, SPOOL), options, codec, EventOutlet.NONE),
        false);
  }

  /** As above, with a bound on the file's pages; 0 for none. */
  static Future<SqlLedger> open(
      Vertx vertx,
      Path file,
      SqlLedgerOptions options,
      NotificationCodec codec,
      EventOutlet outlet,
      IntSupplier maxPages) {
    return vertx.executeBlocking(
        () -> SqlLedger.open(SqliteEngine.open(file, maxPages), options, codec, outlet), false);
  }
}
