package io.signalbox.provider.webhook;

import io.signalbox.spi.ConfigReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON body with placeholders in its texts. It is a tree, and values only ever become texts or
 * numbers in it: no value can change its shape.
 */
final class JsonTemplate {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d{1,18}");
  private static final String RULE =
      "must be one of the placeholders that the README lists, or {{tags.<name>}}";

  private static final Object JSON_NULL = new Object();

  /** A part of the body; null for a member or an item that is left out. */
  private interface Node {
    @Nullable Object render(Values values);
  }

  private final Node root;
  private final List<String> numbers;

  private JsonTemplate(Node root, List<String> numbers) {
    this.root = root;
    this.numbers = List.copyOf(numbers);
  }

  /** Reads the body; mistakes are told under their full keys. */
  static JsonTemplate parse(JsonObject body, ConfigReader reader, String key) {
    Parser parser = new Parser(reader, new ArrayList<>());
    return new JsonTemplate(parser.node(body, key), parser.numbers);
  }

  /** The body of one notification. */
  JsonObject render(Values values) {
    return root.render(values) instanceof JsonObject object ? object : new JsonObject();
  }

  /** The name of a placeholder that should be a number and is none. */
  Optional<String> unfit(Values values) {
    return numbers.stream().filter(name -> !isNumberOrAbsent(values.text(name))).findFirst();
  }

  private static boolean isNumberOrAbsent(@Nullable String value) {
    return value == null || WHOLE_NUMBER.matcher(value).matches();
  }

  private record Parser(ConfigReader reader, List<String> numbers) {
    Node node(@Nullable Object value, String key) {
      if (value instanceof JsonObject object) {
        return object(object, key);
      }
      if (value instanceof JsonArray array) {
        return array(array, key);
      }
      return value instanceof String text ? text(text, key) : constant(value);
    }

    private Node object(JsonObject object, String key) {
      Map<String, Node> members = new LinkedHashMap<>();
      for (String name : object.fieldNames()) {
        if (name.contains("{{")) {
          reader.problem(key + "." + name, "must have its placeholders in values, not in names");
        }
        members.put(name, node(object.getValue(name), key + "." + name));
      }
      return values -> {
        JsonObject rendered = new JsonObject();
        members.forEach((name, node) -> add(node.render(values), v -> rendered.put(name, v)));
        return rendered;
      };
    }

    private Node array(JsonArray array, String key) {
      List<Node> items = new ArrayList<>();
      for (int i = 0; i < array.size(); i++) {
        items.add(node(array.getValue(i), key + "[" + i + "]"));
      }
      return values -> {
        JsonArray rendered = new JsonArray();
        items.forEach(node -> add(node.render(values), rendered::add));
        return rendered;
      };
    }

    private Node text(String text, String key) {
      TextTemplate template =
          TextTemplate.parse(
              text, reader, key, name -> Values.isName(name) || name.equals(Values.ALL_TAGS), RULE);
      String only = template.onlyPlaceholder();
      boolean mixed = only == null;
      if (mixed && (template.hasNumber() || template.placeholders().contains(Values.ALL_TAGS))) {
        reader.problem(key, "must be nothing but the placeholder for a number or for {{tags}}");
      }
      if (only == null) {
        return values -> template.render(values, UnaryOperator.identity());
      }
      if (only.equals(Values.ALL_TAGS)) {
        return values -> new JsonObject(new LinkedHashMap<>(values.request().tags()));
      }
      if (template.hasNumber()) {
        numbers.add(only);
        return values -> number(values.text(only));
      }
      return values -> values.text(only);
    }

    private static @Nullable Object number(@Nullable String text) {
      return text == null ? null : (Object) Long.parseLong(text);
    }

    /** A null of the template stays one; only missing values are left out. */
    private static Node constant(@Nullable Object value) {
      return values -> value == null ? JSON_NULL : value;
    }

    private static void add(@Nullable Object value, Consumer<@Nullable Object> to) {
      if (value != null) {
        to.accept(value == JSON_NULL ? null : value);
      }
    }
  }
}
