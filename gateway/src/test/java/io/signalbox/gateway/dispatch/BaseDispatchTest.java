package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.ProvidersLoaded;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.gateway.bus.WorkMessage;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.lookup.LookupMeter;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.notification.NotificationJson;
import io.signalbox.gateway.policy.Policies;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.policy.PolicyDefaults;
import io.signalbox.gateway.policy.RoutingPolicy;
import io.signalbox.gateway.queue.LedgerQueue;
import io.signalbox.gateway.ranking.ScoringVerticle;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A dispatcher over a real ledger and a real bus, with two scripted providers. */
abstract class BaseDispatchTest {
  static final Outcome TRANSIENT = new Outcome.Transient(Evidence.answered(500, "500", "broken"));
  static final Outcome UNKNOWN =
      new Outcome.Unknown(Evidence.unanswered(Progress.BODY_WRITTEN, "timeout", "no answer"));

  @TempDir Path dir;
  final Clock clock = Clock.systemUTC();
  final NotificationIds ids = new NotificationIds(clock, 0);
  final NotificationJson json = new NotificationJson();
  final CountingMeter meter = new CountingMeter();
  Vertx vertx;
  Bus bus;
  GatewayConfig config;
  SqlLedger ledger;
  PolicyBook policies;
  ScriptedProvider first;
  ScriptedProvider second;

  @BeforeEach
  void start() throws Exception {
    start(Map.of());
  }

  void start(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("dispatch.lane_window", "50");
    settings.put("dispatch.sweep_interval", "100ms");
    settings.put("dispatch.retry_base", "10ms");
    settings.put("dispatch.retry_max", "50ms");
    settings.put("unknown.failover_after", "300ms");
    settings.put("unknown.wait_for", "600ms");
    settings.put("lookup.unknown_after", "200ms");
    settings.put("scoring.exploration", "0");
    settings.put("scoring.publish_interval", "50ms");
    settings.putAll(more);
    config = ConfigLoader.load(Optional.empty(), Map.of(), settings);
    vertx = Vertx.vertx();
    bus = Bus.install(vertx);
    policies = new PolicyBook(new PolicyDefaults(config.dispatch(), config.unknown()));
    ledger = done(openLedger());
    done(
        vertx.deployVerticle(
            new ScoringVerticle(
                bus, ledger.reports(), ledger.providers(), ledger.nodes(), config, clock, 1)));
    done(
        vertx.deployVerticle(
            new DispatchVerticle(
                bus,
                ledger,
                () -> new LedgerQueue(ledger, config.dispatch(), clock),
                config,
                policies,
                meter,
                meter,
                clock,
                new SplittableRandom(7),
                Tracing.OFF)));
    AtomicInteger ranked = new AtomicInteger();
    bus.listen(
        Addresses.RANKING,
        Ranked.class,
        ranking ->
            ranking
                .channels()
                .values()
                .forEach(channel -> ranked.set(channel.ranking().candidates().size())));
    first = new ScriptedProvider(bus, "first", 1, 10);
    second = new ScriptedProvider(bus, "second", 2, 10);
    await().until(() -> ranked.get() == 2);
    bus.publish(Addresses.PROVIDERS_LOADED, new ProvidersLoaded());
  }

  /** The ledger of a test. */
  Future<SqlLedger> openLedger() {
    return SqliteLedger.open(
        vertx, dir.resolve("ledger.db"), SqlLedgerOptions.of(config.ledger()), json);
  }

  @AfterEach
  void stop() {
    done(vertx.close().compose(closed -> ledger.close()));
  }

  static <T> T done(Future<T> future) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(2))
        .until(future::isComplete);
    if (future.failed()) {
      throw new AssertionError(future.cause());
    }
    return future.result();
  }

  /** Accepts a notification that is due at that time; nobody is told of it. */
  NotificationId acceptDue(SendNotification notification, long dueAtMillis) {
    return done(store(notification, dueAtMillis));
  }

  private Future<NotificationId> store(SendNotification notification, long dueAtMillis) {
    NotificationId id = ids.next();
    return ledger
        .accept(
            new AcceptRequest(
                id,
                notification,
                json.write(notification),
                NotificationState.QUEUED,
                clock.millis(),
                dueAtMillis,
                null))
        .map(id);
  }

  NotificationId accept(SendNotification notification, boolean ring) {
    return ring ? done(acceptAndRing(notification)) : acceptDue(notification, clock.millis());
  }

  /** Accepts as many at the same time: the ledger stores them together. */
  List<NotificationId> acceptMany(int count) {
    SendNotification notification = WorkItems.notification(Priority.NORMAL, null, null);
    List<Future<NotificationId>> stored =
        Stream.generate(() -> acceptAndRing(notification)).limit(count).toList();
    return stored.stream().map(BaseDispatchTest::done).toList();
  }

  private Future<NotificationId> acceptAndRing(SendNotification notification) {
    long now = clock.millis();
    int bytes = json.write(notification).length();
    return store(notification, now)
        .onSuccess(
            id ->
                bus.send(
                    Addresses.WORK,
                    new WorkMessage(
                        new WorkItem(
                            id,
                            notification,
                            now,
                            NotificationState.QUEUED,
                            0,
                            List.of(),
                            bytes))));
  }

  /** Changes a row as only a fault of ours, or a hand in the tables, could. */
  void change(String sql, NotificationId id) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + dir.resolve("ledger.db?busy_timeout=30000"));
        PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, id.key());
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  /** As if the time for which one waits had passed. */
  void makeDue(NotificationId id) throws SQLException {
    change("UPDATE notifications SET due_at = 1 WHERE id = ?", id);
  }

  /** From now on so long is waited for word of an attempt of unknown outcome. */
  void unknownsWait(String time) {
    policies.replace(
        new Policies(
            List.of(
                new RoutingPolicy(
                    "waiting",
                    "waiting.yaml",
                    Set.of("test"),
                    Set.of(),
                    Map.of("unknown_wait", time)))));
  }

  NotificationId accept() {
    return accept(WorkItems.notification(Priority.NORMAL, null, null), true);
  }

  Timeline timeline(NotificationId id) {
    return done(ledger.reports().timeline(SendNotification.DEFAULT_TENANT, id)).orElseThrow();
  }

  Timeline endsIn(NotificationId id, NotificationState state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() -> assertThat(timeline(id).state()).isEqualTo(state));
    return timeline(id);
  }

  static Receipt receipt(String attemptId, ReceiptStatus status) {
    return new Receipt(
        "event-" + attemptId + status,
        attemptId,
        null,
        status,
        ReasonClass.NONE,
        status.wireName(),
        null,
        null,
        null,
        Instant.ofEpochMilli(1));
  }

  static final class CountingMeter implements DispatchMeter, LookupMeter {
    final List<LookUpAnswer> lookups = new CopyOnWriteArrayList<>();
    final AtomicInteger possibleDuplicates = new AtomicInteger();
    final AtomicInteger budgetSpent = new AtomicInteger();
    final AtomicInteger failovers = new AtomicInteger();
    final AtomicInteger suppressed = new AtomicInteger();
    final List<NotificationState> finished = new CopyOnWriteArrayList<>();
    final List<String> moves = new CopyOnWriteArrayList<>();
    final List<String> confirmationFailovers = new CopyOnWriteArrayList<>();
    final Map<String, Integer> stalled = new ConcurrentHashMap<>();
    final AtomicInteger retries = new AtomicInteger();
    final List<NotificationId> sent = new CopyOnWriteArrayList<>();

    @Override
    public void lookedUp(String provider, LookUpAnswer answer) {
      lookups.add(answer);
    }

    @Override
    public void possibleDuplicate(String provider) {
      possibleDuplicates.incrementAndGet();
    }

    @Override
    public void duplicateBudgetSpent(String policy) {
      budgetSpent.incrementAndGet();
    }

    @Override
    public void duplicateShare(String policy, double share) {}

    @Override
    public void failover(String from, String to, OutcomeKind outcome) {
      failovers.incrementAndGet();
    }

    @Override
    public void fallbackChannel(Channel asked, Channel used, boolean suppressed) {}

    @Override
    public void suppressed(Channel channel, SuppressionReason reason) {
      suppressed.incrementAndGet();
    }

    @Override
    public void finished(NotificationState state) {
      finished.add(state);
    }

    @Override
    public void moved(NotificationState before, NotificationState after) {
      moves.add(before.wireName() + " " + after.wireName());
    }

    @Override
    public void sent(Lane lane, NotificationId id, TraceContext trace) {
      sent.add(id);
    }

    @Override
    public void retry(Channel channel) {
      retries.incrementAndGet();
    }

    @Override
    public void confirmationFailover(String provider) {
      confirmationFailovers.add(provider);
    }

    @Override
    public void stalled(String kind, int count) {
      stalled.merge(kind, count, Integer::sum);
    }
  }
}
