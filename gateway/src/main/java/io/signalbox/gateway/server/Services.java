package io.signalbox.gateway.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.signalbox.gateway.api.ApiServices;
import io.signalbox.gateway.api.HttpApi;
import io.signalbox.gateway.api.ProviderDirectory;
import io.signalbox.gateway.api.ScoreBoard;
import io.signalbox.gateway.audit.ActDesk;
import io.signalbox.gateway.audit.FolderActsVerticle;
import io.signalbox.gateway.booking.BookingVerticle;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.callback.CallbackEndpoints;
import io.signalbox.gateway.calling.CallVerticle;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.connection.Doors;
import io.signalbox.gateway.degradation.DegradationVerticle;
import io.signalbox.gateway.degradation.DegradationView;
import io.signalbox.gateway.degradation.ServiceProbe;
import io.signalbox.gateway.drill.DrillTools;
import io.signalbox.gateway.drill.DrillVerticle;
import io.signalbox.gateway.drill.Drills;
import io.signalbox.gateway.health.Health;
import io.signalbox.gateway.health.HealthBoard;
import io.signalbox.gateway.health.Pressure;
import io.signalbox.gateway.health.WorkMonitor;
import io.signalbox.gateway.intake.IntakeBusVerticle;
import io.signalbox.gateway.intake.IntakeGate;
import io.signalbox.gateway.intake.IntakeService;
import io.signalbox.gateway.ledger.LedgerReports;
import io.signalbox.gateway.ledger.Recovery;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.notification.NotificationJson;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.operation.OperationVerticle;
import io.signalbox.gateway.plugins.PluginDesk;
import io.signalbox.gateway.plugins.PluginOrders;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.quota.Quotas;
import io.signalbox.gateway.replay.BackTests;
import io.signalbox.gateway.sandbox.SandboxLink;
import io.signalbox.gateway.security.ApiKeyVerifier;
import io.signalbox.gateway.security.ClientCertificates;
import io.signalbox.gateway.security.Identity;
import io.signalbox.gateway.security.SignInAudit;
import io.signalbox.gateway.security.TokenVerifier;
import io.signalbox.gateway.spool.Spool;
import io.signalbox.gateway.spool.SpoolStatus;
import io.signalbox.gateway.template.Templates;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.gateway.trail.LogLevels;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What answers requests over one open ledger, wired together. Thread-safe. */
final class Services {
  private static final Duration MONITOR_INTERVAL = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Bus bus;
  private final SqlLedger ledger;
  private final @Nullable Spool spool;
  private final GatewayConfig config;
  private final PolicyBook policies;
  private final GatewayMeters meters;
  private final PrometheusMeterRegistry registry;
  private final Clock clock;
  private final Tracing tracing;
  private final WorkMonitor monitor;
  private final Pressure pressure;
  private final HealthBoard board;
  private final Health health;
  private final ProviderDirectory directory;
  private final ScoreBoard scores;
  private final DegradationView degradation;
  private final NotificationParser parser;
  private final NotificationIds ids;
  private final CallVerticle calls;
  private final NumberWiring numbers;
  private final OperationWiring operations;
  private final BookingWiring bookings;
  private final Quotas quotas;
  private final IntakeService intake;
  private final Templates templates;
  private final Sharing sharing;
  private final PluginDesk plugins;
  private final PluginOrders pluginOrders;
  private final SignInAudit signIns;
  private final LogLevels logLevels;
  private volatile @Nullable TokenVerifier tokens;
  private volatile @Nullable ClientCertificates certificates;

  Services(
      Vertx vertx,
      Bus bus,
      SqlLedger ledger,
      @Nullable Spool spool,
      Recovery recovery,
      GatewayConfig config,
      PolicyBook policies,
      GatewayMeters meters,
      PrometheusMeterRegistry registry,
      Sharing sharing,
      Clock clock,
      Tracing tracing) {
    this.vertx = vertx;
    this.bus = bus;
    this.ledger = ledger;
    this.spool = spool;
    this.config = config;
    this.policies = policies;
    this.meters = meters;
    this.registry = registry;
    this.sharing = sharing;
    this.clock = clock;
    this.tracing = tracing;
    this.monitor =
        new WorkMonitor(
            vertx, ledger, ledger.webhooks(), config.data().dir(), meters, clock, MONITOR_INTERVAL);
    this.pressure =
        new Pressure(() -> ledger.stats().fullness(config.ledger()), config.intake().maxLoopLag());
    this.board =
        HealthWiring.board(
            vertx, config, ledger, monitor, pressure, this::spoolStatus, sharing, registry, clock);
    this.health =
        new Health(
            monitor,
            clock,
            board,
            () -> HealthWiring.standby(spoolStatus(), config.spool()),
            config.intake().minFreeDiskBytes());
    this.directory = new ProviderDirectory(bus);
    this.scores = new ScoreBoard(bus);
    this.degradation = new DegradationView(config.degradation().texts(), clock.millis());
    this.parser = new NotificationParser(clock, policies::wrongName);
    long used = Math.max(recovery.greatestKey(), spool == null ? 0 : spool.greatestKey());
    this.ids = new NotificationIds(clock, used, new ShareOfNewIds(ledger.nodes(), monitor));
    this.calls =
        new CallVerticle(
            bus, ledger.calls(), ledger.nodes(), config.dispatch(), ids, tracing, clock);
    this.numbers = new NumberWiring(bus, ledger, config, calls, clock);
    this.operations =
        new OperationWiring(
            vertx,
            bus,
            ledger,
            config.operations(),
            ids,
            meters.operations(),
            () -> monitor.sample().diskIsFull(config.intake().minFreeDiskBytes()),
            clock);
    this.bookings = new BookingWiring(vertx, bus, ledger, config, calls, clock);
    this.quotas = new Quotas(vertx, ledger.quotas(), config.quotas(), clock, System::nanoTime);
    quotas.register(registry);
    this.intake =
        new IntakeService(
            new IntakeGate(monitor, config.intake(), pressure::now),
            spool == null ? ledger : spool.intake(ledger),
            quotas,
            policies,
            bus,
            ids,
            meters,
            clock);
    this.templates = new Templates(vertx, ledger.templates(), parser);
    this.plugins =
        new PluginDesk(vertx, config.plugins(), config.data().dir(), ledger.auditLog(), clock);
    this.pluginOrders = new PluginOrders(plugins);
    this.logLevels = new LogLevels(vertx, clock);
    this.signIns = new SignInAudit(vertx, ledger.auditLog(), clock);
  }

  private SpoolStatus spoolStatus() {
    return spool == null ? SpoolStatus.NONE : spool.status();
  }

  /** Begins to move what was accepted while the ledger was away into the ledger. */
  void drainSpool() {
    if (spool != null) {
      // Clocks of other nodes, which do the removing, may be ahead of this one's.
      long keptMillis = config.retention().shortest().minusHours(1).toMillis();
      spool.drainInto(
          ledger.restoring(),
          intake::fallbackChannels,
          ids::next,
          SpoolGauges.counter(registry, meters),
          accepted -> accepted < clock.millis() - keptMillis);
    }
  }

  /** Begins to look at what waits, and to ask the parts how they are. */
  Future<Void> watch() {
    return monitor.start().compose(looked -> board.start());
  }

  Health health() {
    return health;
  }

  /** What providers there are. */
  ProviderDirectory directory() {
    return directory;
  }

  /** The way from operations to providers; does its work as a verticle. */
  CallVerticle calls() {
    return calls;
  }

  /** Does operations. */
  OperationVerticle operationVerticle() {
    return operations.verticle(List.of(numbers.kind(), bookings.kind()), numbers.watched());
  }

  /** What renting numbers is made of. */
  NumberWiring numbers() {
    return numbers;
  }

  /** What goes on with bookings by itself. */
  BookingVerticle bookingVerticle() {
    return bookings.verticle(operations.door());
  }

  /** Where plugins are changed. */
  PluginDesk plugins() {
    return plugins;
  }

  /** What is ordered of plugins. */
  PluginOrders pluginOrders() {
    return pluginOrders;
  }

  /** Begins no further change of a plugin. */
  void closePlugins() {
    plugins.close();
  }

  /** Tells how much works. */
  DegradationVerticle degradationVerticle() {
    return new DegradationVerticle(
        bus,
        ledger.degradation(),
        config,
        new ServiceProbe(
            monitor, health, meters, ledger::stats, this::spoolStatus, sharing::trouble),
        degradation,
        clock);
  }

  /** Takes notifications from co-located verticles. */
  IntakeBusVerticle intakeVerticle() {
    return new IntakeBusVerticle(bus, new NotificationJson(), parser, templates, intake, tracing);
  }

  /**
   * Runs drills.
   *
   * @param link to the simulator; null without a sandbox
   */
  DrillVerticle drillVerticle(@Nullable SandboxLink link) {
    return new DrillVerticle(
        bus,
        new DrillTools(
            ledger.drills(), ledger.reports(), intake, parser, link, config.sandbox(), clock),
        new SplittableRandom());
  }

  /** Writes down what comes of changed files. */
  FolderActsVerticle folderActsVerticle() {
    return new FolderActsVerticle(
        bus, ledger.auditLog(), NodeName.ofThisProcess(), policies.names(), clock);
  }

  /** Starts the HTTP API; the key that signs tokens is made if there is none. */
  Future<HttpApi> startHttp(Doors doors) {
    return TokenVerifier.open(vertx, config.security(), clock)
        .onSuccess(opened -> tokens = opened)
        .compose(this::identity)
        .compose(identity -> HttpApi.start(vertx, of(identity), doors));
  }

  private Future<Identity> identity(TokenVerifier verifier) {
    return ClientCertificates.open(vertx, config.security().clientCertificates(), clock)
        .onSuccess(opened -> certificates = opened)
        .map(opened -> new Identity(verifier, new ApiKeyVerifier(ledger.apiKeys(), clock), opened));
  }

  private ApiServices of(Identity identity) {
    LedgerReports reports = ledger.reports();
    return new ApiServices(
        config,
        bus,
        reports,
        spool == null ? reports : spool.reports(reports),
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
        bookings.bookings(operations.door()),
        quotas,
        new CallbackEndpoints(
            ledger.callbacks(), bus, config.callbacks(), ids, new SecureRandom(), clock),
        new Drills(bus, ledger.drills(), ids, clock),
        pluginOrders,
        identity,
        signIns,
        directory,
        scores,
        health,
        monitor,
        pressure,
        degradation,
        meters,
        registry,
        clock,
        numbers.numbers(operations.door()),
        tracing,
        logLevels);
  }

  /** Stops what listens and looks; requests and work must have ended. */
  Future<Void> stop() {
    return StopStep.run("provider directory", directory, ProviderDirectory::close)
        .compose(done -> StopStep.run("number providers", numbers, NumberWiring::close))
        .compose(done -> StopStep.run("booking providers", bookings, BookingWiring::close))
        .compose(done -> StopStep.run("templates", templates, Templates::close))
        .compose(done -> StopStep.run("quotas", quotas, Quotas::close))
        .compose(done -> StopStep.run("sign-ins", signIns, SignInAudit::close))
        .compose(done -> StopStep.now("levels of the log", logLevels, LogLevels::close))
        .compose(done -> StopStep.run("tokens", tokens, TokenVerifier::close))
        .compose(done -> StopStep.now("certificates", certificates, ClientCertificates::close))
        .compose(done -> StopStep.run("score board", scores, ScoreBoard::close))
        .compose(done -> StopStep.now("checks", board, HealthBoard::stop))
        .compose(done -> StopStep.now("monitor", monitor, WorkMonitor::stop));
  }
}
