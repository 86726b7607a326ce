package io.signalbox.gateway.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a body says that it is. */
final class MediaTypes {
  static final String JSON = "application/json";
  static final String NDJSON = "application/x-ndjson";

  private MediaTypes() {}

  /**
   * Whether a header {@code Accept} allows one of some types. An absent one allows all.
   *
   * @param types none: nothing is said of what is answered, and all is allowed
   */
  static boolean accepts(@Nullable String header, Set<String> types) {
    if (header == null || header.isBlank() || types.isEmpty()) {
      return true;
    }
    for (String range : header.split(",", -1)) {
      String[] parts = range.toLowerCase(Locale.ROOT).replace(" ", "").split(";", -1);
      boolean refused = Stream.of(parts).anyMatch(part -> part.matches("q=0(\\.0*)?"));
      if (!refused && types.stream().anyMatch(type -> covers(parts[0], type))) {
        return true;
      }
    }
    return false;
  }

  private static boolean covers(String range, String type) {
    return range.equals("*/*")
        || range.equals(type)
        || (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1)));
  }

  /** Whether the request's body is of that type, in UTF-8. */
  static boolean is(HttpServerRequest request, String type) {
    String given = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (given == null) {
      return false;
    }
    if (given.equals(type)) {
      return true;
    }
    int end = given.indexOf(';');
    String name = end < 0 ? given : given.substring(0, end);
    if (!name.trim().equalsIgnoreCase(type)) {
      return false;
    }
    int charset = given.toLowerCase(Locale.ROOT).indexOf("charset=");
    return charset < 0
        || given.regionMatches(true, charset + 8, "utf-8", 0, 5)
        || given.regionMatches(true, charset + 8, "\"utf-8\"", 0, 7);
  }
}
