package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.NodeBus;
import io.signalbox.gateway.bus.NodePluginMessages.AskJar;
import io.signalbox.gateway.bus.NodePluginMessages.AskPlugins;
import io.signalbox.gateway.bus.NodePluginMessages.AskedBy;
import io.signalbox.gateway.bus.NodePluginMessages.DropPlugin;
import io.signalbox.gateway.bus.NodePluginMessages.HeldPlugin;
import io.signalbox.gateway.bus.NodePluginMessages.JarPart;
import io.signalbox.gateway.bus.NodePluginMessages.OrderDone;
import io.signalbox.gateway.bus.NodePluginMessages.PluginTaken;
import io.signalbox.gateway.bus.NodePluginMessages.PluginsHeld;
import io.signalbox.gateway.bus.NodePluginMessages.TakePlugin;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.model.OrderStamp;
import io.signalbox.gateway.plugins.Change.Done;
import io.signalbox.gateway.plugins.Change.Order;
import io.signalbox.gateway.plugins.KeptJars;
import io.signalbox.gateway.plugins.KeptJars.Held;
import io.signalbox.gateway.plugins.PluginDesk;
import io.signalbox.gateway.plugins.PluginVersion.Source;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of this node for the others: takes the jars that they tell it to take, by the same
 * checks and with the same lines in the audit log as an upload here, and gives them its own. Only
 * where uploads are opened.
 */
final class NodePlugins {
  private static final Logger LOG = LoggerFactory.getLogger(NodePlugins.class);

  /** The outcome on a node that has carried out a newer order. */
  static final String SUPERSEDED = "superseded";

  private static final String DISTRUST =
      "that needs TLS on the bus (cluster.tls_cert_file), plugins.allow or plugins.signers there";

  private final Vertx vertx;
  private final NodeBus bus;
  private final PluginDesk desk;
  private final KeptJars kept;

  NodePlugins(Vertx vertx, NodeBus bus, PluginDesk desk) {
    this.vertx = vertx;
    this.bus = bus;
    this.desk = desk;
    this.kept = desk.kept();
  }

  /** What a node answers on which plugins are not changed over HTTP. */
  static void refuse(NodeBus bus) {
    bus.answer(TakePlugin.class, take -> refused());
    bus.answer(DropPlugin.class, drop -> refused());
    bus.answer(AskPlugins.class, asked -> Future.succeededFuture(new PluginsHeld(List.of())));
  }

  private static Future<PluginTaken> refused() {
    return Future.failedFuture(new GatewayException(403, "plugins.upload is false on that node"));
  }

  /** What a node answers that cannot tell the other nodes from anybody else. */
  static void distrust(NodeBus bus) {
    LOG.warn("plugins are not taken from other nodes: {}", DISTRUST);
    bus.answer(TakePlugin.class, take -> distrusted());
    bus.answer(DropPlugin.class, drop -> distrusted());
  }

  private static Future<PluginTaken> distrusted() {
    return Future.failedFuture(new GatewayException(403, DISTRUST));
  }

  /** Gives its plugins to others. */
  void give() {
    bus.answer(
        AskJar.class,
        asked ->
            kept.part(asked.sha256(), asked.offset(), JarFetch.PART_BYTES)
                .map(part -> new JarPart(part.total(), part.bytes())));
    bus.answer(AskPlugins.class, asked -> Future.succeededFuture(held()));
    bus.listen(
        OrderDone.class,
        // It does not fail.
        done -> kept.everywhere(done.plugin(), done.stamp()));
  }

  /** Changes its plugins as others order. */
  void take() {
    bus.answer(
        TakePlugin.class,
        take ->
            answer(
                take.plugin(),
                take.stamp(),
                take(
                    Order.from(take.stamp(), take.plugin(), who(take.askedBy())),
                    source(take.source()),
                    take.sha256(),
                    take.holder())));
    bus.answer(
        DropPlugin.class,
        drop ->
            answer(
                drop.plugin(),
                drop.stamp(),
                desk.remove(Order.from(drop.stamp(), drop.plugin(), who(drop.askedBy())))));
  }

  private Future<PluginTaken> answer(String plugin, OrderStamp stamp, Future<Done> change) {
    return change
        .map(done -> new PluginTaken(done.outcome().wireName(), done.detail()))
        .recover(
            failure ->
                kept.isSuperseded(plugin, stamp)
                    ? Future.succeededFuture(
                        new PluginTaken(SUPERSEDED, "a newer order was carried out there"))
                    : Future.failedFuture(failure));
  }

  /** Carries out what another node has carried out, of which it holds the jar. */
  Future<Done> catchUp(Held held, Who who, String holder) {
    Order order = Order.from(held.stamp(), held.plugin(), who);
    String sha256 = held.sha256();
    return (sha256 == null ? desk.remove(order) : take(order, held.source(), sha256, holder))
        .onSuccess(done -> kept.everywhere(held.plugin(), held.stamp()));
  }

  /** Fetches a jar and takes it into use. */
  private Future<Done> take(Order order, Source source, String sha256, String holder) {
    JarFetch fetch = new JarFetch(vertx, bus, holder, sha256);
    return desk.take(order, source, sha256, fetch::into);
  }

  /** Whether this gateway never ran before. */
  boolean isFirstStart() {
    return kept.isFirstStart();
  }

  /** Whether another node's order is to be carried out here; see {@link KeptJars#lacks}. */
  boolean lacks(Held held, boolean firstStart) {
    return kept.lacks(held, firstStart);
  }

  /** What another node holds, as far as it can be understood here. */
  static List<Held> held(PluginsHeld told) {
    return told.plugins().stream()
        .map(
            one ->
                new Held(
                    one.plugin(),
                    one.sha256(),
                    one.sha256() == null ? Source.FOLDER : source(one.source()),
                    one.stamp()))
        .toList();
  }

  /**
   * How a change came in, as another node says.
   *
   * @throws GatewayException of status 422 if it is none that is taken from others
   */
  private static Source source(String wireName) {
    return List.of(Source.UPLOAD, Source.ROLLBACK).stream()
        .filter(source -> source.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(() -> new GatewayException(422, "source must be upload or rollback"));
  }

  private static Who who(AskedBy by) {
    return new Who(by.tenant(), by.actor(), by.origin(), by.correlationId());
  }

  private PluginsHeld held() {
    return new PluginsHeld(
        kept.ordered().stream()
            .map(
                one ->
                    new HeldPlugin(
                        one.plugin(), one.sha256(), one.source().wireName(), one.stamp()))
            .toList());
  }
}
