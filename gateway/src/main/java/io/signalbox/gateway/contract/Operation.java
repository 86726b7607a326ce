package io.signalbox.gateway.contract;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A call of the document.
 *
 * @param id its {@code operationId}
 * @param method of HTTP, in upper case
 * @param template its path, with parameters in braces
 * @param parameters in its path, query and headers
 * @param bodies the schemas of what may be sent, by media type; empty if nothing is read
 * @param maxBytes how long a body may be
 * @param produced the media types of its answers
 * @param keyed whether it takes an {@code Idempotency-Key}
 */
public record Operation(
    String id,
    String method,
    String template,
    List<Parameter> parameters,
    Map<String, JsonObject> bodies,
    int maxBytes,
    Set<String> produced,
    boolean keyed) {

  /** Copies the collections. */
  public Operation {
    parameters = List.copyOf(parameters);
    bodies = Map.copyOf(bodies);
    produced = Set.copyOf(produced);
  }

  /**
   * A parameter.
   *
   * @param place {@code path}, {@code query} or {@code header}
   * @param schema of its value
   */
  public record Parameter(String name, String place, boolean required, JsonObject schema) {}
}
