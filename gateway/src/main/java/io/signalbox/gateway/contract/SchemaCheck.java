package io.signalbox.gateway.contract;

import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.text.NearestName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks a value by a schema of the document (JSON Schema 2020-12, as far as {@link Schemas} knows
 * its keywords) and collects all mistakes. Used once, by one thread.
 */
final class SchemaCheck {
  private static final int MOST = 50;

  private final Schemas schemas;
  private final List<FieldProblem> problems = new ArrayList<>();

  SchemaCheck(Schemas schemas) {
    this.schemas = schemas;
  }

  /** What is wrong with a value; empty if nothing is. At most fifty mistakes. */
  static List<FieldProblem> of(Schemas schemas, JsonObject schema, @Nullable Object value) {
    SchemaCheck check = new SchemaCheck(schemas);
    check.check(schema, value, "");
    return check.problems;
  }

  private void check(JsonObject given, @Nullable Object value, String at) {
    JsonObject schema = schemas.resolve(given);
    for (Object part : schema.getJsonArray("allOf", new JsonArray())) {
      check((JsonObject) part, value, at);
    }
    if (schema.getValue("oneOf") instanceof JsonArray forms) {
      forms(forms, value, at);
    }
    if (!Values.fit(schema, value)) {
      problem(at, "must be " + Expectation.of(schema));
    } else if (value instanceof JsonObject object) {
      object(schema, object, at);
    } else if (value instanceof JsonArray list && schema.getJsonObject("items") != null) {
      for (int i = 0; i < list.size() && !full(); i++) {
        check(schema.getJsonObject("items"), list.getValue(i), at + "/" + i);
      }
    }
  }

  /** The mistakes of the form that the value was probably meant to have. */
  private void forms(JsonArray forms, @Nullable Object value, String at) {
    List<FieldProblem> nearest = List.of();
    int fewest = Integer.MAX_VALUE;
    int fit = 0;
    for (Object form : forms) {
      SchemaCheck check = new SchemaCheck(schemas);
      check.check((JsonObject) form, value, at);
      fit += check.problems.isEmpty() ? 1 : 0;
      int distance = check.problems.isEmpty() ? -1 : distance((JsonObject) form, value, check, at);
      if (distance < fewest) {
        fewest = distance;
        nearest = check.problems;
      }
    }
    nearest.forEach(each -> problem(each.pointer(), each.detail()));
    if (fit > 1) {
      problem(at, "must be of one form, and is of " + fit);
    }
  }

  /** How many fields the form does not know; a value of another type is farther off than any. */
  private int distance(JsonObject form, @Nullable Object value, SchemaCheck check, String at) {
    if (check.problems.stream().anyMatch(problem -> problem.pointer().equals(at))) {
      return Integer.MAX_VALUE - 1;
    }
    Set<String> known = schemas.fields(form);
    return value instanceof JsonObject object
        ? (int) object.fieldNames().stream().filter(name -> !known.contains(name)).count()
        : 0;
  }

  private void object(JsonObject schema, JsonObject object, String at) {
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    Set<String> known = known(schema);
    for (Map.Entry<String, Object> field : object) {
      if (full()) {
        return;
      }
      String name = field.getKey();
      String place = at + "/" + escaped(name);
      if (properties.containsKey(name)) {
        check(properties.getJsonObject(name), field.getValue(), place);
      } else if (schema.getValue("additionalProperties") instanceof JsonObject others) {
        check(others, field.getValue(), place);
      }
      if (!known.isEmpty() && !known.contains(name)) {
        problem(place, "is not a known field" + NearestName.hint(name, known));
      }
      if (schema.getValue("propertyNames") instanceof JsonObject names
          && !Values.fit(schemas.resolve(names), name)) {
        problem(place, "is not a known name; it must be " + Expectation.of(schemas.resolve(names)));
      }
    }
    for (Object required : schema.getJsonArray("required", new JsonArray())) {
      if (!object.containsKey(required.toString())) {
        JsonObject wanted = properties.getJsonObject(required.toString(), new JsonObject());
        problem(
            at + "/" + escaped(required.toString()),
            "is needed: " + Expectation.of(schemas.resolve(wanted)));
      }
    }
  }

  /** The only fields that an object may have; empty if it may have others. */
  private Set<String> known(JsonObject schema) {
    boolean closed =
        Boolean.FALSE.equals(schema.getValue("additionalProperties"))
            || Boolean.FALSE.equals(schema.getValue("unevaluatedProperties"));
    return closed ? schemas.fields(schema) : Set.of();
  }

  private void problem(String pointer, String detail) {
    if (!full()) {
      problems.add(new FieldProblem(pointer, detail));
    }
  }

  /** Looking for more mistakes would be work for nothing. */
  private boolean full() {
    return problems.size() >= MOST;
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
