package io.signalbox.gateway.calling;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.OperationMessages.AnsweredLate;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.call.CalledBy;
import io.signalbox.gateway.call.NumberCall.ChangeRental;
import io.signalbox.gateway.call.NumberCall.FindRentals;
import io.signalbox.gateway.call.NumberCall.ReadRental;
import io.signalbox.gateway.call.NumberCall.Rent;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.call.RentalRef;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.delivery.ProviderSupervisor;
import io.signalbox.gateway.guard.GuardSettings;
import io.signalbox.gateway.guard.ProviderGuards;
import io.signalbox.gateway.guard.SilentGuard;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.loader.PluginFolder;
import io.signalbox.loader.PluginFolderSettings;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalSearch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Calls through real verticles, from a ledger in a file to a plugin in a jar and its sockets. */
abstract class BaseCallTest extends LedgerContract {
  static final String ID = "numbers";
  static final Duration LONG = Duration.ofSeconds(60);
  private static final RentalRef RENTAL = new RentalRef("r-1", "wa", "us");

  final List<ProviderState> states = new CopyOnWriteArrayList<>();
  final List<Observed> observed = new CopyOnWriteArrayList<>();
  final List<AnsweredLate> late = new CopyOnWriteArrayList<>();
  private @Nullable PluginFolder folder;
  private @Nullable ProviderSupervisor supervisor;
  Clock clock = Clock.systemUTC();
  Bus bus;
  GatewayConfig config;
  CallVerticle calls;
  AnsweringServer server;

  /** Starts with one provider of numbers, whose file says more than its port. */
  /** A starved machine makes no call late, where the time of a call is not what is tested. */
  private static String patient(String file) {
    return file.contains("timeout:") ? file : file + "timeout: 2m\n";
  }

  void start(String file, String... more) throws Exception {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "http.drain_timeout", "0s",
                "plugins.blocked_after", "1m",
                "plugins.blocked_limit", "1h",
                "plugins.check_timeout", "10s"));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    config = ConfigLoader.load(Optional.empty(), Map.of(), settings);
    bus = Bus.install(vertx);
    bus.listen(Addresses.PROVIDERS, ProviderState.class, states::add);
    bus.listen(Addresses.OUTCOMES, Observed.class, observed::add);
    bus.listen(Addresses.OPERATIONS_LATE, AnsweredLate.class, late::add);
    server = new AnsweringServer(vertx);
    int port = await(server.open());
    calls =
        new CallVerticle(
            bus,
            opened.whole().calls(),
            opened.whole().nodes(),
            config.dispatch(),
            ids,
            Tracing.OFF,
            clock);
    await(vertx.deployVerticle(calls));
    SocketPlugin.put(plugins(), "1.0.0", false);
    SocketPlugin.provider(plugins(), ID, port, "channels: [number]\n" + patient(file));
    startFolder();
    eventually(() -> assertThat(current()).isPresent());
  }

  private void startFolder() throws Exception {
    ProviderSupervisor supervising =
        new ProviderSupervisor(
            vertx,
            bus,
            opened.breakers(),
            opened.providers(),
            config,
            Clock.systemUTC(),
            id -> "http://localhost/" + id,
            new ProviderGuards(
                new GuardSettings(
                    Vertx::vertx,
                    config.plugins().blockedAfter(),
                    config.plugins().blockedLimit(),
                    false,
                    id -> new SilentGuard(blocked -> {})),
                Clock.systemUTC()),
            Tracing.OFF);
    supervisor = supervising;
    PluginFolder watched =
        new PluginFolder(
            PluginFolderSettings.of(plugins(), directory.resolve("data"))
                .withTimes(Duration.ofMillis(50), Duration.ZERO, Duration.ofSeconds(10)),
            supervising);
    folder = watched;
    await(watched.start());
  }

  @AfterEach
  void stopAll() throws Exception {
    PluginFolder watched = folder;
    ProviderSupervisor supervising = supervisor;
    if (watched != null && supervising != null) {
      await(watched.close());
      await(supervising.stopAll());
      await(watched.unload());
    }
  }

  Path plugins() {
    return directory.resolve("plugins");
  }

  /** What stands of the provider for its callers. */
  Optional<ProviderState> current() {
    return states.stream()
        .filter(state -> state.stage() == Stage.ACTIVE)
        .reduce((before, after) -> before.generation() > after.generation() ? before : after);
  }

  /** Whether its breaker is told to be in that state. */
  void awaitBreaker(String state) {
    eventually(() -> assertThat(states.get(states.size() - 1).breaker().state()).isEqualTo(state));
  }

  static void eventually(ThrowingRunnable check) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(check);
  }

  <T> Future<Answer<T>> call(ProviderCall<T> call) {
    return calls.call(ID, call, new CalledBy(TENANT));
  }

  static RentRequest request(String attempt, Duration timeout) {
    return new RentRequest(attempt, "us", "wa", null, false, timeout, null);
  }

  Rent rent(Duration timeout) {
    return new Rent(request(new AttemptId(ids.next(), 1).toString(), timeout));
  }

  static FindRentals find(Duration timeout) {
    return new FindRentals(new RentalSearch("a-1", "us", "wa", Instant.EPOCH, Set.of(), timeout));
  }

  static ReadRental status(Duration timeout) {
    return new ReadRental(RENTAL, timeout);
  }

  static ChangeRental cancel(Duration timeout) {
    return new ChangeRental(RENTAL, RentalChange.CANCEL, timeout);
  }
}
