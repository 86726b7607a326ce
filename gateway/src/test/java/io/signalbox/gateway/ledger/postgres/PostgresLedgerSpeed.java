package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.LedgerWork;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many changes a second a ledger in PostgreSQL takes, beside what the same server takes as
 * plain multi-row inserts of the same size. Run by hand; the argument is how many of each.
 */
final class PostgresLedgerSpeed {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresLedgerSpeed.class);
  private static final String TEXT = "m".repeat(500);
  private static final int ROWS = 256;

  private final Vertx vertx = Vertx.vertx();
  private final NotificationIds ids = new NotificationIds(Clock.systemUTC(), 0);
  private final StoredForm codec = new StoredForm();

  private PostgresLedgerSpeed() {}

  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
    new PostgresLedgerSpeed().run(count);
    System.exit(0);
  }

  private void run(int count) throws Exception {
    PgConnectOptions database = PostgresServer.database();
    SqlLedger ledger =
        PostgresServer.await(
                PostgresLedger.open(
                    vertx,
                    PostgresDatabases.options(database),
                    NodeOptions.of("speed"),
                    new SqlLedgerOptions(256, 100_000, 1 << 30, 2, 1_000),
                    codec,
                    EventOutlet.NONE))
            .ledger();
    LedgerWork work = new LedgerWork(ledger, TEXT.length(), Clock.systemUTC());
    for (int round = 0; round < 2; round++) {
      ceiling(database, count);
      for (int inFlight : new int[] {64, 512, 2_048}) {
        Queue<NotificationId> accepted = new ConcurrentLinkedQueue<>();
        measure("accept", count, inFlight, i -> work.accept().onSuccess(accepted::add));
        List<NotificationId> all = List.copyOf(accepted);
        measure("begin", count, inFlight, i -> work.begin(all.get(i)));
        measure("settle", count, inFlight, i -> work.settle(all.get(i)));
      }
    }
    PostgresServer.await(ledger.close());
  }

  private static void measure(String what, int count, int inFlight, IntFunction<Future<?>> change)
      throws InterruptedException {
    long begin = System.nanoTime();
    LedgerWork.each(count, inFlight, change);
    tell(what + ", " + inFlight + " in flight", count, System.nanoTime() - begin);
  }

  /** Plain inserts of many rows, two statements under way, into a table with the same index. */
  private void ceiling(PgConnectOptions database, int count) throws Exception {
    PgConnection connection =
        PostgresServer.await(
            PgConnection.connect(
                vertx,
                new PgConnectOptions(database)
                    .setCachePreparedStatements(true)
                    .setPipeliningLimit(2)));
    PostgresServer.await(
        connection
            .query("CREATE TABLE IF NOT EXISTS plain (id BIGINT PRIMARY KEY, content TEXT)")
            .execute());
    long begin = System.nanoTime();
    Future<?> before = Future.succeededFuture();
    for (int sent = 0; sent < count; sent += ROWS) {
      Long[] keys = new Long[ROWS];
      String[] texts = new String[ROWS];
      for (int i = 0; i < ROWS; i++) {
        keys[i] = ids.next().key();
        texts[i] = TEXT;
      }
      Future<?> now =
          connection
              .preparedQuery("INSERT INTO plain SELECT * FROM unnest($1::int8[], $2::text[])")
              .execute(Tuple.wrap(List.of(keys, texts)));
      PostgresServer.await(before);
      before = now;
    }
    PostgresServer.await(before);
    tell("plain inserts of " + ROWS + " rows", count, System.nanoTime() - begin);
    PostgresServer.await(connection.close());
  }

  private static void tell(String what, int count, long nanos) {
    LOG.info("{} {} /s", what, count * TimeUnit.SECONDS.toNanos(1) / nanos);
  }
}
