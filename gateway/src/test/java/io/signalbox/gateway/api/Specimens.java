package io.signalbox.gateway.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Makes values by schemas of the document: such as they allow, and spoiled ones. */
final class Specimens {
  private static final Map<String, String> BY_PATTERN =
      Map.ofEntries(
          Map.entry("^\\+[1-9][0-9]{6,14}$", "+15550001234"),
          Map.entry("^whsec_", "whsec_" + Base64.getEncoder().encodeToString(new byte[32])),
          Map.entry("^[A-Za-z]{2}$", "us"),
          Map.entry("^[a-z]{2}$", "de"),
          Map.entry("^[^@ ]+@[^@ ]+$", "a@example.org"),
          Map.entry("^[A-Za-z0-9._~-]{1,200}$", "uid-1"),
          Map.entry("^[a-z0-9]{12}$", "abcdefghij12"),
          Map.entry("^[0-9a-f]{64}$", "0123456789abcdef".repeat(4)),
          Map.entry("^[a-z][a-z0-9-]{0,39}$", "simple"),
          Map.entry("^[!-~]+$", "key-1"),
          Map.entry("^(0|[1-9][0-9]{0,17}):[0-9a-f]{64}$", "1:" + "0123456789abcdef".repeat(4)),
          Map.entry("^[a-z0-9][a-z0-9_-]*$", "sample"),
          Map.entry("^[a-z-]+$", "not-found"),
          Map.entry("^[0-9]{1,9}(ms|s|m|h|d)$", "15m"));

  private final JsonObject document;
  private final Random random;

  Specimens(JsonObject document, Random random) {
    this.document = document;
    this.random = random;
  }

  /** A value that the schema allows. */
  Object valid(JsonObject given, String name) {
    JsonObject schema = resolve(given);
    if (schema.getValue("oneOf") instanceof JsonArray forms) {
      return valid(forms.getJsonObject(random.nextInt(forms.size())), name);
    }
    if (schema.getValue("enum") instanceof JsonArray values) {
      return values.getValue(random.nextInt(values.size()));
    }
    if (schema.containsKey("const")) {
      return schema.getValue("const");
    }
    return switch (type(schema)) {
      case "null" -> null;
      case "string" -> text(schema, name);
      case "integer" -> number(schema, name);
      case "number" -> Math.min(limit(schema), number(schema, name) + 0.5);
      case "boolean" -> random.nextBoolean();
      case "array" -> list(schema, name);
      default -> object(schema);
    };
  }

  JsonObject resolve(JsonObject schema) {
    if (!(schema.getValue("$ref") instanceof String reference)) {
      return schema;
    }
    JsonObject found = document;
    for (String step : reference.substring(2).split("/", -1)) {
      found = found.getJsonObject(step);
    }
    return resolve(found);
  }

  private String type(JsonObject schema) {
    Object type = schema.getValue("type");
    if (type instanceof JsonArray types) {
      return types.getString(random.nextInt(types.size()));
    }
    return type == null ? "object" : type.toString();
  }

  private String text(JsonObject schema, String name) {
    String format = schema.getString("format", "");
    if (format.equals("uuid")) {
      return new UUID(random.nextLong(), random.nextLong()).toString();
    }
    if (format.equals("date-time")) {
      return Instant.ofEpochMilli(System.currentTimeMillis())
          .plusSeconds(60 + random.nextInt(1_000_000))
          .toString();
    }
    if (schema.containsKey("pattern")) {
      String known = BY_PATTERN.get(schema.getString("pattern"));
      if (known == null) {
        throw new IllegalStateException("no specimen of " + schema.getString("pattern"));
      }
      return known;
    }
    if (name.endsWith("email") || name.equals("recipient")) {
      return "a" + random.nextInt(1_000) + "@example.org";
    }
    if (name.equals("url")) {
      return "https://192.0.2.1/" + random.nextInt(1_000);
    }
    if (name.equals("recipient_telegram_id")) {
      return Integer.toString(1 + random.nextInt(1_000_000));
    }
    int least = Math.max(1, schema.getInteger("minLength", 1));
    int most = Math.min(least + 12, schema.getInteger("maxLength", least + 12));
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most - least + 1) + least; i > 0; i--) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  private static double limit(JsonObject schema) {
    return schema.getDouble("maximum", 1_000_000_000.0);
  }

  private int number(JsonObject schema, String name) {
    if (name.equals("recipient_telegram_id")) {
      return 1 + random.nextInt(1_000_000);
    }
    int least = (int) Math.ceil(schema.getDouble("minimum", 0.0));
    int most = (int) Math.min(least + 1_000.0, limit(schema));
    return least + random.nextInt(most - least + 1);
  }

  private JsonArray list(JsonObject schema, String name) {
    int least = schema.getInteger("minItems", 0);
    Set<Object> seen = new HashSet<>();
    JsonArray list = new JsonArray();
    for (int i = least + random.nextInt(3); i > 0; i--) {
      Object each = valid(schema.getJsonObject("items", new JsonObject()), name);
      if (!schema.getBoolean("uniqueItems", false) || seen.add(each)) {
        list.add(each);
      }
    }
    return list;
  }

  private JsonObject object(JsonObject schema) {
    JsonObject object = new JsonObject();
    for (Object part : schema.getJsonArray("allOf", new JsonArray())) {
      object.mergeIn(object(resolve((JsonObject) part)));
    }
    JsonArray required = schema.getJsonArray("required", new JsonArray());
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    for (String name : properties.fieldNames()) {
      if (required.contains(name) || random.nextInt(3) == 0) {
        object.put(name, valid(properties.getJsonObject(name), name));
      }
    }
    if (schema.getValue("additionalProperties") instanceof JsonObject others) {
      String name =
          schema.getValue("propertyNames") instanceof JsonObject names
              ? String.valueOf(valid(names, ""))
              : "name" + random.nextInt(5);
      object.put(name, valid(others, name));
    }
    return object;
  }

  /** The same with something in it that is probably wrong. */
  Object spoiled(Object value) {
    if (value instanceof JsonObject object && !object.isEmpty() && random.nextInt(10) > 0) {
      JsonObject copy = object.copy();
      List<String> names = new ArrayList<>(copy.fieldNames());
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(5)) {
        case 0 -> copy.remove(name);
        case 1 -> copy.put(name + "x", 1);
        default -> copy.put(name, spoiled(copy.getValue(name)));
      }
      return copy;
    }
    if (value instanceof JsonArray list && !list.isEmpty() && random.nextBoolean()) {
      JsonArray copy = list.copy();
      copy.add(spoiled(copy.getValue(0)));
      return copy;
    }
    return odd();
  }

  /** A value that is seldom meant. */
  Object odd() {
    return switch (random.nextInt(16)) {
      case 0 -> null;
      case 1 -> true;
      case 2 -> -1;
      case 3 -> 0;
      case 4 -> 1.5;
      case 5 -> 2.0;
      case 6 -> Long.MAX_VALUE;
      case 7 -> 1e300;
      case 8 -> "";
      case 9 -> "x".repeat(random.nextInt(600));
      case 10 -> "\u0000\u0007";
      case 11 -> "\ud83d\ude00 \u202e\u00e9";
      case 12 -> new JsonArray();
      case 13 -> new JsonArray().add(1).add("a").add(new JsonObject());
      case 14 -> new JsonObject().put("a", new JsonObject().put("b", new JsonArray().addNull()));
      default -> "2026-13-45T99:00:00Z";
    };
  }
}
