package io.signalbox.gateway.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Says in words what a schema wants: a sentence part behind "must be". */
final class Expectation {
  private Expectation() {}

  static String of(JsonObject schema) {
    if (schema.getValue("enum") instanceof JsonArray values) {
      return oneOf(values);
    }
    if (schema.containsKey("const")) {
      return String.valueOf(schema.getValue("const"));
    }
    List<String> kinds = new ArrayList<>();
    for (String type : types(schema)) {
      if (!type.equals("null")) {
        kinds.add(kind(type, schema));
      }
    }
    return kinds.isEmpty() ? "of another form" : String.join(" or ", kinds);
  }

  static List<String> types(JsonObject schema) {
    Object type = schema.getValue("type");
    if (type instanceof JsonArray list) {
      return list.stream().map(String::valueOf).toList();
    }
    return type == null ? List.of() : List.of(type.toString());
  }

  private static String oneOf(JsonArray values) {
    List<String> shown = new ArrayList<>();
    values.stream().filter(value -> value != null).forEach(value -> shown.add(value.toString()));
    return shown.size() == 1 ? shown.get(0) : "one of " + String.join(", ", shown);
  }

  private static String kind(String type, JsonObject schema) {
    return switch (type) {
      case "string" -> text(schema);
      case "integer" -> "a whole number" + between(schema, "minimum", "maximum", "");
      case "number" -> "a number" + between(schema, "minimum", "maximum", "");
      case "boolean" -> "true or false";
      case "array" ->
          "a list" + between(schema, "minItems", "maxItems", " entries") + unlike(schema);
      default -> "an object";
    };
  }

  private static String text(JsonObject schema) {
    return switch (schema.getString("format", "")) {
      case "date-time" -> "a time as in RFC 3339, such as 2026-05-04T09:30:00Z";
      case "uuid" -> "an id (UUID)";
      default -> {
        String pattern = schema.getString("pattern");
        yield "a text"
            + between(schema, "minLength", "maxLength", " characters")
            + (pattern == null ? "" : " that matches " + pattern);
      }
    };
  }

  private static String unlike(JsonObject schema) {
    return schema.getBoolean("uniqueItems", false) ? ", no two alike" : "";
  }

  private static String between(JsonObject schema, String least, String most, String unit) {
    Object from = schema.getValue(least);
    Object to = schema.getValue(most);
    if (from != null && to != null) {
      return (unit.isEmpty() ? " from " : " of ") + from + " to " + to + unit;
    }
    if (to != null) {
      return (unit.isEmpty() ? " up to " : " of at most ") + to + unit;
    }
    return from == null ? "" : (unit.isEmpty() ? " from " + from : " of at least " + from + unit);
  }
}
