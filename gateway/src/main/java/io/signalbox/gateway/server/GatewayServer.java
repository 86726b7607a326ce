package io.signalbox.gateway.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.signalbox.gateway.api.HttpApi;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.PoliciesChanged;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.connection.Doors;
import io.signalbox.gateway.ledger.Recovery;
import io.signalbox.gateway.ledger.StepRule;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.metrics.DuplicateMeters;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.metrics.MetricsSetup;
import io.signalbox.gateway.metrics.VertxMeters;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.policy.PolicyDefaults;
import io.signalbox.gateway.policy.PolicyFolder;
import io.signalbox.gateway.sandbox.SandboxLink;
import io.signalbox.gateway.spool.Spool;
import io.signalbox.gateway.tracing.Recording;
import io.signalbox.gateway.trail.NotificationLog;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: everything is started in the order in which it is needed, and stopped in the
 * order in which nothing is lost. Thread-safe.
 */
public final class GatewayServer {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
  private static final int WORKERS = 20;
  private static final int INTERNAL_WORKERS = 4;

  private final GatewayConfig config;
  private final Clock clock = Clock.systemUTC();
  private final PrometheusMeterRegistry registry = MetricsSetup.registry();
  private final VertxMeters vertxMeters = new VertxMeters(registry);
  private final GatewayMeters meters = new GatewayMeters(registry);
  private final Doors doors = new Doors();
  private final Recording recording;
  private final Vertx vertx;
  private final Bus bus;
  private final PolicyBook policies;
  private final PolicyFolder policyFolder;
  private final Verticles verticles;
  private final Sharing sharing;
  private final Clustering clustering;
  private final Providers providers;
  private final KeyHolder keys = new KeyHolder();
  private final Future<Void> stopWish;
  private volatile @Nullable SqlLedger ledger;
  private volatile @Nullable Spool spool;
  private volatile @Nullable Services services;
  private volatile @Nullable HttpApi http;
  private volatile @Nullable SandboxLink sandbox;

  private GatewayServer(GatewayConfig config, Future<Void> stopWish) {
    this.config = config;
    this.stopWish = stopWish;
    int eventLoops = Math.max(2, config.http().instances());
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(eventLoops)
            .setWorkerPoolSize(WORKERS)
            .setInternalBlockingPoolSize(INTERNAL_WORKERS);
    this.recording = Recording.of(config.tracing(), NodeName.ofThisProcess(), registry);
    this.vertx =
        recording.into(vertxMeters.gateway(options)).withTransport(doors.transport()).build();
    this.verticles = new Verticles(vertx);
    this.bus = Bus.install(vertx);
    this.sharing = new Sharing(vertx, verticles, bus, config, registry, clock);
    this.clustering = new Clustering(vertx, bus, config, registry);
    this.providers =
        new Providers(vertx, bus, config, clock, registry, vertxMeters, recording.tracing());
    this.policies = new PolicyBook(new PolicyDefaults(config.dispatch(), config.unknown()));
    this.policyFolder =
        new PolicyFolder(vertx, config.policies().dir(), policies, this::policiesChanged);
  }

  /**
   * Starts a gateway.
   *
   * @return succeeds when it takes notifications and every provider of the plugins folder was
   *     started or refused; fails, with everything stopped again, if something it needs cannot be
   *     had
   */
  public static Future<GatewayServer> start(GatewayConfig config) {
    return start(config, Promise.<Void>promise().future());
  }

  /**
   * As above.
   *
   * @param stopWish succeeds when the start is not wanted any more: it then fails after the step
   *     that is under way, with everything stopped again
   */
  public static Future<GatewayServer> start(GatewayConfig config, Future<Void> stopWish) {
    GatewayServer server = new GatewayServer(config, stopWish);
    // Of no context: after a failure the event loops are gone, and nobody would be told.
    Promise<GatewayServer> started = Promise.promise();
    server
        .begin()
        .onComplete(
            ready -> started.complete(server),
            failure -> server.stop().onComplete(stopped -> started.fail(failure)));
    return started.future();
  }

  private Future<Void> begin() {
    // Takes seconds, beside the rest.
    clustering.join();
    return vertx
        .executeBlocking(() -> Files.createDirectories(config.data().dir()))
        .compose(this::unlessUnwanted)
        .compose(made -> recording.open(vertx))
        .compose(
            made ->
                ThreadWarmUp.run(
                    vertx, Math.max(2, config.http().instances()), WORKERS, INTERNAL_WORKERS))
        .compose(warm -> policyFolder.open())
        .compose(read -> sharing.open())
        .compose(linked -> keys.open(vertx, config.security().encryptionKeys()))
        .compose(this::unlessUnwanted)
        .compose(opened -> openLedger())
        .compose(this::unlessUnwanted)
        .compose(recovery -> openSpool().map(recovery))
        .compose(this::startVerticles)
        .compose(this::unlessUnwanted)
        .compose(done -> startSandbox())
        .compose(done -> startDrills())
        .compose(done -> verticles.start(Verticles.FOLDER_ACTS, wired().folderActsVerticle()))
        // Before the providers, so that their breakers begin with what the others know.
        .compose(done -> sharing.start())
        .compose(this::unlessUnwanted)
        .compose(done -> startProviders())
        .compose(this::unlessUnwanted)
        .compose(done -> clustering.start(wired(), config.plugins(), providers::switchedOff))
        .compose(this::unlessUnwanted)
        .compose(done -> startOperations())
        .onSuccess(
            done -> {
              opened().nodes().works(true);
              wired().health().started();
            });
  }

  private <T> Future<T> unlessUnwanted(T made) {
    return stopWish.isComplete()
        ? Future.failedFuture(new NotWantedException())
        : Future.succeededFuture(made);
  }

  /** A start was not wanted any more, and nothing else was wrong with it. */
  public static final class NotWantedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotWantedException() {
      super("told to stop before the start was over", null, false, false);
    }
  }

  private void policiesChanged() {
    bus.publish(Addresses.POLICIES, new PoliciesChanged(policies.names()));
  }

  private Future<Recovery> openLedger() {
    return LedgerOpening.open(vertx, config, keys.seal(), bus.events(), registry, clock)
        .compose(
            opened -> {
              ledger = opened;
              opened.onTakeOver(taken -> count(taken.cancelled()));
              return opened.recover(clock.millis());
            })
        .onSuccess(
            recovery -> {
              count(recovery.cancelled());
              LOG.info(
                  "ledger opened: {} notifications want work, {} attempts were broken off",
                  recovery.open(),
                  recovery.brokenOff());
            });
  }

  private Future<Void> openSpool() {
    return SpoolOpening.open(vertx, config, keys.seal())
        .onSuccess(
            opened ->
                opened.ifPresent(
                    found -> {
                      SpoolGauges.register(found, registry);
                      spool = found;
                    }))
        .mapEmpty();
  }

  /** What had been called back ends with the attempt that the stop broke off. */
  private void count(List<NotificationId> cancelled) {
    meters.work().finished(NotificationState.CANCELLED, cancelled.size());
    NotificationLog trail = new NotificationLog(LOG);
    for (NotificationId id : cancelled) {
      trail.finished(
          id, NotificationState.CANCELLED, StepRule.CANCELLED_WITH_UNKNOWN_OUTCOME, null);
    }
  }

  private Future<Void> startVerticles(Recovery recovery) {
    SqlLedger store = opened();
    MeterBridge bridge = new MeterBridge(meters, new DuplicateMeters(registry), clock);
    bridge.listen(bus);
    Services wired =
        new Services(
            vertx,
            bus,
            store,
            spool,
            recovery,
            config,
            policies,
            meters,
            registry,
            sharing,
            clock,
            recording.tracing());
    services = wired;
    RankingGauges.register(bus, registry);
    return wired
        .watch()
        .compose(
            looked ->
                verticles.startWork(
                    bus,
                    store,
                    sharing.queues(store),
                    config,
                    policies,
                    bridge,
                    clock,
                    recording.tracing()))
        .compose(started -> verticles.start(Verticles.CALLS, wired.calls()))
        .compose(started -> verticles.start(Verticles.OFFERS, wired.numbers().offerVerticle()))
        .compose(started -> verticles.startKeeping(store, spool, config.retention(), clock))
        .compose(started -> verticles.start(Verticles.DEGRADATION, wired.degradationVerticle()))
        .compose(started -> verticles.start(Verticles.BUS_INTAKE, wired.intakeVerticle()))
        .onSuccess(started -> wired.drainSpool())
        .compose(started -> wired.startHttp(doors))
        .onSuccess(api -> http = api)
        .mapEmpty();
  }

  private Future<Void> startSandbox() {
    if (!config.sandbox().enabled()) {
      return Future.succeededFuture();
    }
    return SandboxLink.open(vertx, config.sandbox())
        .compose(
            link -> {
              sandbox = link;
              LOG.info("sandbox: the simulator's control calls are at {}", link.url());
              return link.sendWebhooksTo(this::webhookUrl);
            });
  }

  private Future<Void> startDrills() {
    return verticles.start(Verticles.DRILLS, wired().drillVerticle(sandbox));
  }

  private Future<Void> startProviders() {
    return providers.start(opened(), sandbox, wired().plugins(), this::webhookUrl);
  }

  /** Last: without providers they would be given up as what nobody can be asked for. */
  private Future<Void> startOperations() {
    return verticles
        .start(Verticles.OPERATIONS, wired().operationVerticle())
        .compose(started -> verticles.start(Verticles.RENTALS, wired().numbers().rentalVerticle()))
        .compose(started -> verticles.start(Verticles.BOOKINGS, wired().bookingVerticle()));
  }

  private String webhookUrl(String providerId) {
    return config.webhooks().publicUrl().orElseGet(this::url) + "/webhooks/" + providerId;
  }

  private Services wired() {
    Services wired = services;
    if (wired == null) {
      throw new IllegalStateException("the services are not wired");
    }
    return wired;
  }

  private SqlLedger opened() {
    SqlLedger store = ledger;
    if (store == null) {
      throw new IllegalStateException("the ledger is not open");
    }
    return store;
  }

  /** Where the HTTP API is reached on this machine. */
  public String url() {
    return http().url();
  }

  /** The HTTP API, which is up. */
  public HttpApi http() {
    HttpApi api = http;
    if (api == null) {
      throw new IllegalStateException("the HTTP API is not up");
    }
    return api;
  }

  /**
   * Stops: takes no new requests, lets those under way be answered, then attempts under way end (up
   * to the drain timeout), closes providers, then the ledger. What is still under way after that is
   * found by the next start.
   */
  public Future<Void> stop() {
    Services wired = services;
    if (wired != null) {
      wired.health().draining();
      opened().nodes().works(false);
    }
    // Of no context: the event loops are gone by the time it completes.
    Promise<Void> stopped = Promise.promise();
    StopStep.run("HTTP", http, HttpApi::stop)
        .compose(done -> clustering.withdraw())
        .compose(done -> StopStep.now("changes of plugins", wired, Services::closePlugins))
        .compose(done -> StopStep.now("policies", policyFolder, PolicyFolder::close))
        .compose(done -> verticles.stop(Verticles.DRILLS))
        .compose(done -> providers.closeFolder())
        .compose(done -> verticles.stop(Verticles.FOLDER_ACTS))
        .compose(done -> verticles.stop(Verticles.DISPATCH))
        .compose(done -> verticles.stop(Verticles.WEBHOOKS))
        .compose(done -> verticles.stop(Verticles.OPERATIONS))
        .compose(done -> verticles.stop(Verticles.LOOKUPS))
        .compose(done -> verticles.stop(Verticles.OFFERS))
        .compose(done -> verticles.stop(Verticles.RENTALS))
        .compose(done -> verticles.stop(Verticles.BOOKINGS))
        .compose(done -> verticles.stopKeeping())
        .compose(done -> verticles.stop(Verticles.DEGRADATION))
        // Before the providers go, which would look as if they had been removed.
        .compose(done -> verticles.stop(Verticles.SCORING))
        .compose(done -> providers.stopAll())
        .compose(done -> verticles.stop(Verticles.CALLS))
        .compose(done -> sharing.stop())
        .compose(done -> clustering.leave())
        .compose(done -> verticles.stop(Verticles.CALLBACKS))
        .compose(done -> providers.unload())
        .compose(done -> StopStep.run("sandbox", sandbox, SandboxLink::close))
        .compose(done -> wired == null ? Future.<Void>succeededFuture() : wired.stop())
        .compose(done -> StopStep.run("spool", spool, Spool::close))
        .compose(done -> StopStep.run("ledger", ledger, SqlLedger::close))
        .compose(done -> StopStep.now("keys", keys, KeyHolder::close))
        .compose(done -> StopStep.run("traces", recording, traces -> traces.close(vertx)))
        .onComplete(done -> vertx.close().onComplete(stopped));
    return stopped.future();
  }
}
