package io.signalbox.gateway.compat;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form, in the order in which they came. Immutable.
 *
 * @param values of each name, at least one
 * @param files of forms of several parts
 */
public record FormFields(Map<String, List<String>> values, List<File> files) {
  /** A form of more fields is nobody's. */
  private static final int MOST_FIELDS = 2_000;

  private static final String URL_ENCODED = "application/x-www-form-urlencoded";
  private static final String MULTIPART = "multipart/form-data";

  /** Copies the collections. */
  public FormFields {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    values.forEach((name, all) -> copy.put(name, List.copyOf(all)));
    values = Collections.unmodifiableMap(copy);
    files = List.copyOf(files);
  }

  /**
   * A file in a form of several parts.
   *
   * @param name of the field
   * @param mediaType as the part says it; empty if it does not
   */
  public record File(String name, String filename, String mediaType, Buffer content) {}

  /** Whether a request's body is a form, by its media type. */
  public static boolean isForm(DialectRequest request) {
    String type = request.mediaType();
    return type.equals(URL_ENCODED) || type.equals(MULTIPART);
  }

  /**
   * The fields of a request's body.
   *
   * @throws RefusedException 415 if it is no form, 400 if it is not well formed
   */
  public static FormFields of(DialectRequest request) {
    return switch (request.mediaType()) {
      case URL_ENCODED -> urlEncoded(request.body().toString(StandardCharsets.UTF_8));
      case MULTIPART -> multipart(request);
      default ->
          throw new RefusedException(
              new Refusal(415, "the body must be " + URL_ENCODED + " or " + MULTIPART));
    };
  }

  /** The fields of a query. */
  public static FormFields of(MultiMap query) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    query.forEach(
        each -> values.computeIfAbsent(each.getKey(), n -> new ArrayList<>()).add(each.getValue()));
    return new FormFields(values, List.of());
  }

  /**
   * The fields of a query and of a body together. What stands twice is a mistake: one of both would
   * be dropped without a word.
   *
   * @param body of the same request
   */
  public static JsonObject merged(MultiMap query, JsonObject body, Mistakes mistakes) {
    FormFields inQuery = of(query);
    JsonObject merged = inQuery.json();
    inQuery
        .values()
        .forEach(
            (name, all) -> {
              if (all.size() > 1) {
                mistakes.add(name, "must not stand in the query more than once");
              } else if (body.containsKey(name)) {
                mistakes.add(name, "must not stand in the query and in the body");
              }
            });
    return merged.mergeIn(body);
  }

  /** The names of all fields, files among them. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(values.keySet());
    files.forEach(file -> names.add(file.name()));
    return names;
  }

  /** The values of a field; empty if it is not there. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /**
   * The value of a field that can stand there once; null if it does not.
   *
   * @throws RefusedException if it stands there more often
   */
  public @Nullable String one(String name) {
    List<String> all = all(name);
    if (all.size() > 1) {
      throw RefusedException.of(name, "must not stand there more than once");
    }
    return all.isEmpty() ? null : all.get(0);
  }

  /** The fields as members of an object: a text, a list of several, an object for a file. */
  public JsonObject json() {
    JsonObject json = new JsonObject();
    values.forEach(
        (name, all) -> json.put(name, all.size() == 1 ? all.get(0) : new JsonArray(all)));
    files.forEach(file -> json.put(file.name(), new JsonObject().put("file", file.filename())));
    return json;
  }

  private static FormFields urlEncoded(String body) {
    try {
      // One more than is allowed: the rest would be left out without a word.
      Map<String, List<String>> values =
          new QueryStringDecoder(body, StandardCharsets.UTF_8, false, MOST_FIELDS + 1, true)
              .parameters();
      if (values.values().stream().mapToInt(List::size).sum() > MOST_FIELDS) {
        throw new RefusedException(new Refusal(400, "has more than " + MOST_FIELDS + " fields"));
      }
      return new FormFields(values, List.of());
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static FormFields multipart(DialectRequest request) {
    FormFields form =
        MultipartBody.read(String.valueOf(request.header("content-type")), request.body());
    if (form == null) {
      throw malformed();
    }
    return form;
  }

  private static RefusedException malformed() {
    return new RefusedException(new Refusal(400, "the form is not well formed"));
  }

  /** Nothing of it: recipients and credentials are in it. */
  @Override
  public String toString() {
    return "FormFields[masked]";
  }
}
