package io.signalbox.gateway.server;

import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.callback.CallbackVerticle;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.config.RetentionSettings;
import io.signalbox.gateway.dispatch.DispatchVerticle;
import io.signalbox.gateway.ledger.ErasureLedger;
import io.signalbox.gateway.ledger.Resealing;
import io.signalbox.gateway.ledger.RetentionLedger;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.lookup.LookupVerticle;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.queue.DeliveryQueue;
import io.signalbox.gateway.ranking.PreferencesVerticle;
import io.signalbox.gateway.ranking.ScoringVerticle;
import io.signalbox.gateway.retention.RetentionVerticle;
import io.signalbox.gateway.retention.StepVerticle;
import io.signalbox.gateway.spool.Spool;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.gateway.webhook.WebhookVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The server's verticles, by what they do. Thread-safe. */
final class Verticles {
  static final String SCORING = "scoring";
  static final String PREFERENCES = "preferences";
  static final String DISPATCH = "dispatch";
  static final String CALLS = "calls of operations";
  static final String OPERATIONS = "operations";
  static final String OFFERS = "offers of numbers";
  static final String RENTALS = "rented numbers";
  static final String BOOKINGS = "bookings";
  static final String WEBHOOKS = "webhooks";
  static final String CALLBACKS = "callbacks";
  static final String DRILLS = "drills";
  static final String FOLDER_ACTS = "audit of the folders";
  static final String LOOKUPS = "look-ups";
  static final String DEGRADATION = "degradation";
  static final String SHARED_BREAKERS = "shared breakers";
  static final String SHARED_HEALTH = "shared health";
  static final String SHARED_RATES = "shared rates";
  static final String SHARED_COOL_DOWNS = "shared cool-downs";
  static final String BUS_INTAKE = "intake by bus";
  private static final String RETENTION = "retention";
  private static final String ERASURES = "erasures";
  private static final String RESEALING = "resealing";
  private static final String SPOOL_RESEALING = "resealing of the spool";

  private final Vertx vertx;
  private final Map<String, String> deployments = new ConcurrentHashMap<>();

  Verticles(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Starts those that work on what was accepted, one after the other. */
  Future<Void> startWork(
      Bus bus,
      SqlLedger ledger,
      Supplier<DeliveryQueue> queues,
      GatewayConfig config,
      PolicyBook policies,
      MeterBridge meters,
      Clock clock,
      Tracing tracing) {
    SplittableRandom random = new SplittableRandom();
    return start(
            SCORING,
            new ScoringVerticle(
                bus,
                ledger.reports(),
                ledger.providers(),
                ledger.nodes(),
                config,
                clock,
                random.nextLong()))
        .compose(
            next ->
                start(
                    DISPATCH,
                    new DispatchVerticle(
                        bus,
                        ledger,
                        queues,
                        config,
                        policies,
                        meters,
                        meters,
                        clock,
                        random.split(),
                        tracing)))
        .compose(
            next ->
                // After those that listen to it.
                start(PREFERENCES, new PreferencesVerticle(bus, ledger.preferences(), config)))
        .compose(
            next ->
                start(
                    WEBHOOKS,
                    new WebhookVerticle(
                        bus, ledger.webhooks(), meters, config.webhooks(), clock, tracing)))
        .compose(
            next ->
                start(
                    CALLBACKS,
                    new CallbackVerticle(
                        bus,
                        ledger.callbackQueue(),
                        config.callbacks(),
                        meters,
                        clock,
                        random.split()::nextDouble,
                        tracing)))
        .compose(
            next ->
                start(
                    LOOKUPS,
                    new LookupVerticle(
                        bus, ledger, ledger.lookups(), config.lookup(), meters, meters, clock)));
  }

  /** Starts those that look after what is stored. */
  Future<Void> startKeeping(
      SqlLedger ledger, @Nullable Spool spool, RetentionSettings settings, Clock clock) {
    RetentionLedger retention =
        ledger.retention(List.copyOf(settings.tenants().keySet()), settings.longer().toMillis());
    return start(RETENTION, new RetentionVerticle(retention, settings, clock))
        .compose(next -> start(ERASURES, erasures(ledger.erasures(), clock)))
        .compose(
            next -> start(RESEALING, resealing(ledger.resealing("the ledger", System::nanoTime))))
        .compose(
            next ->
                spool == null
                    ? Future.succeededFuture()
                    : start(SPOOL_RESEALING, resealing(spool.resealing())));
  }

  /** Stops what {@link #startKeeping} has started. */
  Future<Void> stopKeeping() {
    return stop(RETENTION)
        .compose(done -> stop(ERASURES))
        .compose(done -> stop(RESEALING))
        .compose(done -> stop(SPOOL_RESEALING));
  }

  private static StepVerticle erasures(ErasureLedger ledger, Clock clock) {
    return new StepVerticle("forgetting a recipient", () -> ledger.eraseSome(clock.millis()));
  }

  private static StepVerticle resealing(Resealing resealing) {
    return new StepVerticle("sealing anew", resealing::resealSome);
  }

  Future<Void> start(String name, Deployable verticle) {
    return vertx.deployVerticle(verticle).onSuccess(id -> deployments.put(name, id)).mapEmpty();
  }

  /** Stops one, if it was started; its failure is told. */
  Future<Void> stop(String name) {
    return StopStep.run(name, deployments.remove(name), vertx::undeploy);
  }
}
