package io.signalbox.gateway.bus;

import io.signalbox.gateway.bus.NodeProviderMessages.AskHad;
import io.signalbox.gateway.bus.NodeProviderMessages.DeliverThere;
import io.signalbox.gateway.bus.NodeProviderMessages.DeliveredThere;
import io.signalbox.gateway.bus.NodeProviderMessages.Had;
import io.signalbox.gateway.bus.NodeProviderMessages.LookUpThere;
import io.signalbox.gateway.bus.NodeProviderMessages.LookedUpThere;
import io.signalbox.gateway.bus.NodeProviderMessages.ProvidersHere;
import io.signalbox.gateway.bus.NodeProviderMessages.ReceiveThere;
import io.signalbox.gateway.bus.NodeProviderMessages.ReceivedThere;
import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.loader.Senders;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Feature;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The forms of what nodes tell each other of their providers. */
final class NodeProviderForms {
  static final List<NodeForm<?>> ALL =
      List.of(
          NodeForm.of(
              ProvidersHere.class,
              message ->
                  new JsonObject()
                      .put("from", message.from())
                      .put("clock_ms", message.clockMillis())
                      .put("leaving", message.leaving())
                      .put(
                          "providers",
                          new JsonArray(
                              message.providers().stream().map(NodeProviderForms::write).toList())),
              json ->
                  new ProvidersHere(
                      NodeForms.text(json, "from"),
                      NodeForms.number(json, "clock_ms"),
                      json.getBoolean("leaving"),
                      json.getJsonArray("providers").stream()
                          .map(JsonObject.class::cast)
                          .map(NodeProviderForms::state)
                          .toList())),
          NodeForm.of(
              DeliverThere.class,
              message ->
                  AttemptForm.write(message.deliver())
                      .put("provider", message.provider())
                      .put("handed_over_at_ms", message.handedOverAtMillis()),
              json ->
                  new DeliverThere(
                      NodeForms.text(json, "provider"),
                      NodeForms.number(json, "handed_over_at_ms"),
                      AttemptForm.deliver(json))),
          NodeForm.of(
              DeliveredThere.class,
              message -> AttemptForm.write(message.delivered()),
              json -> new DeliveredThere(AttemptForm.delivered(json))),
          NodeForm.of(
              LookUpThere.class,
              message -> LookUpForm.write(message.query()).put("provider", message.provider()),
              json -> new LookUpThere(NodeForms.text(json, "provider"), LookUpForm.query(json))),
          NodeForm.of(
              LookedUpThere.class,
              message -> LookUpForm.write(message.lookedUp()),
              json -> new LookedUpThere(LookUpForm.lookedUp(json))),
          new NodeForm<>(
              "ReceiveThere",
              ReceiveThere.class,
              WebhookForm::write,
              ReceiveThere::body,
              WebhookForm::webhook),
          NodeForm.of(
              ReceivedThere.class,
              message -> WebhookForm.write(message.result()),
              json -> new ReceivedThere(WebhookForm.result(json))),
          NodeForm.of(
              AskHad.class,
              message -> write(message.attempts()),
              json -> new AskHad(attempts(json))),
          NodeForm.of(
              Had.class, message -> write(message.attempts()), json -> new Had(attempts(json))));

  private NodeProviderForms() {}

  private static JsonObject write(Set<AttemptId> attempts) {
    return new JsonObject()
        .put("attempts", new JsonArray(attempts.stream().map(AttemptId::toString).toList()));
  }

  private static Set<AttemptId> attempts(JsonObject json) {
    return json.getJsonArray("attempts").stream()
        .flatMap(id -> AttemptId.parse(id.toString()).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static JsonObject write(ProviderState state) {
    ProviderLimits limits = state.limits();
    BreakerView breaker = state.breaker();
    return new JsonObject()
        .put("provider", state.provider())
        .put("plugin", state.plugin())
        .put("plugin_version", state.pluginVersion())
        .put("generation", state.generation())
        .put("channels", new JsonArray(state.channels().stream().map(Channel::wireName).toList()))
        .put("priority", state.priority())
        .put("weight", state.weight())
        .put("max_concurrent", limits.maxConcurrent())
        .put("adaptive_concurrency", limits.adaptiveConcurrency())
        .put("max_per_second", limits.maxPerSecond())
        .put("burst", limits.burst())
        .put("price", state.price())
        .put("timeout_ms", state.timeout().toMillis())
        .put("status_lookup", state.statusLookup())
        .put(
            "features",
            new JsonArray(state.abilities().features().stream().map(Feature::wireName).toList()))
        .put("senders", new JsonArray(List.copyOf(state.abilities().senders().entries())))
        .put("account", state.account())
        .put("stage", state.stage().name())
        .put(
            "breaker",
            new JsonObject()
                .put("state", breaker.state())
                .put("generation", breaker.generation())
                .put("open_until", breaker.openUntilMillis())
                .put("trials", breaker.trials())
                .put("fault", breaker.fault())
                .put("reason", breaker.reason())
                .put("since", breaker.sinceMillis()));
  }

  private static ProviderState state(JsonObject json) {
    JsonObject breaker = json.getJsonObject("breaker");
    return new ProviderState(
        NodeForms.text(json, "provider"),
        NodeForms.text(json, "plugin"),
        NodeForms.text(json, "plugin_version"),
        NodeForms.number(json, "generation"),
        json.getJsonArray("channels").stream()
            .flatMap(name -> Channel.find(name.toString()).stream())
            .collect(Collectors.toUnmodifiableSet()),
        json.getInteger("priority"),
        json.getInteger("weight"),
        new ProviderLimits(
            json.getInteger("max_concurrent"),
            json.getBoolean("adaptive_concurrency"),
            json.getDouble("max_per_second"),
            json.getDouble("burst")),
        json.getDouble("price"),
        Duration.ofMillis(NodeForms.number(json, "timeout_ms")),
        json.getBoolean("status_lookup"),
        abilities(json),
        Stage.valueOf(NodeForms.text(json, "stage")),
        new BreakerView(
            NodeForms.text(breaker, "state"),
            NodeForms.number(breaker, "generation"),
            NodeForms.number(breaker, "open_until"),
            breaker.getInteger("trials"),
            breaker.getBoolean("fault"),
            NodeForms.text(breaker, "reason"),
            NodeForms.number(breaker, "since")),
        List.of(),
        json.getString("account", ""));
  }

  /** A node of an older version does not tell them, and a newer one may know more. */
  private static ProviderAbilities abilities(JsonObject json) {
    return new ProviderAbilities(
        JsonLists.texts(json, "features").stream()
            .flatMap(name -> Feature.find(name).stream())
            .collect(Collectors.toUnmodifiableSet()),
        Senders.of(JsonLists.texts(json, "senders")));
  }
}
