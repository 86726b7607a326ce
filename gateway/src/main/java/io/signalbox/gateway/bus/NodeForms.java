package io.signalbox.gateway.bus;

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
import io.signalbox.gateway.bus.PeerMessages.Bell;
import io.signalbox.gateway.bus.PeerMessages.Ping;
import io.signalbox.gateway.bus.PeerMessages.PingOther;
import io.signalbox.gateway.bus.PeerMessages.Pong;
import io.signalbox.gateway.bus.PeerMessages.Ring;
import io.signalbox.gateway.model.OrderStamp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The forms of all messages between nodes. */
final class NodeForms {
  private static final List<NodeForm<?>> ALL =
      List.of(
          NodeForm.of(Ping.class, new Ping()),
          NodeForm.of(Pong.class, new Pong()),
          NodeForm.of(
              PingOther.class,
              message -> new JsonObject().put("node", message.node()),
              json -> new PingOther(text(json, "node"))),
          NodeForm.of(
              Ring.class,
              message ->
                  new JsonObject().put("from", message.from()).put("bell", message.bell().name()),
              json -> new Ring(text(json, "from"), Bell.valueOf(text(json, "bell")))),
          NodeForm.of(
              TakePlugin.class,
              message ->
                  new JsonObject()
                      .put("plugin", message.plugin())
                      .put("sha256", message.sha256())
                      .put("source", message.source())
                      .put("asked_by", write(message.askedBy()))
                      .put("holder", message.holder())
                      .put("stamp", write(message.stamp())),
              json ->
                  new TakePlugin(
                      text(json, "plugin"),
                      text(json, "sha256"),
                      text(json, "source"),
                      askedBy(json),
                      text(json, "holder"),
                      stamp(json))),
          NodeForm.of(
              DropPlugin.class,
              message ->
                  new JsonObject()
                      .put("plugin", message.plugin())
                      .put("asked_by", write(message.askedBy()))
                      .put("stamp", write(message.stamp())),
              json -> new DropPlugin(text(json, "plugin"), askedBy(json), stamp(json))),
          NodeForm.of(
              OrderDone.class,
              message ->
                  new JsonObject()
                      .put("plugin", message.plugin())
                      .put("stamp", write(message.stamp())),
              json -> new OrderDone(text(json, "plugin"), stamp(json))),
          NodeForm.of(
              PluginTaken.class,
              message ->
                  new JsonObject()
                      .put("outcome", message.outcome())
                      .put("detail", message.detail()),
              json -> new PluginTaken(text(json, "outcome"), text(json, "detail"))),
          NodeForm.of(
              AskJar.class,
              message ->
                  new JsonObject().put("sha256", message.sha256()).put("offset", message.offset()),
              json -> new AskJar(text(json, "sha256"), number(json, "offset"))),
          new NodeForm<>(
              "JarPart",
              JarPart.class,
              message -> new JsonObject().put("total", message.total()),
              JarPart::bytes,
              (json, bytes) -> new JarPart(number(json, "total"), bytes)),
          NodeForm.of(AskPlugins.class, new AskPlugins()),
          NodeForm.of(PluginsHeld.class, NodeForms::write, NodeForms::pluginsHeld));

  private static final Map<String, NodeForm<?>> BY_NAME =
      all().collect(Collectors.toUnmodifiableMap(NodeForm::name, Function.identity()));

  private static final Map<Class<?>, NodeForm<?>> BY_TYPE =
      all().collect(Collectors.toUnmodifiableMap(NodeForm::type, Function.identity()));

  private NodeForms() {}

  private static Stream<NodeForm<?>> all() {
    return Stream.of(ALL, NodeProviderForms.ALL, NodeOperationForms.ALL).flatMap(List::stream);
  }

  static NodeForm<?> of(NodeMessage message) {
    return Objects.requireNonNull(BY_TYPE.get(message.getClass()), "every message has a form");
  }

  /**
   * The form of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static NodeForm<?> named(String name) {
    NodeForm<?> form = BY_NAME.get(name);
    if (form == null) {
      throw new IllegalArgumentException("this node knows no message " + name);
    }
    return form;
  }

  private static JsonObject write(AskedBy by) {
    return new JsonObject()
        .put("tenant", by.tenant())
        .put("actor", by.actor())
        .put("origin", by.origin())
        .put("correlation_id", by.correlationId());
  }

  private static AskedBy askedBy(JsonObject message) {
    JsonObject by = message.getJsonObject("asked_by");
    return new AskedBy(
        text(by, "tenant"), text(by, "actor"), text(by, "origin"), text(by, "correlation_id"));
  }

  private static JsonObject write(OrderStamp stamp) {
    return new JsonObject().put("at", stamp.atMillis()).put("by", stamp.by());
  }

  private static OrderStamp stamp(JsonObject message) {
    JsonObject stamp = message.getJsonObject("stamp");
    return new OrderStamp(number(stamp, "at"), text(stamp, "by"));
  }

  private static JsonObject write(PluginsHeld held) {
    JsonArray plugins = new JsonArray();
    for (HeldPlugin plugin : held.plugins()) {
      plugins.add(
          new JsonObject()
              .put("plugin", plugin.plugin())
              .put("sha256", plugin.sha256())
              .put("source", plugin.source())
              .put("stamp", write(plugin.stamp())));
    }
    return new JsonObject().put("plugins", plugins);
  }

  private static PluginsHeld pluginsHeld(JsonObject message) {
    return new PluginsHeld(
        message.getJsonArray("plugins").stream()
            .map(JsonObject.class::cast)
            .map(
                json ->
                    new HeldPlugin(
                        text(json, "plugin"),
                        json.getString("sha256"),
                        text(json, "source"),
                        stamp(json)))
            .toList());
  }

  /** A field that each such message has. */
  static String text(JsonObject json, String field) {
    return Objects.requireNonNull(json.getString(field), field);
  }

  /** A number that each such message has. */
  static long number(JsonObject json, String field) {
    return Objects.requireNonNull(json.getLong(field), field);
  }
}
