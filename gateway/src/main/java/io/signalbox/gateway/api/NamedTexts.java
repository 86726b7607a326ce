package io.signalbox.gateway.api;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Filters as texts by name, whether they came in a query string or in a JSON object. */
final class NamedTexts {
  private NamedTexts() {}

  static Map<String, String> of(MultiMap params) {
    Map<String, String> texts = new HashMap<>();
    params.forEach(param -> texts.put(param.getKey(), param.getValue()));
    return texts;
  }

  /** Members that are null are as good as not there. */
  static Map<String, String> of(JsonObject json) {
    Map<String, String> texts = new HashMap<>();
    json.forEach(
        member -> {
          if (member.getValue() != null) {
            texts.put(member.getKey(), member.getValue().toString());
          }
        });
    return texts;
  }
}
