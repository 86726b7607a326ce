package io.signalbox.gateway.callback;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.callback.Receiver.Received;
import io.signalbox.gateway.config.CallbackSettings;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.ledger.CallbackDelivery;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackForm;
import io.signalbox.gateway.ledger.DeliveryState;
import io.signalbox.gateway.ledger.EventFilter;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.tracing.Tracing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks over real sockets from a real ledger, and the words in which their tests speak. */
@Timeout(180)
abstract class CallbackRun {
  static final String TENANT = "default";
  static final Map<String, String> LOOPBACK =
      Map.of(
          "callbacks.allow_http", "true",
          "callbacks.allowed_networks", "127.0.0.0/8",
          "callbacks.retry_delays", "50ms, 50ms, 50ms",
          "callbacks.timeout", "30s",
          "callbacks.concurrency", "4");

  @TempDir Path directory;
  final Clock clock = Clock.systemUTC();
  final Map<String, List<String>> names = new ConcurrentHashMap<>();
  final AtomicInteger questions = new AtomicInteger();
  Vertx vertx;
  private Bus bus;
  SqlLedger ledger;
  CallbackSettings config;
  CallbackEndpoints endpoints;
  private String deployment;
  Receiver receiver;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    bus = Bus.install(vertx);
    receiver = Receiver.start(vertx);
    run(LOOPBACK, new HttpClientOptions());
  }

  private void run(Map<String, String> settings, HttpClientOptions http) throws Exception {
    Map<String, String> keys = new HashMap<>(settings);
    keys.put("data.dir", directory.toString());
    config = ConfigLoader.load(Optional.empty(), Map.of(), keys).callbacks();
    ledger =
        done(
            SqliteLedger.open(
                vertx,
                directory.resolve("ledger.db"),
                new SqlLedgerOptions(256, 10_000, 1 << 24, 2, 100),
                new StoredForm(),
                bus.events()));
    endpoints =
        new CallbackEndpoints(
            ledger.callbacks(),
            bus,
            config,
            new NotificationIds(clock, 0),
            new SecureRandom(),
            clock);
    deployment =
        done(
            vertx.deployVerticle(
                new CallbackVerticle(
                    bus,
                    ledger.callbackQueue(),
                    config,
                    new NoMeter(),
                    clock,
                    () -> 0.5,
                    http,
                    this::resolve,
                    Tracing.OFF)));
  }

  @AfterEach
  void stop() throws Exception {
    halt();
    done(vertx.close());
  }

  private void halt() throws Exception {
    done(vertx.undeploy(deployment));
    done(ledger.close());
  }

  void restart(Map<String, String> settings, HttpClientOptions http) throws Exception {
    halt();
    run(settings, http);
  }

  /** Goes on with one setting that differs. */
  void restartWith(String key, String value) throws Exception {
    Map<String, String> settings = new HashMap<>(LOOPBACK);
    settings.put(key, value);
    restart(settings, http());
  }

  static HttpClientOptions http() {
    return new HttpClientOptions();
  }

  CallbackEndpoint add(String path) throws Exception {
    return addAt(url(receiver, path));
  }

  CallbackEndpoint addAt(String url) throws Exception {
    assertThat(endpoints.urlProblem(url)).isEmpty();
    return done(endpoints.add(TENANT, url, CallbackForm.CLOUDEVENTS, null, all(), null));
  }

  static String url(Receiver at, String path) {
    return "http://127.0.0.1:" + at.port() + path;
  }

  static List<EventFilter> all() {
    return List.of(EventFilter.ALL);
  }

  String test(CallbackEndpoint endpoint) throws Exception {
    return done(endpoints.test(TENANT, endpoint.id().toString()));
  }

  CallbackEndpoint find(CallbackEndpoint endpoint) throws Exception {
    return done(endpoints.find(TENANT, endpoint.id().toString()));
  }

  List<CallbackDelivery> log(CallbackEndpoint endpoint) throws Exception {
    return done(
        endpoints.deliveries(TENANT, endpoint.id().toString(), null, Long.MAX_VALUE, 1_000));
  }

  CallbackDelivery logged(CallbackEndpoint endpoint, DeliveryState state) {
    return await("a delivery that is " + state)
        .until(
            () -> log(endpoint).stream().filter(each -> each.state() == state).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  List<Received> received(int count) {
    await(count + " callbacks").until(() -> receiver.received().size() >= count);
    return receiver.received();
  }

  static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private Future<List<InetAddress>> resolve(String host) {
    questions.incrementAndGet();
    if (host.equals("bug.example")) {
      throw new IllegalStateException("a bug");
    }
    List<String> known = names.get(host);
    return known == null
        ? Future.failedFuture("nobody knows " + host)
        : Future.succeededFuture(known.stream().map(AddressRules::literal).toList());
  }

  /** Counts nothing. */
  private static final class NoMeter implements CallbackMeter {
    @Override
    public void callback(String result) {
      // What arrived is looked at instead.
    }

    @Override
    public void callbackDisabled() {
      // What arrived is looked at instead.
    }
  }
}
