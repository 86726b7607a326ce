package io.signalbox.gateway.compat.hooks;

import io.signalbox.gateway.compat.hooks.Verifiers.Hook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Webhooks that the providers' own software has signed, or that it refuses. */
final class Vectors {
  private Vectors() {}

  static Stream<JsonObject> all() throws IOException {
    try (InputStream in = Vectors.class.getResourceAsStream("/hooks/vectors.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new JsonArray(text).stream().map(JsonObject.class::cast);
    }
  }

  static JsonObject named(String provider, String name) throws IOException {
    return all()
        .filter(each -> each.getString("provider").equals(provider))
        .filter(each -> each.getString("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  static Hook hook(JsonObject vector) {
    JsonObject request = vector.getJsonObject("request");
    return new Hook(
        request.getString("url", ""),
        request.getJsonObject("headers").stream()
            .collect(Collectors.toMap(each -> each.getKey(), each -> each.getValue().toString())),
        request.getString("body"));
  }
}
