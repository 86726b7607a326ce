package io.signalbox.simulator.core;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * A request as a simulated API sees it, read whole.
 *
 * @param path without the query
 * @param query as sent, undecoded; null if there is none
 */
public record ApiRequest(
    HttpMethod method, String path, @Nullable String query, MultiMap headers, Buffer body) {

  /** The value of a header, or null. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** Whether the body's media type is the given one, whatever its parameters. */
  public boolean hasContentType(String mediaType) {
    String value = header("content-type");
    return value != null
        && value.regionMatches(true, 0, mediaType, 0, mediaType.length())
        && (value.length() == mediaType.length()
            || value.charAt(mediaType.length()) == ';'
            || value.charAt(mediaType.length()) == ' ');
  }

  /** The token of {@code Authorization: Bearer}, or null. */
  public @Nullable String bearerToken() {
    return authorization("Bearer ");
  }

  /** What follows a scheme such as {@code "Basic "} in the Authorization header, or null. */
  public @Nullable String authorization(String scheme) {
    String value = header("authorization");
    return value != null && value.regionMatches(true, 0, scheme, 0, scheme.length())
        ? value.substring(scheme.length()).trim()
        : null;
  }

  @Override
  public String toString() {
    return "ApiRequest[" + method + ", " + body.length() + " bytes]";
  }
}
