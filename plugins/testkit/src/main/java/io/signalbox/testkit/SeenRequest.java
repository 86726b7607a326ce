package io.signalbox.testkit;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A request as the fake server saw it.
 *
 * @param method such as {@code POST}
 * @param path without the query
 * @param query empty if there was none
 * @param headers names are compared without regard to case
 * @param body the raw bytes
 */
public record SeenRequest(String method, String path, String query, MultiMap headers, Buffer body) {

  /** The first header of that name, or null. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** The body as JSON. */
  public JsonObject json() {
    return body.toJsonObject();
  }

  /** The body as text. */
  public String text() {
    return body.toString();
  }
}
