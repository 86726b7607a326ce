package io.signalbox.gateway.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.cluster.ClusterDesk;
import io.signalbox.gateway.config.ClusterSettings;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.config.PluginsSettings;
import io.signalbox.loader.check.PluginTrust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This gateway as a node of a cluster, if it is one; without a cluster nothing of it is loaded.
 * Thread-safe.
 */
final class Clustering {
  private final Vertx vertx;
  private final Bus bus;
  private final ClusterSettings settings;
  private final long webhookBytes;
  private final MeterRegistry registry;
  private volatile @Nullable Future<ClusterDesk> joined;

  Clustering(Vertx vertx, Bus bus, GatewayConfig config, MeterRegistry registry) {
    this.vertx = vertx;
    this.bus = bus;
    this.settings = config.cluster();
    this.webhookBytes = config.webhooks().maxBytesUnderWay();
    this.registry = registry;
  }

  /** Begins to join; how that ends is told by {@link #start}. */
  void join() {
    if (settings.enabled()) {
      joined = ClusterDesk.join(settings, vertx, vertx.getOrCreateContext(), bus, webhookBytes);
    }
  }

  /**
   * Takes part.
   *
   * @param plugins whether they are changed over HTTP, and so on all nodes, and which are trusted
   * @param switchedOff tells the ids of providers that are not to run here
   * @return completes when the other nodes hear this one and have answered, or were asked often
   *     enough; fails if this node cannot listen
   */
  Future<Void> start(
      Services services, PluginsSettings plugins, Supplier<Set<String>> switchedOff) {
    Future<ClusterDesk> joining = joined;
    if (joining == null) {
      return Future.succeededFuture();
    }
    return joining.compose(
        desk -> {
          services.health().detail("cluster", desk::report);
          ClusterGauges.register(desk, registry);
          if (plugins.changes().upload()) {
            desk.share(services.plugins(), services.pluginOrders(), isTrusted(plugins.trust()));
          }
          return desk.open(services.directory()::all, switchedOff);
        });
  }

  /** Whether more than reaching the bus's port is needed to have a plugin installed here. */
  private boolean isTrusted(PluginTrust trust) {
    return settings.tls().isPresent() || !trust.allow().isEmpty() || !trust.signers().isEmpty();
  }

  /** Is asked nothing more by other nodes. */
  Future<Void> withdraw() {
    return ifJoined("cluster messages", ClusterDesk::close);
  }

  /** Leaves the cluster. */
  Future<Void> leave() {
    return ifJoined("cluster", ClusterDesk::leave);
  }

  /** A node that could not join was told so at its start. */
  private Future<Void> ifJoined(String name, Function<ClusterDesk, Future<Void>> step) {
    return StopStep.run(
        name,
        joined,
        joining ->
            joining.transform(
                join -> join.succeeded() ? step.apply(join.result()) : Future.succeededFuture()));
  }
}
