package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.LedgerWork;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.ledger.WebhookBody;
import io.signalbox.gateway.ledger.WebhookInbox;
import io.signalbox.gateway.ledger.WebhookSlice;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a notification leaves in PostgreSQL and costs there: rows and bytes of each table, bytes of
 * the write-ahead log, commits, and processor time of the server and of this JVM. Run by hand; the
 * argument is how many. The figures of {@code docs/scaling.md} come from it.
 */
final class PostgresFootprint {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresFootprint.class);
  private static final int IN_FLIGHT = 512;
  private static final int MESSAGE_LENGTH = 200;
  private static final int EVENTS_IN_A_BODY = 100;
  private static final int EVENT_BYTES = 450;
  private static final List<ReceiptStatus> RECEIPTS =
      List.of(ReceiptStatus.DELIVERED, ReceiptStatus.OPENED);
  private static final String SIZES =
      """
      SELECT coalesce(parent.relname, own.relname) AS name,
             sum(pg_table_size(own.oid))::bigint AS heap,
             sum(pg_indexes_size(own.oid))::bigint AS indexes
      FROM pg_class own
      LEFT JOIN pg_inherits ON inhrelid = own.oid
      LEFT JOIN pg_class parent ON parent.oid = inhparent
      WHERE own.relkind = 'r' AND own.relnamespace = 'public'::regnamespace
      GROUP BY 1 HAVING sum(pg_total_relation_size(own.oid)) > 1000000 ORDER BY 1
      """;

  private final Vertx vertx = Vertx.vertx();
  private final Clock clock = Clock.systemUTC();
  private final PgConnectOptions database;
  private final SqlLedger ledger;
  private final int count;

  private PostgresFootprint(int count) throws Exception {
    this.count = count;
    this.database = PostgresServer.database();
    this.ledger =
        PostgresServer.await(
                PostgresLedger.open(
                    vertx,
                    PostgresDatabases.options(database),
                    NodeOptions.of("footprint"),
                    new SqlLedgerOptions(256, 100_000, 1 << 30, 2, 1_000),
                    new StoredForm(),
                    EventOutlet.NONE))
            .ledger();
  }

  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
    new PostgresFootprint(count).run();
    System.exit(0);
  }

  private void run() throws Exception {
    LedgerWork work = new LedgerWork(ledger, MESSAGE_LENGTH, clock);
    // What warms up is stored too, and counts for the bytes of each row.
    LedgerWork.each(count, IN_FLIGHT, i -> work.lifecycle());
    Queue<NotificationId> all = new ConcurrentLinkedQueue<>();
    measure(
        "accept", () -> LedgerWork.each(count, IN_FLIGHT, i -> work.accept().onSuccess(all::add)));
    List<NotificationId> ids = List.copyOf(all);
    measure("begin", () -> LedgerWork.each(count, IN_FLIGHT, i -> work.begin(ids.get(i))));
    measure("settle", () -> LedgerWork.each(count, IN_FLIGHT, i -> work.settle(ids.get(i))));
    sizes("of " + 2 * count + " notifications with an attempt each");
    measure(RECEIPTS.size() + " receipts", () -> receipts(ids));
    sizes("with the receipts of " + count + " of them");
    PostgresServer.await(ledger.close());
  }

  /** As a provider reports them that puts many events into one body. */
  private void receipts(List<NotificationId> ids) throws Exception {
    WebhookInbox inbox = ledger.webhooks();
    Buffer raw = Buffer.buffer("x".repeat(EVENTS_IN_A_BODY * EVENT_BYTES));
    for (ReceiptStatus status : RECEIPTS) {
      for (int from = 0; from < ids.size(); from += EVENTS_IN_A_BODY) {
        List<Receipt> receipts = new ArrayList<>();
        for (NotificationId id : ids.subList(from, Math.min(ids.size(), from + EVENTS_IN_A_BODY))) {
          receipts.add(receipt(id, status));
        }
        long now = clock.millis();
        long number =
            PostgresServer.await(
                inbox.store(
                    new WebhookBody(
                        "alpha",
                        now,
                        "POST",
                        "/webhooks/alpha",
                        "{}",
                        raw,
                        null,
                        receipts,
                        Set.of(Channel.EMAIL))));
        WebhookBatch batch = new WebhookBatch("alpha", now, receipts, Set.of(Channel.EMAIL));
        PostgresServer.await(inbox.process(List.of(new WebhookSlice(number, batch, true))));
      }
    }
  }

  private Receipt receipt(NotificationId id, ReceiptStatus status) {
    return new Receipt(
        id + "/" + status.wireName() + "/" + Long.toHexString(id.random()),
        new AttemptId(id, 1).toString(),
        "provider-" + id.random(),
        status,
        ReasonClass.NONE,
        status.wireName(),
        null,
        null,
        null,
        clock.instant());
  }

  /** What is measured. */
  private interface Work {
    void run() throws Exception;
  }

  private void measure(String what, Work work) throws Exception {
    PostgresServer.run(database, "CHECKPOINT");
    long wal = wal();
    Duration server = serverCpu();
    Duration own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    long begin = System.nanoTime();
    work.run();
    long nanos = System.nanoTime() - begin;
    LOG.info(
        "{}: {} /s; for each: {} bytes of WAL, {} us of the server's CPU, {} us of the client's",
        what,
        count * TimeUnit.SECONDS.toNanos(1) / nanos,
        (wal() - wal) / count,
        micros(serverCpu().minus(server)),
        micros(ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).minus(own)));
  }

  private double micros(Duration all) {
    return Math.round(all.toNanos() / 10.0 / count) / 100.0;
  }

  private long wal() throws Exception {
    return first("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint").getLong(0);
  }

  /** Of all processes of the server on this machine that still live. */
  private static Duration serverCpu() {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::info)
        .filter(info -> info.command().orElse("").endsWith("postgres"))
        .map(info -> info.totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private void sizes(String of) throws Exception {
    PostgresServer.run(database, "VACUUM");
    for (Row row : PostgresServer.run(database, SIZES)) {
      LOG.info(
          "{}: {} bytes, {} of indexes ({})", row.getString(0), row.getLong(1), row.getLong(2), of);
    }
  }

  private Row first(String query) throws Exception {
    RowSet<Row> rows = PostgresServer.run(database, query);
    return rows.iterator().next();
  }
}
