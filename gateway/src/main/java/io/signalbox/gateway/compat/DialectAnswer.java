package io.signalbox.gateway.compat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param contentType empty for an answer without a body
 */
public record DialectAnswer(
    int status, Map<String, String> headers, String contentType, Buffer body) {
  private static final String JSON = "application/json";

  /** Copies the headers. */
  public DialectAnswer {
    headers = Map.copyOf(headers);
  }

  /** A JSON object. */
  public static DialectAnswer json(int status, JsonObject body) {
    return new DialectAnswer(status, Map.of(), JSON, body.toBuffer());
  }

  /** A JSON array. */
  public static DialectAnswer json(int status, JsonArray body) {
    return new DialectAnswer(status, Map.of(), JSON, body.toBuffer());
  }

  /** No body. */
  public static DialectAnswer empty(int status) {
    return new DialectAnswer(status, Map.of(), "", Buffer.buffer());
  }

  /** The same with one more header. */
  public DialectAnswer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new DialectAnswer(status, more, contentType, body);
  }

  /** The same, saying when to try again if a refusal knows it. */
  public DialectAnswer retryAfter(Refusal refusal) {
    return refusal.retryAfterSeconds() == 0
        ? this
        : with("retry-after", Long.toString(refusal.retryAfterSeconds()));
  }
}
