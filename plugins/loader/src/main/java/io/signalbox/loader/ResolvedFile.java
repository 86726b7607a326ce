package io.signalbox.loader;

import io.signalbox.spi.ConfigProblem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a provider file, with the variables filled in.
 *
 * @param values the keys and their values
 * @param problems variables without a value
 * @param literals full keys of values of which a part stands in the file itself; in headers a word
 *     such as {@code Bearer} may
 */
record ResolvedFile(JsonObject values, List<ConfigProblem> problems, Set<String> literals) {
  private static final Pattern HEADER = Pattern.compile("(?:^|\\.)headers\\.[^.]+$");

  static ResolvedFile of(JsonObject raw, Variables variables) {
    Filling filling = new Filling(variables);
    JsonObject values = filling.object(raw, "");
    return new ResolvedFile(values, List.copyOf(filling.problems), Set.copyOf(filling.literals));
  }

  /** The literals whose keys begin like that. */
  Set<String> literalsOf(String prefix) {
    return literals.stream()
        .filter(key -> key.startsWith(prefix))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** One walk over a file. */
  private static final class Filling {
    private final Variables variables;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Set<String> literals = new HashSet<>();

    Filling(Variables variables) {
      this.variables = variables;
    }

    JsonObject object(JsonObject object, String prefix) {
      JsonObject resolved = new JsonObject();
      for (Map.Entry<String, @Nullable Object> entry : object) {
        resolved.put(entry.getKey(), value(entry.getValue(), prefix + entry.getKey()));
      }
      return resolved;
    }

    private static boolean isReference(String text, String key) {
      return Variables.standIn(text, HEADER.matcher(key).find());
    }

    private @Nullable Object value(@Nullable Object value, String key) {
      if (value instanceof JsonObject object) {
        return object(object, key + ".");
      }
      if (value instanceof JsonArray list) {
        JsonArray resolved = new JsonArray();
        for (Object item : list) {
          // As in ConfigReader: a block in a list has its number, a value is the list's own.
          String place = item instanceof JsonObject ? key + "[" + resolved.size() + "]" : key;
          resolved.add(value(item, place));
        }
        return resolved;
      }
      if (value != null && !(value instanceof String text && isReference(text, key))) {
        literals.add(key);
      }
      if (value instanceof String text) {
        try {
          return variables.resolve(text);
        } catch (Variables.UnresolvedException e) {
          problems.add(new ConfigProblem(key, e.reason()));
        }
      }
      return value;
    }
  }
}
