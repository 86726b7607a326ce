package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.NodeBus;
import io.signalbox.gateway.bus.NodePluginMessages.AskJar;
import io.signalbox.gateway.bus.NodePluginMessages.AskPlugins;
import io.signalbox.gateway.bus.NodePluginMessages.AskedBy;
import io.signalbox.gateway.bus.NodePluginMessages.DropPlugin;
import io.signalbox.gateway.bus.NodePluginMessages.HeldPlugin;
import io.signalbox.gateway.bus.NodePluginMessages.JarPart;
import io.signalbox.gateway.bus.NodePluginMessages.PluginTaken;
import io.signalbox.gateway.bus.NodePluginMessages.PluginsHeld;
import io.signalbox.gateway.bus.NodePluginMessages.TakePlugin;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.plugins.Change.Done;
import io.signalbox.gateway.plugins.Change.Order;
import io.signalbox.gateway.plugins.Change.Outcome;
import io.signalbox.gateway.plugins.KeptJars;
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
  private static final int NOT_FOUND = 404;
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
  }

  /** Changes its plugins as others order. */
  void take() {
    bus.answer(
        TakePlugin.class,
        take ->
            take(
                    new Order(take.plugin(), who(take.askedBy()), null, false),
                    source(take.source()),
                    take.sha256(),
                    take.holder())
                .map(NodePlugins::taken));
    bus.answer(DropPlugin.class, this::drop);
  }

  /** Fetches a jar and takes it into use. */
  Future<Done> take(Order order, Source source, String sha256, String holder) {
    JarFetch fetch = new JarFetch(vertx, bus, holder, sha256);
    return desk.take(order, source, sha256, fetch::into);
  }

  /** Whether this gateway never ran before. */
  boolean isFirstStart() {
    return kept.isFirstStart();
  }

  /** Whether a plugin that another node has is to be taken here; see {@link KeptJars#lacks}. */
  boolean lacks(HeldPlugin plugin, boolean firstStart) {
    return kept.lacks(plugin.plugin(), plugin.sha256(), firstStart);
  }

  /**
   * How a change came in, as another node says.
   *
   * @throws GatewayException of status 422 if it is none that is taken from others
   */
  static Source source(String wireName) {
    return List.of(Source.UPLOAD, Source.ROLLBACK).stream()
        .filter(source -> source.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(() -> new GatewayException(422, "source must be upload or rollback"));
  }

  private Future<PluginTaken> drop(DropPlugin drop) {
    return desk.remove(new Order(drop.plugin(), who(drop.askedBy()), null, false))
        .map(NodePlugins::taken)
        .recover(
            failure ->
                failure instanceof GatewayException refusal && refusal.status() == NOT_FOUND
                    ? Future.succeededFuture(
                        new PluginTaken(Outcome.UNCHANGED.wireName(), "it was not there"))
                    : Future.failedFuture(failure));
  }

  private static PluginTaken taken(Done done) {
    return new PluginTaken(done.outcome().wireName(), done.detail());
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
                        one.plugin(),
                        one.version().sha256(),
                        one.version().source().wireName(),
                        one.version().sinceMillis()))
            .toList());
  }
}
