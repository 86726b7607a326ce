package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.BreakerLedger;
import io.signalbox.gateway.ledger.BreakerLedger.BreakerTransition;
import io.signalbox.gateway.ledger.ProviderLedger;
import io.signalbox.loader.LoadedPlugin;
import io.signalbox.loader.ProviderDefinition;
import io.signalbox.loader.ProviderLifecycle;
import io.signalbox.loader.Refusal;
import io.signalbox.scoring.breaker.BreakerSnapshot;
import io.signalbox.scoring.breaker.BreakerState;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  private final Vertx vertx;
  private final Bus bus;
  private final BreakerLedger breakers;
  private final ProviderLedger controls;
  private final GatewayConfig config;
  private final Clock clock;
  private final UnaryOperator<String> webhookUrlOf;
  private final AtomicLong lastGeneration = new AtomicLong();
  private final Map<String, String> deployments = new ConcurrentHashMap<>();

  /**
   * Makes a supervisor without providers.
   *
   * @param webhookUrlOf the URL for the webhooks of a provider id
   */
  public ProviderSupervisor(
      Vertx vertx,
      Bus bus,
      BreakerLedger breakers,
      ProviderLedger controls,
      GatewayConfig config,
      Clock clock,
      UnaryOperator<String> webhookUrlOf) {
    this.vertx = vertx;
    this.bus = bus;
    this.breakers = breakers;
    this.controls = controls;
    this.config = config;
    this.clock = clock;
    this.webhookUrlOf = webhookUrlOf;
  }

  @Override
  public Future<Void> start(ProviderDefinition definition, LoadedPlugin plugin) {
    long generation =
        lastGeneration.accumulateAndGet(clock.millis(), (before, now) -> Math.max(before + 1, now));
    String id = definition.id();
    List<String> warnings = BreakerSetup.warnings(config, definition);
    warnings.forEach(warning -> LOG.warn("provider {}: {}", id, warning));
    ProviderSetup setup =
        new ProviderSetup(definition, plugin, generation, webhookUrlOf.apply(id), warnings);
    return breakers
        .breakers()
        .otherwise(
            failure -> {
              LOG.warn("the stored breaker of {} could not be read: {}", id, failure.toString());
              return List.of();
            })
        .compose(stored -> deploy(setup, stored))
        .compose(
            deployment -> {
              LOG.info(
                  "provider {} runs: plugin {} {}, generation {}",
                  id,
                  plugin.name(),
                  plugin.version(),
                  generation);
              String before = deployments.put(id, deployment);
              return before == null ? Future.succeededFuture() : undeployed(id, before);
            });
  }

  /** The replacement runs already: whatever the old one does at its end changes nothing. */
  private Future<Void> undeployed(String id, String deployment) {
    return vertx
        .undeploy(deployment)
        .otherwise(
            failure -> {
              LOG.warn("the old generation of {} ended badly: {}", id, failure.toString());
              return null;
            });
  }

  private Future<String> deploy(ProviderSetup setup, List<BreakerTransition> stored) {
    ProviderVerticle verticle =
        new ProviderVerticle(
            setup,
            bus,
            breakers,
            controls,
            BreakerSetup.settings(config, setup.definition()),
            snapshotOf(setup.id(), stored),
            clock,
            config.http().drainTimeout(),
            config.lookup());
    return vertx.deployVerticle(
        verticle, new DeploymentOptions().setClassLoader(setup.plugin().classLoader()));
  }

  private static @Nullable BreakerSnapshot snapshotOf(String id, List<BreakerTransition> stored) {
    for (BreakerTransition transition : stored) {
      if (transition.provider().equals(id)) {
        return new BreakerSnapshot(
            BreakerState.valueOf(transition.toState().toUpperCase(Locale.ROOT)),
            transition.generation(),
            transition.atMillis(),
            transition.openUntilMillis(),
            transition.recoveryTimeoutMillis(),
            0,
            transition.fault(),
            transition.reason());
      }
    }
    return null;
  }

  @Override
  public Future<Void> stop(String providerId) {
    String deployment = deployments.remove(providerId);
    if (deployment == null) {
      return Future.succeededFuture();
    }
    return vertx
        .undeploy(deployment)
        .onSuccess(gone -> LOG.info("provider {} was removed", providerId));
  }

  /** Stops all providers; each drains. */
  public Future<Void> stopAll() {
    List<Future<?>> stopped = new ArrayList<>();
    for (String id : List.copyOf(deployments.keySet())) {
      stopped.add(stop(id));
    }
    return Future.join(stopped).mapEmpty();
  }

  @Override
  public void refused(Refusal refusal) {
    LOG.warn("{} is not used: {}", refusal.file(), refusal.reason());
  }
}
