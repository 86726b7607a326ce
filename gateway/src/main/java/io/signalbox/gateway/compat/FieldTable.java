package io.signalbox.gateway.compat;

import io.signalbox.gateway.compat.DialectField.Treatment;
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
  /** What stands behind a name of the table for which any member is allowed. */
  public static final String ANY = ".*";

  private final Map<String, DialectField> byName = new HashMap<>();
  private final Set<String> containers = new HashSet<>();

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
      containers.add(name.substring(0, i));
    }
    for (int i = name.indexOf("[]"); i >= 0; i = name.indexOf("[]", i + 1)) {
      containers.add(name.substring(0, i));
    }
  }

  /**
   * Why a field cannot be taken.
   *
   * @param name as the table has it
   * @param value as the request has it
   * @return a sentence part; null if the field can be read
   */
  @Nullable String problem(String name, @Nullable Object value) {
    DialectField field = byName.get(name);
    if (field == null) {
      return containers.contains(name) ? null : "is not a field that is known here";
    }
    return field.treatment() == Treatment.REFUSED && asksForSomething(value)
        ? "cannot be carried: " + field.detail()
        : null;
  }

  /** Whether a value says more than its absence does. Forms have no other {@code false}. */
  static boolean asksForSomething(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      return members.values().stream().anyMatch(FieldTable::asksForSomething);
    }
    if (value instanceof Collection<?> items) {
      return !items.isEmpty();
    }
    return value != null && !value.equals("") && !value.toString().equals("false");
  }
}
