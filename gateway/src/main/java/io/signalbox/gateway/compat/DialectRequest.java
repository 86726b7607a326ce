package io.signalbox.gateway.compat;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in.
 *
 * @param path its parts that the call's path names, decoded
 * @param query decoded
 * @param headers case-insensitive
 * @param body as sent
 * @param now when it came
 */
public record DialectRequest(
    Map<String, String> path, MultiMap query, MultiMap headers, Buffer body, Instant now) {
  /** Copies the map. */
  public DialectRequest {
    path = Map.copyOf(path);
  }

  /** A header's value; null if it is not there. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** The media type without its parameters, in lower case; empty if none is given. */
  public String mediaType() {
    String given = headers.get("content-type");
    if (given == null) {
      return "";
    }
    int end = given.indexOf(';');
    return (end < 0 ? given : given.substring(0, end)).trim().toLowerCase(Locale.ROOT);
  }

  /**
   * For calls whose fields stand in the body alone.
   *
   * @param known what may stand in the query all the same
   * @throws RefusedException if anything else does: it would be dropped without a word
   */
  public void refuseQuery(String... known) {
    Mistakes mistakes = new Mistakes();
    Set<String> allowed = Set.of(known);
    for (String name : query.names()) {
      if (!allowed.contains(name)) {
        mistakes.add(name, "must not stand in the query: fields stand in the body");
      }
    }
    mistakes.check();
  }

  /** Nothing of it: recipients and credentials are in it. */
  @Override
  public String toString() {
    return "DialectRequest[masked]";
  }
}
