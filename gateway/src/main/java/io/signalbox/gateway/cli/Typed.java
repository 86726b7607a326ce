package io.signalbox.gateway.cli;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was typed, in the forms that the API takes. Pure functions. */
final class Typed {
  private Typed() {}

  /** Adds a field, unless it was not typed. */
  static void put(JsonObject json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  /** The fields as the query of a URL, with its question mark; empty if there are none. */
  static String query(JsonObject fields) {
    return fields.isEmpty()
        ? ""
        : fields.stream()
            .map(field -> field.getKey() + "=" + segment(field.getValue().toString()))
            .collect(Collectors.joining("&", "?", ""));
  }

  /** A text as a part of a URL. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
