package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.Swap;
import io.signalbox.gateway.bus.ProviderMessages.SwapOutcome;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.guard.GuardedProvider;
import io.signalbox.gateway.guard.ProviderGuards;
import io.signalbox.gateway.ledger.BreakerLedger;
import io.signalbox.gateway.ledger.ProviderLedger;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.loader.AbandonedException;
import io.signalbox.loader.KeptBackException;
import io.signalbox.loader.LoadedPlugin;
import io.signalbox.loader.ProviderDefinition;
import io.signalbox.loader.ProviderLifecycle;
import io.signalbox.loader.Refusal;
import io.signalbox.scoring.breaker.BreakerState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deploys, replaces and removes provider verticles as the plugins folder changes. A replacement
 * starts first; then the dispatcher's knowledge moves to it, and the old generation drains.
 *
 * <p>Thread-safe: called by the plugins folder's thread.
 */
public final class ProviderSupervisor implements ProviderLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderSupervisor.class);

  private static final String STOPS = "the gateway stops";

  private final Vertx vertx;
  private final DeliveryServices services;
  private final Clock clock;
  private final UnaryOperator<String> webhookUrlOf;
  private final ProviderGuards guards;
  private final AtomicLong lastGeneration = new AtomicLong();
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final Set<Future<?>> underWay = ConcurrentHashMap.newKeySet();
  private final CanaryTrials trials;
  private volatile boolean ending;

  /** A generation that runs, and retains its plugin. */
  private record Running(ProviderSetup setup, String deployment) {}

  /**
   * Makes a supervisor without providers.
   *
   * @param webhookUrlOf the URL for the webhooks of a provider id
   * @param guards what makes providers of plugins
   */
  public ProviderSupervisor(
      Vertx vertx,
      Bus bus,
      BreakerLedger breakers,
      ProviderLedger controls,
      GatewayConfig config,
      Clock clock,
      UnaryOperator<String> webhookUrlOf,
      ProviderGuards guards,
      Tracing tracing) {
    this.vertx = vertx;
    this.services = new DeliveryServices(bus, breakers, controls, config, clock, tracing);
    this.clock = clock;
    this.webhookUrlOf = webhookUrlOf;
    this.guards = guards;
    this.trials = new CanaryTrials(vertx, services);
  }

  @Override
  public Future<Void> start(ProviderDefinition definition, LoadedPlugin plugin) {
    long generation =
        lastGeneration.accumulateAndGet(clock.millis(), (before, now) -> Math.max(before + 1, now));
    String id = definition.id();
    List<String> warnings = BreakerSetup.warnings(services.config(), definition);
    warnings.forEach(warning -> LOG.warn("provider {}: {}", id, warning));
    ProviderSetup setup =
        new ProviderSetup(
            definition,
            plugin,
            generation,
            webhookUrlOf.apply(id),
            new AttemptTally(),
            warnings,
            AccountPrint.of(definition));
    Running before = running.get(id);
    plugin.retain();
    return noted(
        wantsTrial(id, before)
            .compose(onTrial -> run(setup, before, onTrial))
            .onSuccess(now -> takenOver(now, before))
            .onFailure(
                failure -> {
                  plugin.release();
                  tell(setup, before, outcomeOf(failure), definition.lines().reason(failure));
                })
            .mapEmpty());
  }

  /** Where the one before does not work, there is nothing to compare with, and help is needed. */
  private Future<Boolean> wantsTrial(String id, @Nullable Running before) {
    return before == null || services.config().plugins().canary().share() == 0
        ? Future.succeededFuture(false)
        : StoredBreaker.read(services.breakers(), id)
            .map(stored -> stored.isEmpty() || stored.get().state() == BreakerState.CLOSED);
  }

  private Future<Running> run(ProviderSetup setup, @Nullable Running before, boolean onTrial) {
    Future<Running> deployed =
        deploy(setup, before, onTrial).map(deployment -> new Running(setup, deployment));
    return before == null || !onTrial ? deployed : deployed.compose(now -> tried(now, before));
  }

  private Future<Running> tried(Running now, Running before) {
    ProviderSetup setup = now.setup();
    Future<Void> verdict = trials.run(before.setup(), setup);
    tell(setup, before, SwapOutcome.CANARY, "");
    if (ending) {
      trials.abandon(setup.id(), STOPS);
    }
    return verdict
        .map(now)
        .recover(
            failure -> {
              // It drains like any other; the failure of this start releases the plugin once more.
              setup.plugin().retain();
              Future<Void> gone = undeploy(now);
              gone.onFailure(
                  bad -> LOG.warn("a trial of {} ended badly: {}", setup.id(), bad.toString()));
              return Future.failedFuture(failure);
            });
  }

  @Override
  public void abandon(String providerId) {
    trials.abandon(providerId, "its file or its jar has changed again");
  }

  private void takenOver(Running now, @Nullable Running before) {
    ProviderSetup setup = now.setup();
    LOG.info(
        "provider {} runs: plugin {} {}, generation {}",
        setup.id(),
        setup.plugin().name(),
        setup.plugin().version(),
        setup.generation());
    Running old = running.put(setup.id(), now);
    tell(setup, before, SwapOutcome.SWAPPED, "");
    // An end of all may have taken it away meanwhile.
    if (old != null) {
      // The replacement runs already: whatever the old one does at its end changes nothing.
      undeploy(old)
          .onFailure(
              failure ->
                  LOG.warn(
                      "the old generation of {} ended badly: {}", setup.id(), failure.toString()));
    }
  }

  private static SwapOutcome outcomeOf(Throwable failure) {
    if (failure instanceof CanaryRun.RolledBackException) {
      return SwapOutcome.ROLLED_BACK;
    }
    if (failure instanceof AbandonedException) {
      return SwapOutcome.ABANDONED;
    }
    return failure instanceof KeptBackException ? SwapOutcome.KEPT_BACK : SwapOutcome.FAILED;
  }

  private void tell(
      ProviderSetup setup, @Nullable Running before, SwapOutcome outcome, String reason) {
    if (before != null) {
      services
          .bus()
          .publish(
              Addresses.PROVIDERS_SWAPPED,
              new Swap(
                  setup.id(),
                  setup.plugin().name(),
                  before.setup().plugin().version(),
                  setup.plugin().version(),
                  outcome,
                  reason,
                  clock.millis()));
    }
  }

  /** Lets a generation drain; its code stays in memory until then. */
  private Future<Void> undeploy(Running old) {
    return noted(
        vertx.undeploy(old.deployment()).onComplete(gone -> old.setup().plugin().release()));
  }

  /** Notes what an end of all has to wait for. */
  private <T> Future<T> noted(Future<T> change) {
    underWay.add(change);
    return change.onComplete(done -> underWay.remove(change));
  }

  private Future<String> deploy(ProviderSetup setup, @Nullable Running before, boolean onTrial) {
    Predecessor predecessor =
        before == null
            ? null
            : new Predecessor(
                setup.id(), before.setup().generation(), before.setup().plugin().version());
    return guards
        .open(setup.definition(), setup.plugin(), setup.webhookUrl())
        .compose(provider -> deploy(setup, provider, predecessor, onTrial));
  }

  private Future<String> deploy(
      ProviderSetup setup,
      GuardedProvider provider,
      @Nullable Predecessor predecessor,
      boolean onTrial) {
    return vertx
        .deployVerticle(
            new ProviderVerticle(
                setup, provider, services, predecessor, onTrial, this::drainTimeout))
        .recover(failure -> provider.close().transform(closed -> Future.failedFuture(failure)));
  }

  private Duration drainTimeout() {
    Duration usual = services.config().plugins().drainTimeout();
    Duration atTheEnd = services.config().http().drainTimeout();
    return ending && atTheEnd.compareTo(usual) < 0 ? atTheEnd : usual;
  }

  @Override
  public Future<Void> stop(String providerId) {
    Running old = running.remove(providerId);
    return old == null
        ? Future.succeededFuture()
        : undeploy(old).onSuccess(gone -> LOG.info("provider {} was removed", providerId));
  }

  /** Stops all providers; each drains, also those that were replaced before. */
  public Future<Void> stopAll() {
    ending = true;
    trials.abandonAll(STOPS);
    return allGone();
  }

  /** Again and again: what was being started meanwhile is stopped then, and drains too. */
  private Future<Void> allGone() {
    stopRunning();
    List<Future<?>> left = underWay.stream().filter(change -> !change.isComplete()).toList();
    return left.isEmpty()
        ? Future.succeededFuture()
        : Future.join(left).transform(settled -> allGone());
  }

  private void stopRunning() {
    for (String id : List.copyOf(running.keySet())) {
      stop(id)
          .onFailure(failure -> LOG.warn("provider {} ended badly: {}", id, failure.toString()));
    }
  }

  @Override
  public void refused(Refusal refusal) {
    LOG.warn("{} is not used: {}", refusal.file(), refusal.reason());
  }
}
