package io.signalbox.toolkit;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that somebody else wrote. No bytes and no shape make these methods throw: what is not
 * as expected is absent.
 */
public final class JsonBody {
  /** Deepest nesting that is read. The providers' bodies stay under ten. */
  public static final int MAX_DEPTH = 64;

  private static final int MAX_NUMBER_CHARACTERS = 18;

  private JsonBody() {}

  /**
   * {@return the body as an object; empty if it is anything else}
   *
   * @param body as it came
   */
  public static Optional<JsonObject> object(Buffer body) {
    return value(body) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }

  /**
   * {@return the body as an array; empty if it is anything else}
   *
   * @param body as it came
   */
  public static Optional<JsonArray> array(Buffer body) {
    return value(body) instanceof JsonArray array ? Optional.of(array) : Optional.empty();
  }

  /**
   * {@return the text of a field that holds a text, a number or a boolean; null otherwise}
   *
   * @param object to read from
   * @param field its name
   */
  public static @Nullable String text(JsonObject object, String field) {
    return scalar(object.getValue(field));
  }

  /**
   * {@return the text of an array's item that is a text, a number or a boolean; null otherwise}
   *
   * @param array to read from
   * @param index its place, from 0
   */
  public static @Nullable String text(JsonArray array, int index) {
    return index < array.size() ? scalar(array.getValue(index)) : null;
  }

  /**
   * {@return the object in a field; an empty one if there is none}
   *
   * @param object to read from
   * @param field its name
   */
  public static JsonObject object(JsonObject object, String field) {
    return object.getValue(field) instanceof JsonObject found ? found : new JsonObject();
  }

  /**
   * {@return the array in a field; an empty one if there is none}
   *
   * @param object to read from
   * @param field its name
   */
  public static JsonArray array(JsonObject object, String field) {
    return object.getValue(field) instanceof JsonArray found ? found : new JsonArray();
  }

  /**
   * {@return the object at an index; an empty one if there is none}
   *
   * @param array to read from
   * @param index its place, from 0
   */
  public static JsonObject object(JsonArray array, int index) {
    return index < array.size() && array.getValue(index) instanceof JsonObject found
        ? found
        : new JsonObject();
  }

  /**
   * {@return a whole number, also where it was written as a text}
   *
   * @param object to read from
   * @param field its name
   */
  public static OptionalLong integer(JsonObject object, String field) {
    String text = text(object, field);
    if (text == null || text.length() > MAX_NUMBER_CHARACTERS) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static @Nullable String scalar(@Nullable Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : null;
  }

  private static @Nullable Object value(Buffer body) {
    if (body.length() == 0 || deeperThanAllowed(body)) {
      return null;
    }
    try {
      return Json.decodeValue(body);
    } catch (RuntimeException e) {
      // Whatever the parser dislikes is not the JSON that the caller asks for.
      return null;
    }
  }

  /** Counts brackets outside of texts before a recursive parser sees them. */
  private static boolean deeperThanAllowed(Buffer body) {
    int depth = 0;
    boolean inText = false;
    for (int i = 0; i < body.length(); i++) {
      byte b = body.getByte(i);
      if (inText) {
        if (b == '\\') {
          i++;
        } else if (b == '"') {
          inText = false;
        }
      } else if (b == '"') {
        inText = true;
      } else if (b == '[' || b == '{') {
        depth++;
        if (depth > MAX_DEPTH) {
          return true;
        }
      } else if (b == ']' || b == '}') {
        depth--;
      }
    }
    return false;
  }
}
