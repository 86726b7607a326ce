package io.signalbox.gateway.compat.hooks;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request that tells something.
 *
 * @param headers beside that of the media type
 */
public record HookRequest(String mediaType, Map<String, String> headers, Buffer body) {
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  /** Copies the headers. */
  public HookRequest {
    headers = Map.copyOf(headers);
  }

  static HookRequest json(JsonObject body) {
    return json(body.toBuffer());
  }

  static HookRequest json(Buffer body) {
    return new HookRequest(JSON, Map.of(), body);
  }

  static HookRequest form(Map<String, String> fields) {
    return new HookRequest(FORM, Map.of(), Buffer.buffer(FormText.of(fields)));
  }

  HookRequest with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HookRequest(mediaType, more, body);
  }

  /** Nothing of it: recipients are in it. */
  @Override
  public String toString() {
    return "HookRequest[masked]";
  }
}
