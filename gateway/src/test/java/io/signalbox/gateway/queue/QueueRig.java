package io.signalbox.gateway.queue;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.redis.RedisLink;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A ledger, and gateways' queues over it and over a Redis. */
final class QueueRig {
  static final Duration LIMIT = Duration.ofSeconds(60);

  final AtomicInteger claimed = new AtomicInteger();
  final AtomicInteger rebuilt = new AtomicInteger();
  final AtomicInteger buried = new AtomicInteger();
  private final Clock clock = Clock.systemUTC();
  private final NotificationIds ids = new NotificationIds(clock, 0);
  private final Vertx vertx = Vertx.vertx();
  private final List<Vertx> others = new ArrayList<>();
  private final GatewayConfig config;

  /** Of who asks for a test, and has its answers however slow the machine is. */
  private final GatewayConfig patient;

  final SqlLedger ledger;
  private RedisLink own;

  QueueRig(Path folder, Map<String, String> settings) throws Exception {
    Map<String, String> all = new HashMap<>(Map.of("queue.claim_after", "500ms"));
    all.putAll(settings);
    Files.createDirectories(folder);
    config = ConfigLoader.load(Optional.empty(), Map.of(), all);
    all.put("redis.command_timeout", "30s");
    patient = ConfigLoader.load(Optional.empty(), Map.of(), all);
    ledger =
        await(
            SqliteLedger.open(
                vertx,
                folder.resolve("ledger.db"),
                SqlLedgerOptions.of(config.ledger()),
                new StoredForm()));
  }

  /** Another gateway's queue in Redis; whoever does not sweep gets from the streams alone. */
  QueueWorker redisWorker(String name, boolean sweeps) throws Exception {
    Vertx own = Vertx.vertx();
    others.add(own);
    RedisLink link = link(own, config);
    RedisLink reading = link(own, config);
    return new QueueWorker(
        own,
        ledger,
        () -> new RedisQueue(own, link, reading, name, ledger, config, clock, meter()),
        sweeps);
  }

  QueueWorker ledgerWorker() throws Exception {
    return new QueueWorker(
        vertx, ledger, () -> new LedgerQueue(ledger, config.dispatch(), clock), true);
  }

  private static RedisLink link(Vertx of, GatewayConfig as) throws Exception {
    RedisLink link = await(RedisLink.of(of, as.redis()));
    await(link.start());
    return link;
  }

  private QueueMeter meter() {
    return new QueueMeter() {
      @Override
      public void claimed(int count) {
        claimed.addAndGet(count);
      }

      @Override
      public void rebuilt(int count) {
        rebuilt.addAndGet(count);
      }

      @Override
      public void buried(int count) {
        buried.addAndGet(count);
      }

      @Override
      public void sizes(long waiting, long pending, long delayed, long deadLetters) {}
    };
  }

  /** Asks Redis itself. */
  Response ask(Command command, Object... arguments) throws Exception {
    if (own == null) {
      own = link(vertx, patient);
      Patience.await().until(own::isUp);
    }
    Request request = Request.cmd(command);
    for (Object argument : arguments) {
      request.arg(argument.toString());
    }
    return await(own.send(request));
  }

  StreamKeys keys() {
    return new StreamKeys(config.redis().prefix());
  }

  /** Stores notifications and tells nobody. */
  List<WorkItem> accept(int count, Priority priority) throws Exception {
    return accept(count, priority, "hello", clock.millis());
  }

  List<WorkItem> accept(int count, Priority priority, String message, long dueAtMillis)
      throws Exception {
    SendNotification notification =
        StoredForm.notification(
            SendNotification.DEFAULT_TENANT, "t", Channel.EMAIL, message, priority, null);
    long now = clock.millis();
    NotificationState state =
        dueAtMillis > now ? NotificationState.SCHEDULED : NotificationState.QUEUED;
    List<AcceptRequest> requests = new ArrayList<>();
    List<WorkItem> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      NotificationId id = ids.next();
      var content = new StoredForm().write(notification);
      requests.add(new AcceptRequest(id, notification, content, state, now, dueAtMillis, null));
      items.add(new WorkItem(id, notification, now, state, 0, List.of(), content.length()));
    }
    await(ledger.acceptAll(requests));
    return items;
  }

  /** Stores notifications and offers them to a gateway's queue. */
  List<WorkItem> send(QueueWorker to, int count, Priority priority) throws Exception {
    List<WorkItem> items = accept(count, priority);
    items.forEach(to::offer);
    return items;
  }

  void close() throws Exception {
    for (Vertx each : others) {
      await(each.close());
    }
    await(ledger.close());
    await(vertx.close());
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
