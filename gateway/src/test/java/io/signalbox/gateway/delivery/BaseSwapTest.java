package io.signalbox.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ProviderMessages.Swap;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.guard.Blockage;
import io.signalbox.gateway.guard.GuardSettings;
import io.signalbox.gateway.guard.ProviderGuards;
import io.signalbox.gateway.guard.SilentGuard;
import io.signalbox.gateway.ledger.BreakerLedger.BreakerTransition;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteFiles;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.loader.PluginFolder;
import io.signalbox.loader.PluginFolderSettings;
import io.signalbox.loader.PluginSource;
import io.signalbox.loader.ProviderFileStatus;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.Recipient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * Real jars in a real folder, run by a supervisor. Their code says on the event bus what it does,
 * and asks there what it should answer.
 */
abstract class BaseSwapTest extends LedgerContract {
  static final String ID = "mail-eu";

  /** A check that says it is well. */
  static final String HEALTHY = "return Future.succeededFuture(CheckResult.healthy(\"well\"));";

  /** A delivery that is answered when somebody answers on the bus. */
  static final String ASKING =
      """
      return context.vertx().eventBus().<String>request("deliver", VERSION)
          .map(m -> new Outcome.Sent(m.body(), Evidence.answered(202, null, null)));""";

  private static final String FACTORY =
      """
      package acme;
      import io.signalbox.spi.*;
      import java.util.Set;
      public final class Factory implements ProviderFactory {
        @Override public PluginDescriptor descriptor() {
          return new PluginDescriptor(
              "mail", "mail $VERSION", Set.of(Channel.EMAIL), Set.of(), "", false, false);
        }
        @Override public Provider create(ProviderContext context) { return new Mail(context); }
      }
      """;

  private static final String MAIL =
      """
      package acme;
      import io.signalbox.spi.*;
      import io.vertx.core.*;
      final class Mail implements MessageProvider {
        private static final String VERSION = "$VERSION";
        private final ProviderContext context;
        private final java.util.List<Object> kept = new java.util.ArrayList<>();
        Mail(ProviderContext context) { this.context = context; $MADE }
        @Override public Future<CheckResult> check() { $CHECK }
        @Override public Future<Outcome> deliver(DeliveryRequest request) { $DELIVER }
        @Override public Future<Void> close() { $CLOSE }
      }
      """;

  final List<ProviderState> states = new CopyOnWriteArrayList<>();
  final List<Swap> swaps = new CopyOnWriteArrayList<>();
  final List<Observed> observed = new CopyOnWriteArrayList<>();
  private final Map<String, String> settings = new HashMap<>();
  private SqlLedger sqlite;
  Bus bus;
  ProviderSupervisor supervisor;
  PluginFolder folder;

  @Override
  protected Opened open() throws Exception {
    sqlite =
        await(
            SqliteLedger.open(
                vertx,
                directory.resolve("ledger.db"),
                new SqlLedgerOptions(256, 20_000, 64 << 20, 2, 1_000),
                new StoredForm()));
    return SqliteFiles.ports(sqlite);
  }

  /** Starts with what the folder holds. */
  void start(String... more) throws Exception {
    // A starved machine makes nothing late, where that is not what is tested.
    settings.put("plugins.check_timeout", "10s");
    settings.put("plugins.blocked_after", "1m");
    settings.put("plugins.blocked_limit", "1h");
    settings.put("http.drain_timeout", "0s");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    bus = Bus.install(vertx);
    bus.listen(Addresses.PROVIDERS, ProviderState.class, states::add);
    bus.listen(Addresses.PROVIDERS_SWAPPED, Swap.class, swaps::add);
    bus.listen(Addresses.OUTCOMES, Observed.class, observed::add);
    GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), settings);
    supervisor =
        new ProviderSupervisor(
            vertx,
            bus,
            sqlite.breakers(),
            sqlite.providers(),
            config,
            Clock.systemUTC(),
            id -> "http://localhost/" + id,
            new ProviderGuards(
                new GuardSettings(
                    this::bridged,
                    config.plugins().blockedAfter(),
                    config.plugins().blockedLimit(),
                    false,
                    id -> new SilentGuard(this::giveUp)),
                Clock.systemUTC()),
            Tracing.OFF);
    folder =
        new PluginFolder(
            PluginFolderSettings.of(plugins(), directory.resolve("data"))
                .withTimes(Duration.ofMillis(50), Duration.ZERO, Duration.ofSeconds(10))
                .withRetry(Duration.ofMillis(100)),
            supervisor);
    Files.createDirectories(plugins());
    Files.writeString(plugins().resolve(ID + ".yaml"), "plugin: mail\ntimeout: 30s\n");
    await(folder.start());
  }

  private void giveUp(Blockage blockage) {
    folder.giveUp(blockage.provider(), blockage.plugin(), blockage.text());
  }

  /** A Vert.x for one provider; what it asks and tells on its bus comes to the test's own. */
  private Vertx bridged(VertxOptions options) {
    Vertx cell = Vertx.vertx(options);
    for (String address : List.of("deliver", "check", "close")) {
      cell.eventBus()
          .<String>consumer(
              address,
              asked ->
                  vertx
                      .eventBus()
                      .<String>request(address, asked.body())
                      .onComplete(
                          answer -> asked.reply(answer.body()),
                          failure -> asked.fail(1, failure.getMessage())));
    }
    cell.eventBus().<String>consumer("tick", told -> vertx.eventBus().publish("tick", told.body()));
    return cell;
  }

  @AfterEach
  void stopAll() throws Exception {
    if (folder != null) {
      await(folder.close());
      await(supervisor.stopAll());
      await(folder.unload());
    }
  }

  Path plugins() {
    return directory.resolve("plugins");
  }

  void put(String version, String check, String deliver) throws IOException {
    put(version, "", check, deliver, "return Future.succeededFuture();");
  }

  /** Puts a version of the plugin in place of the one before, with code for its methods. */
  void put(String version, String made, String check, String deliver, String close)
      throws IOException {
    Files.createDirectories(plugins());
    PluginSource.plugin("mail", version)
        .type("acme.Factory", FACTORY.replace("$VERSION", version))
        .type(
            "acme.Mail",
            MAIL.replace("$VERSION", version)
                .replace("$MADE", made)
                .replace("$CHECK", check)
                .replace("$DELIVER", deliver)
                .replace("$CLOSE", close))
        .moveTo(plugins().resolve("mail.jar"));
  }

  /** What stands of the provider for the dispatcher. */
  Optional<ProviderState> current() {
    return states.stream()
        .filter(state -> state.stage() == Stage.ACTIVE)
        .reduce((before, after) -> before.generation() > after.generation() ? before : after);
  }

  void awaitVersion(String version) {
    eventually(() -> assertThat(current()).map(ProviderState::pluginVersion).contains(version));
  }

  static void eventually(ThrowingRunnable check) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(check);
  }

  ProviderFileStatus fileStatus() {
    return folder.providerFiles().get(0);
  }

  /** Hands a delivery to a generation, as the dispatcher does. */
  Future<Delivered> deliver(long generation) {
    return deliver(generation, null);
  }

  /** The same of a mail that asks for something besides. */
  Future<Delivered> deliver(long generation, @Nullable MailOptions asked) {
    DeliveryRequest request =
        new DeliveryRequest(
            "attempt",
            "key",
            Channel.EMAIL,
            "greeting",
            new Recipient.Email("a@example.com"),
            new Content("t", "hello", null),
            Duration.ofSeconds(30),
            null,
            Map.of(),
            null,
            asked);
    return bus.request(
        Addresses.provider(ID, generation),
        new Deliver(new AttemptId(ids.next(), 1), request, false),
        Delivered.class,
        Duration.ofSeconds(40));
  }

  /** What the ledger keeps of breakers. */
  Future<List<BreakerTransition>> sqliteBreakers() {
    return sqlite.breakers().breakers();
  }

  long generation() {
    return current().map(ProviderState::generation).orElse(0L);
  }
}
