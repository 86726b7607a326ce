package io.signalbox.gateway.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares values with what a schema says of them, not of their parts. Pure. */
final class Values {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");

  /** Those of the document: it is closed. */
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private static final BigDecimal BEYOND = new BigDecimal("1e400");

  private Values() {}

  /** Whether a value has a type, a size and a form that the schema allows. */
  static boolean fit(JsonObject schema, @Nullable Object value) {
    return ofType(schema, value)
        && (!schema.containsKey("enum")
            || schema.getJsonArray("enum").stream().anyMatch(each -> same(each, value)))
        && (!schema.containsKey("const") || same(schema.getValue("const"), value))
        && inBounds(schema, value);
  }

  private static boolean ofType(JsonObject schema, @Nullable Object value) {
    List<String> types = Expectation.types(schema);
    return types.isEmpty() || types.stream().anyMatch(type -> isOfType(type, value));
  }

  private static boolean isOfType(String type, @Nullable Object value) {
    return switch (type) {
      case "null" -> value == null;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "number" -> value instanceof Number;
      case "integer" -> value instanceof Number number && isWhole(number);
      case "array" -> value instanceof JsonArray;
      case "object" -> value instanceof JsonObject;
      default -> false;
    };
  }

  /** A whole number is written as one: 2.0 is none here, unlike in JSON Schema. */
  private static boolean isWhole(Number number) {
    return !(number instanceof Double)
        && !(number instanceof Float)
        && decimal(number).scale() <= 0;
  }

  /** What is too large for a double is read as infinite: it is out of all bounds. */
  private static BigDecimal decimal(Number number) {
    if (number instanceof Double real && real.isInfinite()) {
      return real > 0 ? BEYOND : BEYOND.negate();
    }
    return new BigDecimal(number.toString());
  }

  private static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return isWhole(x) == isWhole(y) && decimal(x).compareTo(decimal(y)) == 0;
    }
    return Objects.equals(a, b);
  }

  private static boolean inBounds(JsonObject schema, @Nullable Object value) {
    if (value instanceof String text) {
      return within(schema, "minLength", "maxLength", text.codePointCount(0, text.length()))
          && matches(schema.getString("pattern"), text)
          && hasFormat(schema.getString("format", ""), text);
    }
    if (value instanceof Number number) {
      return within(schema, "minimum", "maximum", number);
    }
    if (value instanceof JsonArray list) {
      return within(schema, "minItems", "maxItems", list.size())
          && (!schema.getBoolean("uniqueItems", false) || noTwoAlike(list));
    }
    return true;
  }

  private static boolean noTwoAlike(JsonArray list) {
    Set<Object> seen = list.stream().collect(Collectors.toCollection(HashSet::new));
    return seen.size() == list.size();
  }

  private static boolean within(JsonObject schema, String least, String most, Number value) {
    Number from = schema.getNumber(least);
    Number to = schema.getNumber(most);
    return (from == null || decimal(value).compareTo(decimal(from)) >= 0)
        && (to == null || decimal(value).compareTo(decimal(to)) <= 0);
  }

  private static boolean matches(@Nullable String pattern, String text) {
    return pattern == null
        || PATTERNS.computeIfAbsent(pattern, Pattern::compile).matcher(text).find();
  }

  private static boolean hasFormat(String format, String text) {
    return switch (format) {
      case "uuid" -> UUID.matcher(text).matches();
      case "date-time" -> isTime(text);
      default -> true;
    };
  }

  private static boolean isTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
