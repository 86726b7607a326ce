package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Reads the JSON object of a request that is not on the hot path; no body is an empty object. */
final class JsonBody {
  private JsonBody() {}

  /** Fails with a {@link GatewayException} of status 413 or 400. */
  static Future<JsonObject> read(HttpServerRequest request, int maxBytes) {
    return BoundedBody.read(request, maxBytes).map(JsonBody::object);
  }

  private static JsonObject object(Buffer body) {
    if (body.length() == 0) {
      return new JsonObject();
    }
    try {
      return new JsonObject(body);
    } catch (DecodeException | ClassCastException e) {
      throw new GatewayException(400, "the body must be a JSON object");
    }
  }
}
