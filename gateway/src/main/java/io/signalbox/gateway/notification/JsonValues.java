package io.signalbox.gateway.notification;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes values that are not known at compile time. Members stand in the order of their names, so
 * that equal values have equal bytes: a repeated request is known by them.
 */
final class JsonValues {
  private static final int MAX_DEPTH = 30;
  private static final Comparator<Map.Entry<?, ?>> BY_NAME =
      Comparator.comparing(member -> String.valueOf(member.getKey()));

  private JsonValues() {}

  /**
   * Writes the value of a field.
   *
   * @throws IllegalArgumentException if JSON has no form for it, with the field and why
   */
  static void write(NotificationField field, Object value, JsonGenerator json) throws IOException {
    json.writeFieldName(field.wireName());
    try {
      write(value, json, 0);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field.pointer() + " " + e.getMessage(), e);
    }
  }

  private static void write(@Nullable Object value, JsonGenerator json, int depth)
      throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("must be nested less deeply");
    }
    if (value == null) {
      json.writeNull();
    } else if (value instanceof CharSequence || value instanceof Enum<?>) {
      json.writeString(value.toString());
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Number number) {
      writeNumber(number, json);
    } else if (value instanceof JsonObject object) {
      writeMap(object.getMap(), json, depth);
    } else if (value instanceof JsonArray array) {
      writeList(array.getList(), json, depth);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(map, json, depth);
    } else if (value instanceof List<?> list) {
      writeList(list, json, depth);
    } else {
      throw new IllegalArgumentException("must be JSON; it holds a " + value.getClass().getName());
    }
  }

  private static void writeNumber(Number number, JsonGenerator json) throws IOException {
    if (number instanceof BigDecimal decimal) {
      json.writeNumber(decimal);
    } else if (number instanceof BigInteger integer) {
      json.writeNumber(integer);
    } else if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new IllegalArgumentException("must be JSON, which knows finite numbers only");
      }
      json.writeNumber(number.doubleValue());
    } else {
      json.writeNumber(number.longValue());
    }
  }

  private static void writeMap(Map<?, ?> map, JsonGenerator json, int depth) throws IOException {
    json.writeStartObject();
    List<? extends Map.Entry<?, ?>> members = new ArrayList<>(map.entrySet());
    members.sort(BY_NAME);
    for (Map.Entry<?, ?> member : members) {
      json.writeFieldName(String.valueOf(member.getKey()));
      write(member.getValue(), json, depth + 1);
    }
    json.writeEndObject();
  }

  private static void writeList(List<?> list, JsonGenerator json, int depth) throws IOException {
    json.writeStartArray();
    for (Object item : list) {
      write(item, json, depth + 1);
    }
    json.writeEndArray();
  }
}
