package io.signalbox.gateway.bus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/** Lists of objects in JSON. Pure functions. */
final class JsonLists {
  private JsonLists() {}

  /** An object with one field that holds them. */
  static <T> JsonObject of(String field, List<T> all, Function<T, JsonObject> write) {
    return new JsonObject().put(field, new JsonArray(all.stream().map(write).toList()));
  }

  /** What {@link #of} wrote. */
  static <T> List<T> read(JsonObject json, String field, Function<JsonObject, T> read) {
    return json.getJsonArray(field).stream().map(JsonObject.class::cast).map(read).toList();
  }

  /** A list of texts; empty if there is none. */
  static List<String> texts(JsonObject json, String field) {
    return json.getJsonArray(field, new JsonArray()).stream().map(Object::toString).toList();
  }
}
