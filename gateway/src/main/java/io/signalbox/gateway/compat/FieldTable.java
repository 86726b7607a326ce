package io.signalbox.gateway.compat;

import io.signalbox.gateway.compat.DialectField.Treatment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds requests to the table of one call: what the table refuses, and what it does not have, is a
 * mistake. Names in the table have a dot before members and {@code []} after lists, such as {@code
 * personalizations[].to[].email}. Thread-safe.
 */
public final class FieldTable {
  private static final String UNKNOWN = "is not a field that is known here";

  private final Map<String, DialectField> byName = new HashMap<>();
  private final Set<String> containers = new HashSet<>();
  private final Set<String> lists = new HashSet<>();

  /** Makes the table of those fields of a dialect that belong to a call. */
  public FieldTable(String call, List<DialectField> fields) {
    for (DialectField field : fields) {
      if (field.call().equals(call)) {
        byName.put(field.name(), field);
        containers(field.name());
      }
    }
  }

  private void containers(String name) {
    for (int i = name.indexOf('.'); i >= 0; i = name.indexOf('.', i + 1)) {
      String before = name.substring(0, i);
      containers.add(before.endsWith("[]") ? before.substring(0, before.length() - 2) : before);
    }
    for (int i = name.indexOf("[]"); i >= 0; i = name.indexOf("[]", i + 1)) {
      containers.add(name.substring(0, i));
      lists.add(name.substring(0, i));
    }
  }

  /**
   * Notes what the table refuses or does not have.
   *
   * @param path what stands before the names of members where they are told
   */
  void check(JsonObject json, String path, Mistakes mistakes) {
    check(json, "", path, mistakes);
  }

  private void check(JsonObject json, String inTable, String path, Mistakes mistakes) {
    for (String member : json.fieldNames()) {
      String name = inTable + member;
      Object value = json.getValue(member);
      DialectField field = byName.get(name);
      if (field == null && !containers.contains(name)) {
        mistakes.add(path + member, UNKNOWN);
      } else if (field == null) {
        within(value, name, path + member, mistakes);
      } else {
        String problem = problem(field, value);
        if (problem != null) {
          mistakes.add(path + member, problem);
        }
      }
    }
  }

  private void within(@Nullable Object value, String name, String path, Mistakes mistakes) {
    if (value instanceof JsonObject object && !lists.contains(name)) {
      check(object, name + ".", path + ".", mistakes);
    } else if (value instanceof JsonArray array && lists.contains(name)) {
      for (int i = 0; i < array.size(); i++) {
        if (array.getValue(i) instanceof JsonObject object) {
          check(object, name + "[].", path + "." + i + ".", mistakes);
        }
      }
    } else if (value != null) {
      mistakes.add(path, lists.contains(name) ? "must be a list" : "must be an object");
    }
  }

  /**
   * Why a field cannot be taken.
   *
   * @param name as the table has it
   * @return a sentence part; null if the field can be read
   */
  public @Nullable String problem(String name, @Nullable Object value) {
    DialectField field = byName.get(name);
    return field == null ? UNKNOWN : problem(field, value);
  }

  private static @Nullable String problem(DialectField field, @Nullable Object value) {
    return field.treatment() == Treatment.REFUSED && asksForSomething(value)
        ? "cannot be carried: " + field.detail()
        : null;
  }

  /** Whether a value says more than its absence does. Forms have no other {@code false}. */
  static boolean asksForSomething(@Nullable Object value) {
    if (value instanceof JsonObject object) {
      return asksForSomething(object.getMap());
    }
    if (value instanceof JsonArray array) {
      return !array.isEmpty();
    }
    if (value instanceof Map<?, ?> members) {
      return !Boolean.FALSE.equals(members.get("enable"))
          && members.values().stream().anyMatch(FieldTable::asksForSomething);
    }
    if (value instanceof Collection<?> items) {
      return !items.isEmpty();
    }
    return value != null && !value.equals("") && !value.toString().equals("false");
  }
}
