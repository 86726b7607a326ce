package io.signalbox.gateway.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.ProvidersLoaded;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.delivery.ProviderSupervisor;
import io.signalbox.gateway.guard.Blockage;
import io.signalbox.gateway.guard.GuardSettings;
import io.signalbox.gateway.guard.ProviderGuards;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.metrics.VertxMeters;
import io.signalbox.gateway.plugins.PluginDesk;
import io.signalbox.gateway.sandbox.SandboxLink;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.loader.PluginFolder;
import io.signalbox.loader.PluginFolderSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The plugins folder and what runs from it. Thread-safe. */
final class Providers {
  private final Vertx vertx;
  private final Bus bus;
  private final GatewayConfig config;
  private final Clock clock;
  private final PrometheusMeterRegistry registry;
  private final VertxMeters vertxMeters;
  private final Tracing tracing;
  private volatile @Nullable ProviderSupervisor supervisor;
  private volatile @Nullable PluginFolder plugins;

  Providers(
      Vertx vertx,
      Bus bus,
      GatewayConfig config,
      Clock clock,
      PrometheusMeterRegistry registry,
      VertxMeters vertxMeters,
      Tracing tracing) {
    this.vertx = vertx;
    this.bus = bus;
    this.config = config;
    this.clock = clock;
    this.registry = registry;
    this.vertxMeters = vertxMeters;
    this.tracing = tracing;
  }

  /**
   * Starts what is in the folder, and follows its changes.
   *
   * @param link to the simulator, whose providers start too; null without a sandbox
   * @param desk where plugins are changed
   * @param webhookUrlOf the URL for the webhooks of a provider id
   * @return succeeds when every provider was started or refused
   */
  Future<Void> start(
      SqlLedger ledger,
      @Nullable SandboxLink link,
      PluginDesk desk,
      UnaryOperator<String> webhookUrlOf) {
    ProviderSupervisor supervising =
        new ProviderSupervisor(
            vertx,
            bus,
            ledger.breakers(),
            ledger.providers(),
            config,
            clock,
            webhookUrlOf,
            new ProviderGuards(guards(), clock),
            tracing);
    supervisor = supervising;
    PluginFolderSettings settings =
        PluginFolderSettings.of(config.plugins().dir(), config.data().dir())
            .withTrust(config.plugins().trust())
            .withRetry(config.plugins().retryInterval())
            .withKeeper(desk.keeper())
            .withMoreProviderDirs(
                link == null ? List.of() : List.of(config.sandbox().providersDir()))
            .withVariables(name -> link == null ? Optional.empty() : link.variable(name));
    PluginFolder folder = new PluginFolder(settings, supervising);
    plugins = folder;
    folder.leakDetector().proveWithin(config.plugins().unloadProof());
    LeakGauges.register(folder.leakDetector(), registry);
    return desk.open()
        .compose(kept -> desk.follow(folder))
        .compose(done -> folder.start())
        .onSuccess(done -> bus.publish(Addresses.PROVIDERS_LOADED, new ProvidersLoaded()));
  }

  private GuardSettings guards() {
    return new GuardSettings(
        options -> vertxMeters.provider(options).build(),
        config.plugins().blockedAfter(),
        config.plugins().blockedLimit(),
        config.plugins().literalSecrets(),
        id -> new PluginMeters(registry, id, this::stopBlocked));
  }

  private void stopBlocked(Blockage blockage) {
    PluginFolder folder = plugins;
    if (folder != null) {
      folder.giveUp(blockage.provider(), blockage.plugin(), blockage.text());
    }
  }

  /** Ids of the providers whose files switch them off. */
  Set<String> switchedOff() {
    PluginFolder folder = plugins;
    return folder == null ? Set.of() : folder.switchedOff();
  }

  /** Begins no further change. */
  Future<Void> closeFolder() {
    return StopStep.run("plugins folder", plugins, PluginFolder::close);
  }

  /** Lets what is under way end, up to the drain timeout. */
  Future<Void> stopAll() {
    return StopStep.run("providers", supervisor, ProviderSupervisor::stopAll);
  }

  /** Lets go of the plugins' classes. */
  Future<Void> unload() {
    return StopStep.run("plugins", plugins, PluginFolder::unload);
  }
}
