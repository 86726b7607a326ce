package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.RetentionLedger;
import io.signalbox.gateway.ledger.RetentionLedger.Removed;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sqlite.SqliteFiles;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.retention.RetentionSweep;
import io.signalbox.gateway.retention.RetentionSweep.Kept;
import io.signalbox.gateway.retention.RetentionSweep.Pace;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long old notifications, each with an attempt, an event and a receipt, take to go, and what
 * accepting takes meanwhile. Run by hand. Arguments: {@code sqlite}, {@code rows} (PostgreSQL,
 * without partitions) or {@code weeks} (with them); a directory; how many are old; how many are
 * accepted a second.
 */
final class RetentionSpeed {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionSpeed.class);
  private static final long TICK_MILLIS = 5;
  private static final Duration KEPT = Duration.ofDays(30);

  private final Vertx vertx = Vertx.vertx();
  private final NotificationIds ids = new NotificationIds(Clock.systemUTC(), 0);
  private final StoredForm codec = new StoredForm();
  private final SendNotification notification =
      StoredForm.notification(
          SendNotification.DEFAULT_TENANT,
          "t",
          Channel.EMAIL,
          "x".repeat(540),
          Priority.NORMAL,
          null);
  private final boolean sqlite;
  private final TestEngine engine;
  private final Path directory;
  private final SqlLedger ledger;
  private final Queue<Long> latencies = new ConcurrentLinkedQueue<>();

  private RetentionSpeed(String store, Path directory) throws Exception {
    this.sqlite = store.equals("sqlite");
    this.engine = sqlite ? SqliteFiles.ENGINE : PostgresDatabases.ENGINE;
    this.directory = directory;
    this.ledger = PostgresServer.await(engine.open(vertx, directory, EventOutlet.NONE, Seal.NONE));
  }

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(args[1]), "retention");
    RetentionSpeed speed = new RetentionSpeed(args[0], directory);
    speed.run(args[0].equals("weeks"), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    System.exit(0);
  }

  private void run(boolean weeks, int old, int perSecond) throws Exception {
    long then = System.currentTimeMillis() - KEPT.plusDays(10).toMillis();
    if (weeks) {
      makeWeek(then);
    }
    fill(then, old);
    long timer = vertx.setPeriodic(TICK_MILLIS, tick -> accept(perSecond));
    pass(Duration.ofSeconds(10));
    tell("warm-up");
    pass(Duration.ofSeconds(10));
    tell("alone");
    long start = System.nanoTime();
    long removed = remove();
    double seconds = (System.nanoTime() - start) / 1e9;
    tell(
        "beside "
            + removed
            + " notifications that went in "
            + Math.round(seconds * 10) / 10.0
            + " s");
    vertx.cancelTimer(timer);
    PostgresServer.await(ledger.close());
  }

  private void makeWeek(long then) throws Exception {
    PgWeek week = PgWeek.of(then);
    for (String table : PgWeek.TABLES) {
      engine.change(
          directory,
          "CREATE TABLE "
              + week.partition(table)
              + " PARTITION OF "
              + table
              + " FOR VALUES FROM ("
              + week.keys().from()
              + ") TO ("
              + week.keys().until()
              + ")");
    }
  }

  private void fill(long then, int count) throws Exception {
    String at = sqlite ? Long.toString(then) : "to_timestamp(" + then / 1000 + ")";
    String yes = sqlite ? "1" : "TRUE";
    String no = sqlite ? "0" : "FALSE";
    String content = sqlite ? "zeroblob(700)" : "decode(repeat('00', 700), 'hex')";
    String rows =
        " WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + (count - 1)
            + ") SELECT ";
    String key = NotificationId.firstKey(then) + " + i";
    engine.change(
        directory,
        "INSERT INTO notifications (id, random, lane, state, attempts, retry_count, updated_at,"
            + " accepted_at, tenant, type, content)"
            + rows
            + String.format(
                Locale.ROOT,
                "%s, i, 0, 9, 1, 0, %s, %s, 'default', 't', %s FROM n",
                key,
                at,
                at,
                content));
    engine.change(
        directory,
        "INSERT INTO provider_requests (notification_id, attempt, tenant, provider, request_type,"
            + " channel, round, generation, possible_duplicate, rule, created_at, deadline_at,"
            + " ended_at, success, outcome, provider_message_id)"
            + rows
            + String.format(
                Locale.ROOT,
                "%s, 1, 'default', 'alpha', 'send', 1, 0, 1, %s, 'best', %s, %s, %s, %s, 1,"
                    + " 'message-' || i FROM n",
                key,
                no,
                at,
                at,
                at,
                yes));
    engine.change(
        directory,
        "INSERT INTO notification_events (notification_id, created_at, event)"
            + rows
            + key
            + ", "
            + at
            + ", 'noted' FROM n");
    engine.change(
        directory,
        "INSERT INTO webhook_events (provider, event_id, notification_id, attempt, status, reason,"
            + " provider_status, occurred_at, created_at)"
            + rows
            + String.format(
                Locale.ROOT,
                "'alpha', 'event-' || i, %s, 1, 5, 'none', 'delivered', %s, %s FROM n",
                key,
                at,
                at));
  }

  private void accept(int perSecond) {
    for (int i = 0; i < perSecond * TICK_MILLIS / 1000; i++) {
      long now = System.currentTimeMillis();
      long start = System.nanoTime();
      ledger
          .accept(
              new AcceptRequest(
                  ids.next(),
                  notification,
                  codec.write(notification),
                  NotificationState.QUEUED,
                  now,
                  now,
                  null))
          .onSuccess(stored -> latencies.add(System.nanoTime() - start))
          .onFailure(failure -> LOG.error("not accepted", failure));
    }
  }

  private long remove() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    AtomicLong rows = new AtomicLong();
    RetentionLedger retention = ledger.retention();
    RetentionSweep sweep =
        new RetentionSweep(
            vertx,
            Clock.systemUTC(),
            Pace.every(Duration.ofDays(1)),
            List.of(
                new Kept(
                    "notifications",
                    KEPT,
                    before ->
                        retention
                            .removeNotifications(before)
                            .onSuccess(some -> rows.addAndGet(some.rows()))),
                new Kept("receipts", KEPT, retention::removeReceipts),
                new Kept(
                    "ends",
                    KEPT,
                    before -> {
                      done.countDown();
                      return Future.succeededFuture(new Removed(0, false));
                    })));
    vertx.getOrCreateContext().runOnContext(go -> sweep.start());
    done.await();
    sweep.stop();
    return rows.get();
  }

  private static void pass(Duration time) throws InterruptedException {
    new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tell(String what) {
    long[] sorted = latencies.stream().mapToLong(Long::longValue).toArray();
    latencies.clear();
    Arrays.sort(sorted);
    LOG.warn(
        "{}: {} accepted, p50 {} us, p99 {} us, max {} us",
        what,
        sorted.length,
        sorted[sorted.length / 2] / 1000,
        sorted[(int) (sorted.length * 0.99)] / 1000,
        sorted[sorted.length - 1] / 1000);
  }
}
