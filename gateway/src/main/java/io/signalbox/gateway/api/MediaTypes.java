package io.signalbox.gateway.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/** What a body says that it is. */
final class MediaTypes {
  static final String JSON = "application/json";
  static final String NDJSON = "application/x-ndjson";

  private MediaTypes() {}

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
