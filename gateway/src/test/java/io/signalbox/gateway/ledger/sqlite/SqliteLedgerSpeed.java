package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackSecret;
import io.signalbox.gateway.ledger.EventFilter;
import io.signalbox.gateway.ledger.HeardEvents;
import io.signalbox.gateway.ledger.LedgerStats;
import io.signalbox.gateway.ledger.LedgerWork;
import io.signalbox.gateway.ledger.Suppression.Origin;
import io.signalbox.gateway.ledger.SuppressionLedger.Wish;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.ledger.WebhookBody;
import io.signalbox.gateway.ledger.WebhookInbox;
import io.signalbox.gateway.ledger.WebhookSlice;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Secret;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the embedded ledger; run by hand. Arguments: a directory, how many notifications, how
 * many in flight, how many others are on the suppression list, and of how many old webhooks. The
 * property {@code speed.events} says who wants events: a listener on the event bus, an endpoint, or
 * nobody.
 */
final class SqliteLedgerSpeed {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteLedgerSpeed.class);
  private static final int CONTEXTS = 2;
  private static final String EVENTS = System.getProperty("speed.events", "nobody");
  private static final int SLICE = 100;
  private static final int MESSAGE_LENGTH = 540;
  private static final Buffer BODY = Buffer.buffer("x".repeat(100_000));

  private final Vertx vertx = Vertx.vertx();
  private final NotificationIds ids = new NotificationIds(Clock.systemUTC(), 0);
  private final SqlLedger ledger;
  private final LedgerWork work;
  private final int total;
  private final int inFlight;

  private SqliteLedgerSpeed(Path directory, int total, int inFlight) throws Exception {
    HeardEvents heard = new HeardEvents();
    heard.want(EVENTS.equals("listener"));
    this.ledger = get(SqliteFiles.open(vertx, directory, heard));
    this.work = new LedgerWork(ledger, MESSAGE_LENGTH, Clock.systemUTC());
    if (EVENTS.equals("endpoint")) {
      addEndpoint();
    }
    this.total = total;
    this.inFlight = inFlight;
  }

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(args[0]), "speed");
    SqliteLedgerSpeed speed =
        new SqliteLedgerSpeed(directory, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    if (args.length > 3) {
      speed.suppress(Integer.parseInt(args[3]));
    }
    for (int round = 0; round < 3; round++) {
      speed.measure("accepts", speed.work::accept);
      speed.measure("lifecycles", speed.work::lifecycle);
    }
    if (args.length > 4) {
      speed.measureBesideWebhooks(Integer.parseInt(args[4]));
    }
    get(speed.ledger.close());
    get(speed.vertx.close());
  }

  /** Lists that many others, so that the list is asked and never has the recipient. */
  private void suppress(int others) throws Exception {
    for (int done = 0; done < others; done += 1_000) {
      List<Wish> wishes = new ArrayList<>();
      for (int i = done; i < done + 1_000; i++) {
        wishes.add(
            new Wish(
                new Addressee(SendNotification.DEFAULT_TENANT, Channel.EMAIL, i + "@example.org"),
                SuppressionReason.MANUAL,
                Origin.api("speed", null)));
      }
      get(ledger.suppressions().suppress(wishes, 1));
    }
  }

  /** Accepts, while webhooks of 1,000 events are processed, and while old bodies are deleted. */
  private void measureBesideWebhooks(int old) throws Exception {
    WebhookInbox inbox = ledger.webhooks();
    for (int i = 0; i < old; i++) {
      get(inbox.store(webhook(i)));
    }
    AtomicInteger slices = new AtomicInteger();
    AtomicBoolean going = new AtomicBoolean(true);
    vertx.getOrCreateContext().runOnContext(go -> processSlices(inbox, slices, going));
    measure("accepts beside receipts", work::accept);
    going.set(false);
    LOG.info("{} receipts were processed meanwhile", slices.get() * SLICE);
    AtomicInteger deleted = new AtomicInteger();
    long deleting =
        vertx.setPeriodic(
            20,
            tick -> inbox.deleteBodies(2).onSuccess(deleted::addAndGet).onFailure(this::failed));
    measure("accepts beside deletion", work::accept);
    vertx.cancelTimer(deleting);
    LOG.info("{} bodies of {} bytes were deleted meanwhile", deleted.get(), BODY.length());
  }

  /** One after the other, as the gateway does. */
  private void processSlices(WebhookInbox inbox, AtomicInteger slices, AtomicBoolean going) {
    if (going.get()) {
      processSlice(inbox, slices)
          .onSuccess(done -> processSlices(inbox, slices, going))
          .onFailure(this::failed);
    }
  }

  private Future<?> processSlice(WebhookInbox inbox, AtomicInteger slices) {
    int number = slices.incrementAndGet();
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < SLICE; i++) {
      receipts.add(
          new Receipt(
              number + "/" + i,
              null,
              "m-" + number,
              ReceiptStatus.DELIVERED,
              ReasonClass.NONE,
              "delivered",
              null,
              null,
              null,
              Instant.EPOCH));
    }
    WebhookBatch batch = new WebhookBatch("alpha", 1, receipts);
    return inbox.process(List.of(new WebhookSlice(number, batch, false)));
  }

  private static WebhookBody webhook(int number) {
    return new WebhookBody(
        "alpha", 1, "POST", "/" + number, "{}", BODY, null, List.of(), Set.of(Channel.EMAIL));
  }

  private void failed(Throwable failure) {
    LOG.error("measured beside nothing", failure);
  }

  private void addEndpoint() throws Exception {
    CallbackSecret secret =
        new CallbackSecret(new Secret("whsec_" + "A".repeat(43) + "="), 1, Long.MAX_VALUE);
    CallbackEndpoint endpoint =
        CallbackEndpoint.create(
            ids.next(),
            SendNotification.DEFAULT_TENANT,
            "https://example.org/",
            null,
            List.of(EventFilter.ALL),
            secret,
            1);
    get(ledger.callbacks().add(endpoint));
  }

  private void measure(String what, Supplier<? extends Future<?>> work) throws Exception {
    LedgerStats before = ledger.stats();
    long[] latencies = new long[total];
    AtomicInteger next = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(total);
    long cpu = cpuNanos("signalbox-ledger-writer");
    long all = cpuNanos("signalbox-ledger");
    long start = System.nanoTime();
    for (int i = 0; i < CONTEXTS; i++) {
      vertx
          .getOrCreateContext()
          .runOnContext(
              go -> {
                for (int n = 0; n < inFlight / CONTEXTS; n++) {
                  one(work, next, latencies, done);
                }
              });
    }
    if (!done.await(120, TimeUnit.SECONDS)) {
      throw new IllegalStateException("not done in time");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Arrays.sort(latencies);
    LedgerStats after = ledger.stats();
    LOG.info(
        "{}: {}/s, writer CPU {} us each, the ledger's threads {} us, p50 {} us, p99 {} us, max {} us, {} changes a commit",
        what,
        Math.round(total / seconds),
        (cpuNanos("signalbox-ledger-writer") - cpu) / 1000.0 / total,
        (cpuNanos("signalbox-ledger") - all) / 1000.0 / total,
        latencies[total / 2] / 1000,
        latencies[(int) (total * 0.99)] / 1000,
        latencies[total - 1] / 1000,
        (after.changes() - before.changes()) / Math.max(1, after.commits() - before.commits()));
  }

  /** Tells what threads cost also where other work takes the processors' time. */
  private static long cpuNanos(String prefix) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long nanos = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith(prefix)) {
        nanos += threads.getThreadCpuTime(thread.getThreadId());
      }
    }
    return nanos;
  }

  private static void one(
      Supplier<? extends Future<?>> work,
      AtomicInteger next,
      long[] latencies,
      CountDownLatch done) {
    int mine = next.getAndIncrement();
    if (mine < latencies.length) {
      long start = System.nanoTime();
      work.get()
          .onFailure(failure -> LOG.error("failed", failure))
          .onSuccess(
              result -> {
                latencies[mine] = System.nanoTime() - start;
                done.countDown();
                one(work, next, latencies, done);
              });
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
