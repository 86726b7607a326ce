package io.signalbox.gateway.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.DrillMessages.Arrangement;
import io.signalbox.gateway.bus.DrillMessages.Done;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.drill.DrillOrder.Live;
import io.signalbox.gateway.drill.DrillOrder.Simulate;
import io.signalbox.gateway.health.WorkMonitor;
import io.signalbox.gateway.intake.IntakeGate;
import io.signalbox.gateway.intake.IntakeService;
import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.ledger.Drill.State;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteFiles;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.notification.NotificationJson;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.policy.PolicyDefaults;
import io.signalbox.gateway.quota.Quotas;
import io.signalbox.gateway.sandbox.SandboxLink;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** How drills end when the ledger or the simulator does not do its part. */
class DrillVerticleTest extends LedgerContract {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Clock clock = Clock.systemUTC();
  private SqlLedger sqlite;
  private Bus bus;
  private ControlServer simulator;
  private Drills drills;

  @Override
  protected Opened open() throws Exception {
    sqlite =
        await(
            SqliteLedger.open(
                vertx,
                directory.resolve("ledger.db"),
                new SqlLedgerOptions(256, 20_000, 64 << 20, 2, 1_000),
                new NotificationJson()));
    return SqliteFiles.ports(sqlite);
  }

  @Test
  void aReportThatTheLedgerDoesNotTakeIsKeptUntilItDoes() throws Exception {
    deploy();
    execute(
        "CREATE TRIGGER refuse BEFORE UPDATE ON drills"
            + " BEGIN SELECT RAISE(ABORT, 'refused by a test'); END");
    Drill drill = begin(new Live("one", 0.5, Duration.ofMillis(1), 0.1));
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertRefused(409, "runs already", () -> begin(new Live("one", 0.5, LIMIT, 1))));

    execute("DROP TRIGGER refuse");

    ends(drill, State.FAILED);
    assertThat(found(drill).end().reason()).isEqualTo("no_traffic");
    // Its provider is free a moment after its report is kept.
    Awaitility.await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> begin(new Live("one", 0.5, LIMIT, 0.1)) != null);
  }

  @Test
  void whatAStopBrokeOffEndsOnlyWhenTheSimulatorIsPutBack() throws Exception {
    simulator = await(ControlServer.start(vertx));
    simulator.mode("error");
    simulator.broken(true);
    Drill broken =
        drill(simulate("one"), new JsonObject().put("plugin", "alpha").put("mode", "ok"));
    await(sqlite.drills().beginDrill(broken));

    deploy();

    Awaitility.await().atMost(LIMIT).until(() -> simulator.refused() > 0);
    assertThat(found(broken).state()).isEqualTo(State.RUNNING);
    assertRefused(409, "same simulated side: alpha", () -> begin(simulate("two")));

    simulator.broken(false);

    ends(broken, State.ABORTED);
    assertThat(found(broken).end().reason()).isEqualTo("node_stopped");
    assertThat(simulator.mode()).isEqualTo("ok");
  }

  @Test
  void oneThatIsStoppedBeforeTheSimulatorIsPutBackIsLeftToTheNextStart() throws Exception {
    simulator = await(ControlServer.start(vertx));
    simulator.mode("error");
    simulator.broken(true);
    Drill broken =
        drill(simulate("one"), new JsonObject().put("plugin", "alpha").put("mode", "ok"));
    await(sqlite.drills().beginDrill(broken));
    String first = deploy();
    Awaitility.await().atMost(LIMIT).until(() -> simulator.refused() > 0);

    await(vertx.undeploy(first));
    assertThat(found(broken).state()).isEqualTo(State.RUNNING);
    simulator.broken(false);
    deploy();

    ends(broken, State.ABORTED);
    assertThat(simulator.mode()).isEqualTo("ok");
  }

  @Test
  void oneSimulatedSideHasOneDrillAtATime() throws Exception {
    simulator = await(ControlServer.start(vertx));
    deploy();
    Drill drill = begin(simulate("one"));

    assertRefused(409, "same simulated side: alpha", () -> begin(simulate("two")));

    await(drills.abort(drill.tenant(), drill.id(), "a test"));
    assertThat(found(drill).state()).isEqualTo(State.ABORTED);
    assertThat(simulator.mode()).isEqualTo("ok");
  }

  private String deploy() throws Exception {
    GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), Map.of());
    if (bus == null) {
      bus = Bus.install(vertx);
      bus.answer(
          Addresses.DRILL_ARRANGEMENTS,
          Arrangement.class,
          wish -> Future.succeededFuture(new Done()));
    }
    NotificationIds numbers = new NotificationIds(clock, 0);
    GatewayMeters meters = new GatewayMeters(new SimpleMeterRegistry());
    WorkMonitor monitor =
        new WorkMonitor(
            vertx, sqlite, sqlite.webhooks(), directory, meters, clock, Duration.ofMinutes(1));
    PolicyBook policies = new PolicyBook(new PolicyDefaults(config.dispatch(), config.unknown()));
    Path sandbox = Files.createDirectories(directory.resolve("sandbox"));
    for (String provider : List.of("one", "two")) {
      Files.writeString(sandbox.resolve(provider + ".yaml"), "plugin: alpha");
    }
    GatewayConfig.Sandbox settings =
        new GatewayConfig.Sandbox(
            true, 0, Optional.ofNullable(simulator).map(ControlServer::url), sandbox);
    DrillTools tools =
        new DrillTools(
            sqlite.drills(),
            sqlite.reports(),
            new IntakeService(
                new IntakeGate(monitor, config.intake()),
                sqlite,
                new Quotas(vertx, sqlite.quotas(), config.quotas(), clock, System::nanoTime),
                policies,
                bus,
                numbers,
                meters,
                clock),
            new NotificationParser(clock, policies::wrongName),
            simulator == null ? null : await(SandboxLink.open(vertx, settings)),
            settings,
            clock);
    drills = new Drills(bus, sqlite.drills(), numbers, clock);
    String deployed =
        await(vertx.deployVerticle(new DrillVerticle(bus, tools, new SplittableRandom(5))));
    announce("one");
    announce("two");
    return deployed;
  }

  private void announce(String provider) {
    bus.publish(
        Addresses.PROVIDERS,
        new ProviderState(
            provider,
            "alpha",
            "1.0",
            1,
            Set.of(Channel.EMAIL),
            1,
            100,
            ProviderLimits.of(10, 0),
            Duration.ofSeconds(2),
            false,
            Stage.ACTIVE,
            new BreakerView("closed", 1, 0, 1, false, "test", 0),
            List.of()));
  }

  private static Simulate simulate(String provider) {
    return new Simulate(provider, Channel.EMAIL, "error", 10, 100, Duration.ZERO, null);
  }

  private Drill drill(DrillOrder order, JsonObject before) {
    return new Drill(
        ids.next(),
        TENANT,
        order.kind(),
        order.provider(),
        order.mode(),
        order.parameters().put("simulator_before", before),
        NOW,
        "a test",
        null);
  }

  private Drill begin(DrillOrder order) throws Exception {
    return await(drills.begin(TENANT, "a test", order));
  }

  private Drill found(Drill drill) throws Exception {
    return await(drills.find(TENANT, drill.id()));
  }

  private void ends(Drill drill, State state) {
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(found(drill).state()).isEqualTo(state));
  }

  private static void assertRefused(int status, String detail, ThrowingCallable call) {
    assertThatThrownBy(call)
        .cause()
        .hasMessageContaining(detail)
        .isInstanceOfSatisfying(
            GatewayException.class, refused -> assertThat(refused.status()).isEqualTo(status));
  }

  private void execute(String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + directory.resolve("ledger.db?busy_timeout=30000"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
