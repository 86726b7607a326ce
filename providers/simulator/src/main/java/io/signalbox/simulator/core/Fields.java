package io.signalbox.simulator.core;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Strict reading of what clients send: a field of another type counts as absent. */
public final class Fields {
  private static final int MAX_PARAMETERS = 1000;

  private Fields() {}

  /** The body as a JSON object, if it is one. */
  public static Optional<JsonObject> object(Buffer body) {
    try {
      return Optional.of(new JsonObject(body));
    } catch (DecodeException | ClassCastException notAnObject) {
      return Optional.empty();
    }
  }

  /** Form or query parameters, decoded, if they can be. */
  public static Optional<Map<String, List<String>>> form(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return Optional.of(Map.of());
    }
    try {
      return Optional.of(
          new QueryStringDecoder(text, StandardCharsets.UTF_8, false, MAX_PARAMETERS, true)
              .parameters());
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** The first value of a parameter, or null. */
  public static @Nullable String first(Map<String, List<String>> form, String name) {
    List<String> values = form.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** A text, or null. */
  public static @Nullable String text(JsonObject object, String name) {
    return object.getValue(name) instanceof String text ? text : null;
  }

  /** A text, or null if absent or empty. */
  public static @Nullable String filled(JsonObject object, String name) {
    String text = text(object, name);
    return text == null || text.isEmpty() ? null : text;
  }

  /** An object; empty if absent. */
  public static JsonObject object(JsonObject object, String name) {
    return object.getValue(name) instanceof JsonObject child ? child : new JsonObject();
  }

  /** An array; empty if absent. */
  public static JsonArray array(JsonObject object, String name) {
    return object.getValue(name) instanceof JsonArray child ? child : new JsonArray();
  }
}
