package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body of a request that is not on the hot path. It is received before the route is asked;
 * no body is an empty object.
 */
final class JsonBody {
  /** What is answered to all else. */
  static final String RULE = "the body must be a JSON object";

  private static final String BYTES = "signalbox.body";
  private static final String VALUE = "signalbox.json";

  private JsonBody() {}

  /**
   * Receives a body, which is held until the request is answered.
   *
   * @param maxBytes how many it may have
   * @param budget what all of them may have together
   * @return fails with a {@link GatewayException} of status 413 or 503
   */
  static Future<Buffer> receive(RoutingContext ctx, int maxBytes, BodyBudget budget) {
    BodyBudget.Share share = budget.open();
    ctx.addEndHandler(ended -> share.giveBack());
    return BoundedBody.read(ctx.request(), maxBytes, share::take)
        .onSuccess(body -> ctx.put(BYTES, body));
  }

  /** What was received, as it came. */
  static Buffer bytes(RoutingContext ctx) {
    Buffer body = ctx.get(BYTES);
    return body == null ? Buffer.buffer() : body;
  }

  /**
   * What was received.
   *
   * @throws GatewayException of status 400 if it is no JSON
   */
  static @Nullable Object value(RoutingContext ctx) {
    Object known = ctx.get(VALUE);
    if (known != null) {
      return known;
    }
    Buffer body = bytes(ctx);
    Object value;
    try {
      value = body.length() == 0 ? new JsonObject() : Json.decodeValue(body);
    } catch (DecodeException e) {
      throw new GatewayException(400, RULE);
    }
    ctx.put(VALUE, value);
    return value;
  }

  /** The object that was received; fails with a {@link GatewayException} of status 413 or 400. */
  static Future<JsonObject> read(RoutingContext ctx, int maxBytes) {
    if (bytes(ctx).length() > maxBytes) {
      return Future.failedFuture(
          new GatewayException(413, "the body has more than " + maxBytes + " bytes"));
    }
    try {
      return value(ctx) instanceof JsonObject object
          ? Future.succeededFuture(object)
          : Future.failedFuture(new GatewayException(400, RULE));
    } catch (GatewayException e) {
      return Future.failedFuture(e);
    }
  }
}
