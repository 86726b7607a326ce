package io.signalbox.gateway.api;

import io.signalbox.gateway.config.ConfigMistake;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.gateway.policy.PolicyTexts;
import io.signalbox.gateway.policy.RefusedPolicy;
import io.signalbox.gateway.policy.RoutingPolicy;
import io.signalbox.gateway.policy.Unserved;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Routing policies as JSON. */
final class PolicyJson {
  private PolicyJson() {}

  static JsonObject write(RoutingPolicy policy, EffectivePolicy effective) {
    List<String> types = new ArrayList<>(policy.types());
    types.sort(null);
    return new JsonObject()
        .put("name", policy.name())
        .put("file", policy.source())
        .put(
            "applies_to",
            new JsonObject()
                .put("types", new JsonArray(types))
                .put(
                    "channels",
                    new JsonArray(
                        policy.channels().stream().sorted().map(Channel::wireName).toList())))
        .put("effective", values(effective));
  }

  /** Every key with its value, and where that comes from. */
  static JsonObject values(EffectivePolicy effective) {
    JsonObject values = new JsonObject();
    PolicyTexts.of(effective)
        .forEach(
            (key, text) ->
                values.put(
                    key.name(),
                    new JsonObject()
                        .put("value", text)
                        .put("source", effective.sources().of(key))));
    return values;
  }

  static JsonObject write(Unserved warning) {
    return new JsonObject()
        .put("policy", warning.policy())
        .put("key", warning.key())
        .put("value", warning.value())
        .put("problem", warning.problem());
  }

  static JsonObject write(RefusedPolicy file) {
    JsonArray problems = new JsonArray();
    for (ConfigMistake mistake : file.mistakes()) {
      problems.add(new JsonObject().put("key", mistake.key()).put("expected", mistake.expected()));
    }
    return new JsonObject().put("file", file.file()).put("problems", problems);
  }
}
