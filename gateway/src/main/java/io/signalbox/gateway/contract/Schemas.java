package io.signalbox.gateway.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;

/** The schemas of the document. Immutable after its making. */
final class Schemas {
  private static final Set<String> CHECKED =
      Set.of(
          "$ref",
          "type",
          "enum",
          "const",
          "required",
          "properties",
          "additionalProperties",
          "unevaluatedProperties",
          "propertyNames",
          "items",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minLength",
          "maxLength",
          "pattern",
          "minimum",
          "maximum",
          "format",
          "oneOf",
          "allOf");

  private static final Set<String> WORDS =
      Set.of("description", "title", "default", "example", "examples", "deprecated");

  private final JsonObject document;

  Schemas(JsonObject document) {
    this.document = document;
  }

  /** What a schema says, after its references. */
  JsonObject resolve(JsonObject schema) {
    JsonObject found = schema;
    String reference = found.getString("$ref");
    while (reference != null) {
      found = at(reference);
      reference = found.getString("$ref");
    }
    return found;
  }

  private JsonObject at(String reference) {
    JsonObject found = document;
    for (String step : reference.substring(2).split("/", -1)) {
      found = found.getJsonObject(step);
    }
    return found;
  }

  /** The names of all fields that an object may have, those of all its parts together. */
  Set<String> fields(JsonObject schema) {
    Set<String> names = new TreeSet<>();
    JsonObject resolved = resolve(schema);
    names.addAll(resolved.getJsonObject("properties", new JsonObject()).fieldNames());
    for (Object part : resolved.getJsonArray("allOf", new JsonArray())) {
      names.addAll(fields((JsonObject) part));
    }
    return names;
  }

  /**
   * Looks whether all of a schema can be checked.
   *
   * @throws IllegalStateException for a keyword that is not known here: what nobody checks is not
   *     to be promised
   */
  void understand(JsonObject schema) {
    for (String keyword : schema.fieldNames()) {
      if (!CHECKED.contains(keyword) && !WORDS.contains(keyword) && !keyword.startsWith("x-")) {
        throw new IllegalStateException("the OpenAPI document has the keyword " + keyword);
      }
    }
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    properties.fieldNames().forEach(name -> understand(properties.getJsonObject(name)));
    for (String keyword : Set.of("oneOf", "allOf")) {
      schema.getJsonArray(keyword, new JsonArray()).forEach(part -> understand((JsonObject) part));
    }
    for (String keyword : Set.of("items", "propertyNames", "additionalProperties")) {
      if (schema.getValue(keyword) instanceof JsonObject part) {
        understand(part);
      }
    }
    if (schema.containsKey("$ref")) {
      at(schema.getString("$ref"));
    }
  }
}
