package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.NodePluginMessages.AskPlugins;
import io.signalbox.gateway.bus.NodePluginMessages.HeldPlugin;
import io.signalbox.gateway.bus.NodePluginMessages.PluginsHeld;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.plugins.Change.Order;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets plugins that others were given by uploads and that this node does not know, because it was
 * not there then. What it knows it leaves as it is, since an order that was undone may still stand
 * on a node that was away. A failure is told and keeps nobody from working.
 */
final class PluginCatchUp {
  private static final Logger LOG = LoggerFactory.getLogger(PluginCatchUp.class);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final long ALL_SECONDS = 60;

  private final ClusterNode node;
  private final NodePlugins plugins;

  PluginCatchUp(ClusterNode node, NodePlugins plugins) {
    this.node = node;
    this.plugins = plugins;
  }

  /**
   * Asks all others, for a minute at most, when this node has started. The eldest that has a plugin
   * says which jar that is.
   */
  Future<Void> withAll() {
    Set<String> settled = new HashSet<>();
    boolean firstStart = plugins.isFirstStart();
    Future<Void> all = Future.succeededFuture();
    for (ClusterMember peer : node.peers()) {
      all = all.compose(done -> with(peer, firstStart, settled));
    }
    return all.timeout(ALL_SECONDS, TimeUnit.SECONDS)
        .otherwise(
            late -> {
              LOG.warn("not all plugins of the other nodes were taken in time");
              return null;
            });
  }

  /** Asks one other, which has just started. */
  Future<Void> with(ClusterMember peer) {
    return with(peer, false, new HashSet<>());
  }

  private Future<Void> with(ClusterMember peer, boolean firstStart, Set<String> settled) {
    return node.bus()
        .ask(peer.id(), new AskPlugins(), PluginsHeld.class, ANSWER)
        .compose(held -> take(peer, held.plugins(), firstStart, settled))
        .otherwise(
            failure -> {
              LOG.warn(
                  "the plugins of node {} are not known: {}", peer.address(), failure.getMessage());
              return null;
            });
  }

  private Future<Void> take(
      ClusterMember peer, List<HeldPlugin> held, boolean firstStart, Set<String> settled) {
    Future<Void> all = Future.succeededFuture();
    for (HeldPlugin plugin : held) {
      if (settled.add(plugin.plugin()) && plugins.lacks(plugin, firstStart)) {
        all = all.compose(done -> take(peer, plugin, !firstStart));
      }
    }
    return all;
  }

  private Future<Void> take(ClusterMember peer, HeldPlugin plugin, boolean onlyNew) {
    Who who = new Who(SendNotification.DEFAULT_TENANT, "cluster", peer.address(), "");
    return plugins
        .take(
            new Order(plugin.plugin(), who, null, onlyNew),
            NodePlugins.source(plugin.source()),
            plugin.sha256(),
            peer.id())
        .<Void>map(
            done -> {
              LOG.info(
                  "plugin {} was taken from node {}: {}",
                  plugin.plugin(),
                  peer.address(),
                  done.outcome().wireName());
              return null;
            })
        .otherwise(
            failure -> {
              LOG.warn(
                  "plugin {} of node {} was not taken: {}",
                  plugin.plugin(),
                  peer.address(),
                  failure.getMessage());
              return null;
            });
  }
}
