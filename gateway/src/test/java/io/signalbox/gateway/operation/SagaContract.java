package io.signalbox.gateway.operation;

import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.call.CalledBy;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.config.OperationSettings;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.HeardEvents;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Channel;
import io.signalbox.spi.operation.Answer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Operations over a real ledger, at markets behind real sockets. */
@Timeout(240)
abstract class SagaContract extends LedgerContract {
  static final Duration LONG = Duration.ofSeconds(60);
  static final int MOST_OPEN = 3;
  static final int MOST_WAITING = 2;
  static final OperationSettings SETTINGS = settings(10, Set.of());

  final HeardEvents heard = new HeardEvents();

  /** At which all markets are used. */
  volatile String account = OperationStories.ACCOUNT;

  volatile boolean diskIsFull;

  final Market alpha = new Market("alpha");
  final Market beta = new Market("beta");
  final MarketKind kind = new MarketKind("alpha", "beta");
  final Compensations compensations = new Compensations();
  String deployment;
  Operations operations;

  static OperationSettings settings(int callSeconds, Set<String> sharedAccounts) {
    return settings(callSeconds, sharedAccounts, MOST_OPEN);
  }

  static OperationSettings settings(int callSeconds, Set<String> sharedAccounts, int maxOpen) {
    return settings(callSeconds, sharedAccounts, maxOpen, Duration.ofMinutes(5));
  }

  static OperationSettings settings(
      int callSeconds, Set<String> sharedAccounts, int maxOpen, Duration settleWithin) {
    return new OperationSettings(
        Duration.ofSeconds(callSeconds),
        Duration.ofSeconds(5),
        LONG,
        50,
        maxOpen,
        MOST_WAITING,
        Duration.ZERO,
        settleWithin,
        Duration.ofMinutes(5),
        sharedAccounts);
  }

  @Override
  protected EventOutlet outlet() {
    return heard;
  }

  @BeforeEach
  void openMarkets() throws Exception {
    Bus.install(vertx);
    await(Future.all(alpha.open(vertx), beta.open(vertx)));
    deploy(SETTINGS);
  }

  @AfterEach
  void undeploy() throws Exception {
    await(vertx.undeploy(deployment));
  }

  void deploy(OperationSettings settings) throws Exception {
    Bus bus = new Bus(vertx);
    OperationHall hall = new OperationHall(settings, compensations, () -> diskIsFull);
    var ledger = opened.whole().operations();
    OperationKinds kinds = new OperationKinds(List.of(kind));
    operations = new OperationDesk(vertx, bus, ledger, hall, ids, settings, Clock.systemUTC());
    deployment =
        await(
            vertx.deployVerticle(
                new OperationVerticle(
                    bus,
                    ledger,
                    opened.whole().orphans(),
                    kinds,
                    new AtMarkets(),
                    settings,
                    hall,
                    Clock.systemUTC(),
                    () -> 0.5)));
  }

  /** The way to the markets. */
  private final class AtMarkets implements ProviderCalls {
    private final Map<String, MarketProvider> providers =
        Map.of(
            "alpha", new MarketProvider(vertx.createHttpClient(), alpha.port()),
            "beta", new MarketProvider(vertx.createHttpClient(), beta.port()));

    @Override
    public String account(String provider) {
      return account;
    }

    @Override
    public <T> Future<Answer<T>> call(String provider, ProviderCall<T> call, CalledBy by) {
      return call.at(providers.get(provider));
    }
  }

  /** Counts what is told to meters. */
  static final class Compensations implements OperationMeter {
    final AtomicInteger compensated = new AtomicInteger();
    final AtomicInteger orphaned = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger stuck = new AtomicInteger();
    final AtomicInteger notWaited = new AtomicInteger();
    final AtomicInteger waiting = new AtomicInteger();

    @Override
    public void ended(Operation operation) {
      ended.incrementAndGet();
    }

    @Override
    public void refused(Channel kind) {
      refused.incrementAndGet();
    }

    @Override
    public void stuck(Channel kind) {
      stuck.incrementAndGet();
    }

    @Override
    public void waiting(int callers) {
      waiting.set(callers);
    }

    @Override
    public void notWaited(Channel kind) {
      notWaited.incrementAndGet();
    }

    @Override
    public void compensated(Channel kind) {
      compensated.incrementAndGet();
    }

    @Override
    public void orphaned(Channel kind) {
      orphaned.incrementAndGet();
    }
  }

  NewOperation wish(String key, Duration wait) {
    JsonObject request = new JsonObject().put("country", "us").put("service", "wa");
    return new NewOperation(
        TENANT,
        Channel.NUMBER,
        "wa",
        "us",
        request,
        key,
        "digest",
        wait,
        Duration.ZERO,
        TraceContext.begin());
  }

  Operation rented() throws Exception {
    return operations
        .submit(wish(null, LONG))
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS)
        .operation();
  }

  Operation ended(Operation operation) throws Exception {
    return operations
        .await(TENANT, operation.id(), LONG)
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS)
        .orElseThrow();
  }

  static List<How> hows(Operation operation) {
    return operation.progress().attempts().stream().map(attempt -> attempt.end().how()).toList();
  }

  long live() {
    return alpha.live() + beta.live();
  }
}
