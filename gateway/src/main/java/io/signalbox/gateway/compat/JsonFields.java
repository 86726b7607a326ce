package io.signalbox.gateway.compat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a JSON object. What has another type than it is asked for is a mistake, and
 * read as if it were not there; so is {@code null}, without being one. Used on one thread.
 */
public final class JsonFields {
  private final JsonObject json;
  private final String path;
  private final Mistakes mistakes;

  /** Reads an object, whose members the table must have. */
  public JsonFields(JsonObject json, FieldTable table, Mistakes mistakes) {
    this(json, table, "", mistakes);
  }

  /**
   * The same for one object of a list.
   *
   * @param path what stands before the names of its members where they are told
   */
  public JsonFields(JsonObject json, FieldTable table, String path, Mistakes mistakes) {
    this(json, path, mistakes);
    table.check(json, path, mistakes);
  }

  private JsonFields(JsonObject json, String path, Mistakes mistakes) {
    this.json = json;
    this.path = path;
    this.mistakes = mistakes;
  }

  /**
   * The JSON of a body.
   *
   * @return a {@link JsonObject}, a {@link JsonArray}, or another value
   * @throws RefusedException if it is no JSON
   */
  public static Object body(Buffer body) {
    try {
      Object value = body.length() == 0 ? null : Json.decodeValue(body);
      if (value != null) {
        return value;
      }
    } catch (DecodeException e) {
      // Falls through to the refusal, which does not tell what stands there.
    }
    throw new RefusedException(new Refusal(400, "the body is not JSON"));
  }

  /** The name of a member as it is told. */
  public String name(String member) {
    return path + member;
  }

  /** Where mistakes are noted. */
  public Mistakes mistakes() {
    return mistakes;
  }

  /** Whether there is a member that is not null. */
  public boolean has(String member) {
    return json.getValue(member) != null;
  }

  /** A member as it is; null if it is not there. */
  public @Nullable Object value(String member) {
    return json.getValue(member);
  }

  /** A text. */
  public @Nullable String text(String member) {
    Object value = json.getValue(member);
    if (value == null) {
      return null;
    }
    return value instanceof String text ? text : wrong(member, "must be a text");
  }

  /** A text that must be there and not be blank. */
  public @Nullable String required(String member) {
    String text = text(member);
    if (!has(member) || (text != null && text.isBlank())) {
      mistakes.missing(name(member));
      return null;
    }
    return text;
  }

  /** True or false; false if it is not there. */
  public boolean flag(String member) {
    Object value = json.getValue(member);
    if (value != null && !(value instanceof Boolean)) {
      mistakes.add(name(member), "must be true or false");
    }
    return Boolean.TRUE.equals(value);
  }

  /** A whole number. */
  public @Nullable Long number(String member) {
    Object value = json.getValue(member);
    if (value == null) {
      return null;
    }
    return value instanceof Integer || value instanceof Long
        ? Long.valueOf(((Number) value).longValue())
        : wrong(member, "must be a whole number");
  }

  /** An object; null if it is not there. */
  public @Nullable JsonFields object(String member) {
    Object value = json.getValue(member);
    if (value == null) {
      return null;
    }
    return value instanceof JsonObject object
        ? new JsonFields(object, name(member) + ".", mistakes)
        : wrong(member, "must be an object");
  }

  /** An object with members of the application's own; null if it is not there. */
  public @Nullable JsonObject free(String member) {
    Object value = json.getValue(member);
    if (value == null) {
      return null;
    }
    return value instanceof JsonObject object ? object : wrong(member, "must be an object");
  }

  /** Texts by names of the application's own, in their order; empty if there are none. */
  public Map<String, String> texts(String member) {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonObject object = free(member);
    if (object != null) {
      object.forEach(
          each -> {
            if (each.getValue() instanceof String text) {
              texts.put(each.getKey(), text);
            } else {
              mistakes.add(name(member) + "." + each.getKey(), "must be a text");
            }
          });
    }
    return texts;
  }

  /** A list of objects; empty if it is not there. */
  public List<JsonFields> objects(String member) {
    List<JsonFields> objects = new ArrayList<>();
    JsonArray array = array(member);
    for (int i = 0; i < array.size(); i++) {
      String at = name(member) + "." + i;
      if (array.getValue(i) instanceof JsonObject object) {
        objects.add(new JsonFields(object, at + ".", mistakes));
      } else {
        mistakes.add(at, "must be an object");
      }
    }
    return objects;
  }

  /** A list of texts; empty if it is not there. */
  public List<String> list(String member) {
    List<String> texts = new ArrayList<>();
    JsonArray array = array(member);
    for (int i = 0; i < array.size(); i++) {
      if (array.getValue(i) instanceof String text) {
        texts.add(text);
      } else {
        mistakes.add(name(member) + "." + i, "must be a text");
      }
    }
    return texts;
  }

  private JsonArray array(String member) {
    Object value = json.getValue(member);
    if (value != null && !(value instanceof JsonArray)) {
      mistakes.add(name(member), "must be a list");
    }
    return value instanceof JsonArray array ? array : new JsonArray();
  }

  // It is always null, of whatever type the caller has.
  @SuppressWarnings("TypeParameterUnusedInFormals")
  private <T> @Nullable T wrong(String member, String detail) {
    mistakes.add(name(member), detail);
    return null;
  }
}
