package io.signalbox.gateway.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers; that a client has gone meanwhile is not an error of ours. */
final class Answers {
  static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  /** A part of the path that the route's pattern names. */
  static String pathParam(RoutingContext ctx, String name) {
    String value = ctx.pathParam(name);
    return value == null ? "" : value;
  }

  /** A handler for what is left on paths that know these methods only. */
  static Handler<RoutingContext> only(HttpMethod... methods) {
    String allowed = Stream.of(methods).map(HttpMethod::name).collect(Collectors.joining(", "));
    return ctx -> {
      ctx.response().putHeader(HttpHeaderNames.ALLOW, allowed);
      Problem.send(ctx, 405, "this path has no such method");
    };
  }

  static void json(RoutingContext ctx, int status, JsonObject body) {
    end(
        ctx.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON),
        body.toBuffer());
  }

  static void end(HttpServerResponse response, Buffer body) {
    response
        .end(body)
        .onFailure(failure -> LOG.debug("an answer was not taken: {}", failure.toString()));
  }
}
