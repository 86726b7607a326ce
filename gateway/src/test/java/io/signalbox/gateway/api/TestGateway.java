package io.signalbox.gateway.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.signalbox.gateway.Patience;
import io.signalbox.gateway.audit.ActDesk;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.WebhookMessages.Answer;
import io.signalbox.gateway.bus.WebhookMessages.Arrived;
import io.signalbox.gateway.callback.CallbackEndpoints;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.config.SecuritySettings.RequestRates;
import io.signalbox.gateway.connection.Doors;
import io.signalbox.gateway.contract.Contract;
import io.signalbox.gateway.degradation.DegradationVerticle;
import io.signalbox.gateway.degradation.DegradationView;
import io.signalbox.gateway.degradation.ServiceProbe;
import io.signalbox.gateway.drill.Drills;
import io.signalbox.gateway.health.Health;
import io.signalbox.gateway.health.HealthBoard;
import io.signalbox.gateway.health.Pressure;
import io.signalbox.gateway.health.Standby;
import io.signalbox.gateway.health.WorkMonitor;
import io.signalbox.gateway.intake.IntakeBusVerticle;
import io.signalbox.gateway.intake.IntakeGate;
import io.signalbox.gateway.intake.IntakeService;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.metrics.MetricsSetup;
import io.signalbox.gateway.metrics.VertxMeters;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.notification.NotificationJson;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.plugins.PluginDesk;
import io.signalbox.gateway.plugins.PluginOrders;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.policy.PolicyDefaults;
import io.signalbox.gateway.quota.Quotas;
import io.signalbox.gateway.ranking.PreferencesVerticle;
import io.signalbox.gateway.replay.BackTests;
import io.signalbox.gateway.security.ApiKeyVerifier;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.ClientCertificates;
import io.signalbox.gateway.security.Identity;
import io.signalbox.gateway.security.RequestLimits;
import io.signalbox.gateway.security.Role;
import io.signalbox.gateway.security.Scopes;
import io.signalbox.gateway.security.SignInAudit;
import io.signalbox.gateway.security.SigningKey;
import io.signalbox.gateway.security.TokenIssuer;
import io.signalbox.gateway.security.TokenVerifier;
import io.signalbox.gateway.spool.SpoolStatus;
import io.signalbox.gateway.template.Templates;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.gateway.trail.LogLevels;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Intake, the HTTP API and the ledger, without dispatch: what is accepted stays queued. */
public final class TestGateway implements AutoCloseable {
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);

  private final Vertx vertx;
  private final Bus bus;
  private final PolicyBook policies;
  private final SqlLedger ledger;
  private final AwayLookUps accepting;
  private final HttpApi http;
  private final ApiServices services;
  private final HealthBoard board;
  private final Health health;
  private final TokenIssuer issuer;
  private final TokenVerifier tokens;
  private final Quotas quotas;
  private final ClientCertificates certificates;
  private final SignInAudit signIns;
  private volatile double held;
  private final WorkMonitor monitor;
  private final String preferences;
  private final PluginDesk plugins;

  /** Starts it, with configuration keys that differ. */
  public static TestGateway start(Path dir, Map<String, String> settings) throws Exception {
    return start(
        dir,
        settings,
        (vertx, config) ->
            SqliteLedger.open(
                vertx,
                dir.resolve("ledger.db"),
                SqlLedgerOptions.of(config.ledger()),
                new NotificationJson()));
  }

  /** Starts it on a ledger that is opened otherwise. */
  static TestGateway start(Path dir, Map<String, String> settings, LedgerOpening opening)
      throws Exception {
    return new TestGateway(dir, settings, opening);
  }

  /** How a ledger is opened. */
  @FunctionalInterface
  interface LedgerOpening {
    Future<SqlLedger> open(Vertx vertx, GatewayConfig config) throws Exception;
  }

  private TestGateway(Path dir, Map<String, String> settings, LedgerOpening opening)
      throws Exception {
    Map<String, String> keys = new HashMap<>(Map.of("http.port", "0", "data.dir", dir.toString()));
    // However late its event loops are on a machine that stands still: that is no overload.
    keys.put("intake.max_loop_lag", "1m");
    keys.putAll(settings);
    GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), keys);
    Clock clock = Clock.systemUTC();
    PrometheusMeterRegistry registry = MetricsSetup.registry();
    Doors doors = new Doors();
    vertx =
        new VertxMeters(registry)
            .gateway(new VertxOptions())
            .withTransport(doors.transport())
            .build();
    bus = Bus.install(vertx);
    NotificationJson codec = new NotificationJson();
    ledger = await(opening.open(vertx, config));
    await(ledger.recover(clock.millis()));
    accepting = new AwayLookUps(ledger);
    GatewayMeters meters = new GatewayMeters(registry);
    monitor =
        new WorkMonitor(
            vertx, ledger, ledger.webhooks(), dir, meters, clock, Duration.ofMillis(50));
    await(monitor.start());
    tokens = await(TokenVerifier.open(vertx, config.security(), clock));
    certificates =
        await(ClientCertificates.open(vertx, config.security().clientCertificates(), clock));
    signIns = new SignInAudit(vertx, ledger.auditLog(), clock);
    issuer =
        new TokenIssuer(
            SigningKey.loadOrCreate(config.security().jwtKeyFile(), new SecureRandom()), clock);
    NotificationIds ids = new NotificationIds(clock, 0);
    policies = new PolicyBook(new PolicyDefaults(config.dispatch(), config.unknown()));
    Pressure pressure =
        new Pressure(() -> ledger.stats().fullness(config.ledger()), config.intake().maxLoopLag());
    board =
        new HealthBoard(
            vertx, TestParts.checks(vertx, ledger, monitor, pressure, dir, config, clock), clock);
    await(board.start());
    health =
        new Health(monitor, clock, board, () -> Standby.NONE, config.intake().minFreeDiskBytes());
    quotas = TestParts.quotas(vertx, ledger, config, clock);
    quotas.register(registry);
    IntakeService intake =
        new IntakeService(
            new IntakeGate(monitor, config.intake(), () -> Math.max(pressure.now(), held)),
            accepting,
            quotas,
            policies,
            bus,
            ids,
            meters,
            clock);
    NotificationParser parser = new NotificationParser(clock, policies::wrongName);
    Templates templates = new Templates(vertx, ledger.templates(), parser);
    await(
        vertx.deployVerticle(
            new IntakeBusVerticle(bus, codec, parser, templates, intake, Tracing.OFF)));
    preferences =
        await(vertx.deployVerticle(new PreferencesVerticle(bus, ledger.preferences(), config)));
    plugins = new PluginDesk(vertx, config.plugins(), dir, ledger.auditLog(), clock);
    DegradationView degradation = new DegradationView(config.degradation().texts(), clock.millis());
    await(
        vertx.deployVerticle(
            new DegradationVerticle(
                bus,
                ledger.degradation(),
                config,
                new ServiceProbe(
                    monitor, health, meters, ledger::stats, () -> SpoolStatus.NONE, () -> ""),
                degradation,
                clock)));
    TestParts.TestOperations operations =
        TestParts.operations(vertx, bus, ledger, config, ids, clock);
    services =
        new ApiServices(
            config,
            bus,
            ledger.reports(),
            ledger.reports(),
            ledger.suppressions(),
            ledger.preferences(),
            ledger.breakers(),
            ledger.apiKeys(),
            ledger.requestKeys(),
            ledger.auditLog(),
            new ActDesk(ledger.auditLog(), clock),
            ledger.erasures(),
            parser,
            policies,
            new BackTests(vertx, config, ledger.history()),
            intake,
            templates,
            operations.bookings(),
            quotas,
            new CallbackEndpoints(
                ledger.callbacks(), bus, config.callbacks(), ids, new SecureRandom(), clock),
            new Drills(bus, ledger.drills(), ids, clock),
            new PluginOrders(plugins),
            new Identity(tokens, new ApiKeyVerifier(ledger.apiKeys(), clock), certificates),
            signIns,
            new ProviderDirectory(bus),
            new ScoreBoard(bus),
            health,
            monitor,
            pressure,
            degradation,
            meters,
            registry,
            clock,
            operations.numbers(),
            Tracing.OFF,
            new LogLevels(vertx, clock));
    http = await(HttpApi.start(vertx, services, doors));
    health.started();
  }

  /** The Vert.x that everything runs in. */
  public Vertx vertx() {
    return vertx;
  }

  /** Where intake looks idempotency keys up. */
  AwayLookUps lookUps() {
    return accepting;
  }

  Bus bus() {
    return bus;
  }

  /** The routing policies in force; none at first. */
  public PolicyBook policies() {
    return policies;
  }

  /** Where plugins are changed; refuses until it has a folder to follow. */
  public PluginDesk plugins() {
    return plugins;
  }

  GatewayMeters meters() {
    return services.meters();
  }

  /** Writes what was refused so far into the audit log, and nothing after that. */
  void writeSignIns() throws ExecutionException, TimeoutException {
    await(signIns.close());
  }

  /** From now on nobody says which preferences are in force. */
  void stopPreferences() throws ExecutionException, TimeoutException {
    await(vertx.undeploy(preferences));
  }

  /** The real ledger. */
  public SqlLedger ledger() {
    return ledger;
  }

  /** A gate before calls of a test's own; nothing is limited. */
  Gate gate() throws IOException {
    return gate(new BodyBudget(1 << 20));
  }

  Gate gate(BodyBudget bodies) throws IOException {
    return new Gate(
        services,
        new RequestLimits(new RequestRates(0, 0), System::nanoTime),
        new RequestCheck(Contract.read()),
        bodies);
  }

  /** Forgets an API key, so that the next who shows it waits for the ledger. */
  void forgetApiKey(String id) {
    services.identity().forgetApiKey(id);
  }

  /** A router as each event loop has one. */
  Router router() throws IOException {
    return new ApiRouter(services, Contract.read(), new LiveBoard(services))
        .router(vertx, Surface.ALL, new Entrance(TestParts.connections(), 0));
  }

  /** Announces a provider whose webhooks are all answered with 200. */
  void serveWebhooks(String provider) {
    bus.answer(
        Addresses.WEBHOOK,
        Arrived.class,
        arrived -> Future.succeededFuture(new Answer(200, "text/plain", "")));
    announce(provider, 1, Stage.ACTIVE, "closed");
    Patience.await().until(() -> services.providers().find(provider).isPresent());
  }

  /** Announces a generation of a provider that carries e-mail. */
  public void announce(String provider, long generation, Stage stage, String breaker) {
    announce(provider, Channel.EMAIL, generation, stage, breaker);
  }

  void announce(String provider, Channel channel, long generation, Stage stage, String breaker) {
    bus.publish(
        Addresses.PROVIDERS,
        new ProviderState(
            provider,
            "plugin",
            "1.0",
            generation,
            Set.of(channel),
            1,
            100,
            ProviderLimits.of(10, 0),
            Duration.ofSeconds(2),
            false,
            stage,
            new BreakerView(breaker, 1, 0, 1, false, "test", 0),
            List.of()));
  }

  /** Has intake behave as if the gateway were so busy at least, 0 to 1. */
  void press(double pressure) {
    held = pressure;
  }

  public Health health() {
    return health;
  }

  /** Where the API is reached. */
  public String url() {
    return http.url();
  }

  HttpApi http() {
    return http;
  }

  /** A token of the default tenant. */
  public String token(Role role) {
    return token(role, "default");
  }

  String token(Role role, String tenant) {
    return issuer.issue(new Caller("test", tenant, Set.of(role)), TOKEN_LIFE);
  }

  /** A token of somebody else of the default tenant. */
  String tokenOf(String subject, Role role) {
    return issuer.issue(new Caller(subject, "default", Set.of(role)), TOKEN_LIFE);
  }

  /** A token of an admin that is narrowed to scopes. */
  String narrowed(String... scopes) {
    return issuer.issue(
        new Caller("test", "default", Set.of(Role.ADMIN), Scopes.of(List.of(scopes))), TOKEN_LIFE);
  }

  /** Waits for a Future on the test's thread. */
  public static <T> T await(Future<T> future) throws ExecutionException, TimeoutException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the test was interrupted", e);
    }
  }

  @Override
  public void close() throws ExecutionException, TimeoutException {
    board.stop();
    monitor.stop();
    await(http.stop());
    services.logLevels().close();
    await(tokens.close());
    certificates.close();
    await(signIns.close());
    await(quotas.close());
    await(ledger.close());
    await(vertx.close());
  }
}
