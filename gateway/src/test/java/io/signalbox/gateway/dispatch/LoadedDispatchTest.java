package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.WorkMessage;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dispatcher with a long backlog in a real ledger. Figures are logged; only the structure (who
 * overtook whom, how a wave is spread) is asserted, since times are the machine's.
 */
class LoadedDispatchTest extends BaseDispatchTest {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedDispatchTest.class);
  private static final int GROUP = 1_000;

  /** Of each of the two providers of {@link BaseDispatchTest}. */
  private static final int PERMITS = 10;

  private final Map<String, CompletableFuture<Integer>> awaited = new ConcurrentHashMap<>();
  private final AtomicInteger arrived = new AtomicInteger();

  @BeforeEach
  @Override
  void start() {
    start(
        Map.of(
            "dispatch.lane_window", "2000",
            "dispatch.retry_base", "1h",
            "dispatch.retry_max", "2h"));
  }

  /** What is left of a backlog goes on to the end: not over sockets that are being closed. */
  @AfterEach
  void withoutSockets() {
    first.answers(deliver -> Future.succeededFuture(ScriptedProvider.sent(deliver)));
    second.answers(deliver -> Future.succeededFuture(ScriptedProvider.sent(deliver)));
  }

  @Test
  void urgentOnesDoNotWaitBehindAHundredThousandLowOnes() throws Exception {
    overRealSockets();
    // The first ones pay for a cold start.
    sendUrgent(200, new ArrayList<>());
    long[] alone = sendUrgent(100, new ArrayList<>());
    int backlog = 100_000;
    fill(backlog, Priority.LOW);
    await().atMost(Duration.ofMinutes(1)).until(() -> arrived.get() > 1_000);

    List<Integer> overtakenBy = new ArrayList<>();
    int before = arrived.get();
    long[] behind = sendUrgent(100, overtakenBy);
    int lowMeanwhile = arrived.get() - before - 100;
    List<Integer> sorted = overtakenBy.stream().sorted().toList();
    int worst = sorted.get(sorted.size() - 1);
    LOG.warn(
        "urgent, from the accept to the provider, p50 and p99 in ms: alone {} and {}, behind {}"
            + " low ones {} and {}; at most {} low ones went first, {} in all meanwhile",
        percentile(alone, 50),
        percentile(alone, 99),
        backlog,
        percentile(behind, 50),
        percentile(behind, 99),
        worst,
        lowMeanwhile);
    assertThat(arrived.get()).as("a backlog stood all the time").isLessThan(backlog);
    // What had its permit went on; what waited for one did not. A free permit serves a second low
    // one at most between the commit of the urgent one and its bell: more, where a thread stood
    // still in between.
    assertThat(sorted.get(sorted.size() * 3 / 4)).isLessThanOrEqualTo(8 * PERMITS);
    assertThat(worst).isLessThan(backlog / 10);
    assertThat(lowMeanwhile).as("low ones go on").isPositive();
  }

  @Test
  void whatIsScheduledGoesWhenItIsDueAndNotBefore() throws Exception {
    overRealSockets();
    fill(20_000, Priority.LOW);
    long dueAt = clock.millis() + 2_000;
    List<NotificationId> scheduled = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      scheduled.add(accept(Priority.HIGH, dueAt));
    }
    long latest = 0;
    for (NotificationId id : scheduled) {
      await().atMost(Duration.ofSeconds(60)).until(() -> !timeline(id).attempts().isEmpty());
      long begun = timeline(id).attempts().get(0).startedAtMillis();
      assertThat(begun).isGreaterThanOrEqualTo(dueAt);
      latest = Math.max(latest, begun - dueAt);
    }
    LOG.warn("of 50 scheduled among 20,000 low ones the last began {} ms late", latest);
  }

  @Test
  void theRetriesOfAnOutageDoNotComeBackTogether() throws Exception {
    int count = 10_000;
    first.answers(TRANSIENT);
    second.answers(TRANSIENT);
    fill(count, Priority.NORMAL);
    await().atMost(Duration.ofMinutes(3)).until(() -> retries() == count);

    int[] byMinute = new int[121];
    Map<Long, Integer> bySecond = new HashMap<>();
    query(
        "SELECT n.due_at - MAX(r.ended_at), n.due_at / 1000 FROM notifications n"
            + " JOIN provider_requests r ON r.notification_id = n.id"
            + " WHERE n.retry_count = 1 AND n.due_at IS NOT NULL GROUP BY n.id",
        row -> {
          byMinute[(int) (row.getLong(1) / 60_000)]++;
          bySecond.merge(row.getLong(2), 1, Integer::sum);
        });
    int waiting = Arrays.stream(byMinute).sum();
    int inOneMinute = Arrays.stream(byMinute).max().orElseThrow();
    int inOneSecond = Collections.max(bySecond.values());
    LOG.warn(
        "of {} that failed together {} wait for their second round: at most {} in one minute of the"
            + " next 120, at most {} in one second",
        count,
        waiting,
        inOneMinute,
        inOneSecond);
    // 2 x 1 h with full jitter: 83 in a minute. Those that wait least have come back by now.
    assertThat(waiting).isGreaterThan(count * 9 / 10);
    assertThat(inOneMinute).isLessThan(170);
    assertThat(inOneSecond).isLessThan(20);
    assertThat(Arrays.stream(byMinute).filter(minute -> minute > 0).count()).isGreaterThan(110);
  }

  @Test
  void afterAnOutageWorkGoesOnAtOnceAndTheLedgerWasLeftInPeace() throws Exception {
    overRealSockets();
    first.breaker("open", 1);
    second.breaker("open", 1);
    int backlog = 100_000;
    long from = System.nanoTime();
    fill(backlog, Priority.NORMAL);
    await().atMost(Duration.ofSeconds(60)).until(() -> meter.retries.get() > 2_000);
    await().atMost(Duration.ofMinutes(1)).until(() -> meter.retries.get() > 5_000);
    int putOff = meter.retries.get();
    double seconds = (System.nanoTime() - from) / 1e9;

    assertThat(arrived).as("nobody was asked meanwhile").hasValue(0);
    long back = System.nanoTime();
    first.breaker("closed", 2);
    second.breaker("closed", 2);
    await().atMost(Duration.ofSeconds(60)).until(() -> arrived.get() > 0);
    long firstMillis = (System.nanoTime() - back) / 1_000_000;
    await().atMost(Duration.ofMinutes(1)).until(() -> arrived.get() > 5_000);
    LOG.warn(
        "{} waited; {} put-offs in {} s; the first went {} ms after the return, 5,000 in {} ms",
        backlog,
        putOff,
        Math.round(seconds),
        firstMillis,
        (System.nanoTime() - back) / 1_000_000);
    assertThat((double) putOff).as("250 in each tick of 250 ms").isLessThan(1_500 * (seconds + 1));
  }

  private int retries() throws Exception {
    AtomicInteger found = new AtomicInteger();
    query(
        "SELECT COUNT(*) FROM notifications WHERE retry_count >= 1",
        row -> found.set(row.getInt(1)));
    return found.get();
  }

  /** Both providers hand over by HTTP to a server that answers at once. */
  private void overRealSockets() {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  int position = arrived.incrementAndGet();
                  CompletableFuture<Integer> wanted =
                      awaited.remove(request.getHeader("x-notification"));
                  if (wanted != null) {
                    wanted.complete(position);
                  }
                  request.response().end();
                });
    int port = done(server.listen(0, "127.0.0.1")).actualPort();
    HttpClient client = vertx.createHttpClient();
    first.answers(deliver -> call(client, port, deliver));
    second.answers(deliver -> call(client, port, deliver));
  }

  private static Future<Outcome> call(HttpClient client, int port, Deliver deliver) {
    return client
        .request(HttpMethod.POST, port, "127.0.0.1", "/")
        .compose(
            request ->
                request
                    .putHeader("x-notification", deliver.attempt().notification().toString())
                    .send())
        .map(response -> ScriptedProvider.sent(deliver));
  }

  /** Sends one after the other; the times from the accept to the arrival in nanoseconds. */
  private long[] sendUrgent(int count, List<Integer> overtakenBy) throws Exception {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      NotificationId id = ids.next();
      CompletableFuture<Integer> arrival = new CompletableFuture<>();
      awaited.put(id.toString(), arrival);
      AtomicInteger position = new AtomicInteger();
      long from = System.nanoTime();
      AcceptRequest request = request(id, Priority.URGENT, clock.millis());
      ledger
          .accept(request)
          .onSuccess(
              stored -> {
                position.set(arrived.get());
                bus.send(Addresses.WORK, new WorkMessage(item(request)));
              });
      overtakenBy.add(arrival.get(60, TimeUnit.SECONDS) - position.get() - 1);
      nanos[i] = System.nanoTime() - from;
    }
    return nanos;
  }

  private void fill(int count, Priority priority) {
    for (int i = 0; i < count; i += GROUP) {
      List<AcceptRequest> group = new ArrayList<>(GROUP);
      for (int j = 0; j < GROUP; j++) {
        group.add(request(ids.next(), priority, clock.millis()));
      }
      done(ledger.acceptAll(group));
    }
  }

  private NotificationId accept(Priority priority, long dueAt) {
    AcceptRequest request = request(ids.next(), priority, dueAt);
    done(ledger.accept(request));
    return request.id();
  }

  private AcceptRequest request(NotificationId id, Priority priority, long dueAt) {
    SendNotification notification = WorkItems.notification(priority, null, null);
    Buffer content = json.write(notification);
    long now = clock.millis();
    NotificationState state = dueAt > now ? NotificationState.SCHEDULED : NotificationState.QUEUED;
    return new AcceptRequest(id, notification, content, state, now, dueAt, null);
  }

  private static WorkItem item(AcceptRequest request) {
    return new WorkItem(
        request.id(),
        request.notification(),
        request.acceptedAtMillis(),
        request.state(),
        0,
        List.of(),
        request.content().length());
  }

  private static double percentile(long[] nanos, int percent) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    long found = sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    return Math.round(found / 10_000.0) / 100.0;
  }

  /** Takes in one row of an answer. */
  private interface RowReader {
    void read(ResultSet row) throws Exception;
  }

  private void query(String sql, RowReader reader) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + dir.resolve("ledger.db?busy_timeout=30000"));
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }
}
