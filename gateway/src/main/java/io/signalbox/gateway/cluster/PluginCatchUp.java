package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.NodePluginMessages.AskPlugins;
import io.signalbox.gateway.bus.NodePluginMessages.PluginsHeld;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.plugins.KeptJars.Held;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the orders for plugins that this node missed, because it was not there, or was cut
 * off. Of several for one plugin the newest counts, whoever has it. A failure is told and keeps
 * nobody from working. Thread-safe; one catch-up follows the other.
 */
final class PluginCatchUp {
  private static final Logger LOG = LoggerFactory.getLogger(PluginCatchUp.class);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final long ALL_SECONDS = 60;

  /** A node that has just joined, or joined again, is not heard at once. */
  private static final Duration LATER = Duration.ofSeconds(2);

  private static final int LATER_TRIES = 5;

  private final Vertx vertx;
  private final ClusterNode node;
  private final NodePlugins plugins;
  private final Duration later;
  private Future<Void> last = Future.succeededFuture();
  private volatile boolean closed;

  PluginCatchUp(Vertx vertx, ClusterNode node, NodePlugins plugins) {
    this(vertx, node, plugins, LATER);
  }

  PluginCatchUp(Vertx vertx, ClusterNode node, NodePlugins plugins, Duration later) {
    this.vertx = vertx;
    this.node = node;
    this.plugins = plugins;
    this.later = later;
  }

  /** An order and the node that holds its jar. */
  private record Found(ClusterMember holder, Held held) {}

  /** Asks all others, for a minute at most, when this node has started. */
  Future<Void> withAll() {
    boolean firstStart = plugins.isFirstStart();
    return afterOthers(() -> with(node.peers(), firstStart))
        .timeout(ALL_SECONDS, TimeUnit.SECONDS)
        .otherwise(
            late -> {
              LOG.warn("not all plugins of the other nodes were taken in time");
              return null;
            });
  }

  /** Asks one other, which has just started. */
  Future<Void> with(ClusterMember peer) {
    return afterOthers(() -> with(List.of(peer), false));
  }

  /**
   * Asks one other that has joined, as soon as it answers. One that was cut off comes back so; one
   * that has just started will ring besides.
   */
  void whenHeard(ClusterMember peer) {
    whenHeard(peer, LATER_TRIES);
  }

  private void whenHeard(ClusterMember peer, int tries) {
    vertx.setTimer(
        later.toMillis(),
        due -> {
          if (closed || !node.has(peer.id())) {
            return;
          }
          ask(peer)
              .onSuccess(heard -> with(peer))
              .onFailure(
                  silent -> {
                    if (tries > 1) {
                      whenHeard(peer, tries - 1);
                    }
                  });
        });
  }

  /** Begins no more. */
  void close() {
    closed = true;
  }

  private synchronized Future<Void> afterOthers(Supplier<Future<Void>> next) {
    Future<Void> mine = last.compose(done -> closed ? Future.succeededFuture() : next.get());
    last = mine.otherwiseEmpty();
    return mine;
  }

  private Future<List<Held>> ask(ClusterMember peer) {
    return node.bus()
        .ask(peer.id(), new AskPlugins(), PluginsHeld.class, ANSWER)
        .map(NodePlugins::held);
  }

  private Future<Void> with(List<ClusterMember> peers, boolean firstStart) {
    List<Future<List<Found>>> asked = peers.stream().map(this::found).toList();
    return Future.join(asked)
        .compose(
            all -> {
              Map<String, Found> newest = new HashMap<>();
              for (Future<List<Found>> answer : asked) {
                answer
                    .result()
                    .forEach(one -> newest.merge(one.held().plugin(), one, PluginCatchUp::newer));
              }
              Future<Void> done = Future.succeededFuture();
              for (Found found : newest.values()) {
                done = done.compose(before -> take(found, firstStart));
              }
              return done;
            });
  }

  private static Found newer(Found one, Found other) {
    return one.held().stamp().compareTo(other.held().stamp()) >= 0 ? one : other;
  }

  private Future<List<Found>> found(ClusterMember peer) {
    return ask(peer)
        .map(held -> held.stream().map(one -> new Found(peer, one)).toList())
        .otherwise(
            failure -> {
              LOG.warn(
                  "the plugins of node {} are not known: {}", peer.address(), failure.getMessage());
              return List.of();
            });
  }

  private Future<Void> take(Found found, boolean firstStart) {
    Held held = found.held();
    if (!plugins.lacks(held, firstStart)) {
      return Future.succeededFuture();
    }
    ClusterMember holder = found.holder();
    Who who = new Who(SendNotification.DEFAULT_TENANT, "cluster", holder.address(), "");
    return plugins
        .catchUp(held, who, holder.id())
        .<Void>map(
            done -> {
              LOG.info(
                  "plugin {} was changed as on node {}: {}",
                  held.plugin(),
                  holder.address(),
                  done.outcome().wireName());
              return null;
            })
        .otherwise(
            failure -> {
              LOG.warn(
                  "plugin {} was not changed as on node {}: {}",
                  held.plugin(),
                  holder.address(),
                  failure.getMessage());
              return null;
            });
  }
}
