package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.PeerMessages.Bell;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.config.ClusterSettings;
import io.signalbox.gateway.plugins.PluginDesk;
import io.signalbox.gateway.plugins.PluginOrders;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this gateway does as a node: it answers the others, rings at them, shares plugins with them,
 * and lends and borrows providers. Thread-safe.
 */
public final class ClusterDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterDesk.class);

  private final Vertx vertx;
  private final ClusterNode node;
  private final PeerPings pings;
  private final Bells bells;
  private final ProviderExchange exchange;
  private final boolean sharesProviders;
  private volatile Supplier<Future<Void>> catchUp = Future::succeededFuture;
  private volatile Runnable endCatchUp = () -> {};

  private ClusterDesk(
      ClusterNode node,
      Vertx vertx,
      Context home,
      Bus local,
      boolean sharesProviders,
      long webhookBytes) {
    this.vertx = vertx;
    this.node = node;
    this.pings = new PeerPings(vertx, node);
    this.bells = new Bells(vertx, local, node.bus());
    this.exchange = new ProviderExchange(vertx, home, local, node, webhookBytes);
    this.sharesProviders = sharesProviders;
    NodePlugins.refuse(node.bus());
  }

  /**
   * Joins the cluster without taking part yet.
   *
   * @param home where the other nodes' messages are dealt with
   * @param local the bus of the gateway itself
   * @param webhookBytes how many bytes of webhooks of other nodes are held at once
   */
  public static Future<ClusterDesk> join(
      ClusterSettings settings, Vertx vertx, Context home, Bus local, long webhookBytes) {
    boolean shares = settings.sharesProviders();
    return ClusterNode.join(settings, home)
        .map(node -> new ClusterDesk(node, vertx, home, local, shares, webhookBytes));
  }

  /**
   * Shares plugins: changes that are ordered here go to all nodes. Called before {@link #open}.
   *
   * @param trusted whether the orders of other nodes are carried out here, which whoever reaches
   *     the bus could give
   */
  public void share(PluginDesk desk, PluginOrders orders, boolean trusted) {
    NodePlugins plugins = new NodePlugins(vertx, node.bus(), desk);
    PluginCatchUp missing = new PluginCatchUp(vertx, node, plugins);
    plugins.give();
    orders.rollBy(new RollingChange(vertx, node));
    if (!trusted) {
      NodePlugins.distrust(node.bus());
      catchUp = () -> Future.<Void>succeededFuture().onSuccess(done -> bells.ring(Bell.PLUGINS));
      return;
    }
    plugins.take();
    bells.onPlugins(
        from ->
            node.peers().stream().filter(peer -> peer.id().equals(from)).forEach(missing::with));
    node.onJoined(missing::whenHeard);
    endCatchUp = missing::close;
    catchUp = () -> missing.withAll().onSuccess(done -> bells.ring(Bell.PLUGINS));
  }

  /**
   * Takes part.
   *
   * @param running tells the providers that run here
   * @param switchedOff tells the ids of those that are not to run here
   * @return completes when the other nodes have answered, or were asked often enough, and this one
   *     has what plugins they were given while it was not there, or could not get them in a minute,
   *     and knows what providers they have, or waited some seconds for that
   */
  public Future<Void> open(
      Supplier<List<ProviderState>> running, Supplier<Set<String>> switchedOff) {
    pings.answer();
    bells.open();
    return node.bus()
        .open()
        .compose(open -> pings.first())
        .compose(
            done -> {
              pings.watch();
              Future<Void> known = exchangeProviders(running, switchedOff);
              return catchUp.get().compose(caughtUp -> known);
            });
  }

  private Future<Void> exchangeProviders(
      Supplier<List<ProviderState>> running, Supplier<Set<String>> switchedOff) {
    if (sharesProviders) {
      return exchange.open(running, switchedOff);
    }
    LOG.info(
        "providers are not shared with other nodes: that needs a ledger in PostgreSQL, and TLS"
            + " on the bus or cluster.share_providers: true");
    return Future.succeededFuture();
  }

  /** Takes part no more; completes when the other nodes know that. */
  public Future<Void> close() {
    pings.stop();
    bells.close();
    endCatchUp.run();
    return exchange.close().compose(closed -> node.bus().close());
  }

  /** Leaves. */
  public Future<Void> leave() {
    exchange.end();
    return node.leave();
  }

  /** How many nodes there are. */
  public int size() {
    return node.members().size();
  }

  /** The nodes, for people. */
  public JsonObject report() {
    JsonArray nodes = new JsonArray();
    node.members()
        .forEach(
            member ->
                nodes.add(
                    new JsonObject()
                        .put("id", member.id())
                        .put("address", member.address())
                        .put("self", member.self())));
    return new JsonObject().put("size", nodes.size()).put("nodes", nodes);
  }
}
