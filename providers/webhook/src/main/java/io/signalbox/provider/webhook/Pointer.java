package io.signalbox.provider.webhook;

import io.signalbox.spi.ConfigReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in JSON, after RFC 6901: {@code /data/0/id}.
 *
 * @param steps unescaped names or indexes
 */
record Pointer(List<String> steps) {
  private static final Pattern FORM = Pattern.compile("(/([^~/]|~[01])*)+");
  private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,8}");

  /** Reads a pointer that may be missing; null if it is, or if it is none. */
  static @Nullable Pointer read(ConfigReader reader, String key) {
    return reader.text(key).map(text -> parse(text, reader, key)).orElse(null);
  }

  /** Reads a pointer; a mistake is told under the key. */
  static Pointer parse(String text, ConfigReader reader, String key) {
    if (!FORM.matcher(text).matches()) {
      reader.problem(key, "must be a JSON pointer that begins with /, such as /data/id");
      return new Pointer(List.of());
    }
    return new Pointer(
        Arrays.stream(text.substring(1).split("/", -1))
            .map(step -> step.replace("~1", "/").replace("~0", "~"))
            .toList());
  }

  /** What stands there; null if nothing does. */
  @Nullable Object value(@Nullable Object json) {
    Object at = json;
    for (String step : steps) {
      if (at instanceof JsonObject object) {
        at = object.getValue(step);
      } else if (at instanceof JsonArray array && INDEX.matcher(step).matches()) {
        int index = Integer.parseInt(step);
        at = index < array.size() ? array.getValue(index) : null;
      } else {
        return null;
      }
    }
    return at;
  }

  /** The text, number, true or false that stands there, as text and not blank; null otherwise. */
  @Nullable String text(@Nullable Object json) {
    Object value = value(json);
    boolean scalar = value instanceof String || value instanceof Number || value instanceof Boolean;
    return value != null && scalar && !value.toString().isBlank() ? value.toString() : null;
  }

  /** As {@link #text(Object)}; null where no pointer is configured. */
  static @Nullable String textAt(@Nullable Pointer pointer, @Nullable Object json) {
    return pointer == null ? null : pointer.text(json);
  }
}
