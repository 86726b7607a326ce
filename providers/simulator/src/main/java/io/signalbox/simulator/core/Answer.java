package io.signalbox.simulator.core;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a simulated API answers.
 *
 * @param headers all headers but Content-Length
 */
public record Answer(int status, Map<String, String> headers, Buffer body) {
  private static final Map<String, String> JSON =
      Map.of("Content-Type", "application/json; charset=utf-8");

  /** An answer with a JSON body. */
  public static Answer json(int status, JsonObject body) {
    return new Answer(status, JSON, body.toBuffer());
  }

  /** An answer without a body. */
  public static Answer empty(int status) {
    return new Answer(status, Map.of(), Buffer.buffer());
  }

  /** The same with one header more. */
  public Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }
}
