package io.signalbox.gateway.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers; that a client has gone meanwhile is not an error of ours. */
final class Answers {
  static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final int NOT_MODIFIED = 304;

  private Answers() {}

  /** A part of the path that the route's pattern names. */
  static String pathParam(RoutingContext ctx, String name) {
    String value = ctx.pathParam(name);
    return value == null ? "" : value;
  }

  /** A handler for what is left on paths that know these methods only. */
  static Handler<RoutingContext> only(HttpMethod... methods) {
    Set<String> names = Stream.of(methods).map(HttpMethod::name).collect(Collectors.toSet());
    return ctx -> otherMethod(ctx, names);
  }

  /**
   * Says which methods a path has; that is all that {@code OPTIONS} asks for. Where there is {@code
   * GET} there is {@code HEAD}.
   */
  static void otherMethod(RoutingContext ctx, Set<String> methods) {
    Set<String> all = new TreeSet<>(methods);
    if (methods.contains("GET")) {
      all.add("HEAD");
    }
    all.add("OPTIONS");
    ctx.response().putHeader(HttpHeaderNames.ALLOW, String.join(", ", all));
    if (ctx.request().method().equals(HttpMethod.OPTIONS)) {
      ctx.response().setStatusCode(204);
      end(ctx, Buffer.buffer());
    } else {
      Problem.send(ctx, 405, "this path has no such method");
    }
  }

  /** Goes on with a request; what is thrown is answered as a problem. */
  static void orProblem(RoutingContext ctx, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      Problem.send(ctx, e);
    }
  }

  static void json(RoutingContext ctx, int status, JsonObject body) {
    Buffer bytes = body.toBuffer();
    json(ctx, status, bytes, bytes);
  }

  /**
   * The same, of which not all is kept.
   *
   * @param kept what whoever repeats the request gets
   */
  static void json(RoutingContext ctx, int status, JsonObject body, JsonObject kept) {
    json(ctx, status, body.toBuffer(), kept.toBuffer());
  }

  private static void json(RoutingContext ctx, int status, Buffer body, Buffer kept) {
    ctx.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON);
    end(ctx, body, kept);
  }

  /**
   * An answer with a secret: no cache may keep it, and who repeats the request gets it without.
   *
   * @param secret the field that has it
   */
  static void secret(RoutingContext ctx, int status, JsonObject body, String secret) {
    ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    JsonObject kept = body.copy();
    kept.remove(secret);
    json(ctx, status, body, kept.put("withheld", secret));
  }

  static void end(RoutingContext ctx, Buffer body) {
    end(ctx, body, body);
  }

  private static void end(RoutingContext ctx, Buffer body, Buffer kept) {
    AnswerKeeper keeper = ctx.remove(Idempotency.KEPT);
    if (keeper == null) {
      write(ctx, body);
    } else {
      keeper.settle(ctx.response(), kept).onComplete(settled -> write(ctx, body));
    }
  }

  /** What is answered next is a failure that came before anything was done. */
  static void nothingDone(RoutingContext ctx) {
    AnswerKeeper keeper = ctx.get(Idempotency.KEPT);
    if (keeper != null) {
      keeper.nothingDone();
    }
  }

  private static void write(RoutingContext ctx, Buffer body) {
    HttpServerResponse response = ctx.response();
    Buffer sent = response.headWritten() ? body : Gzip.encode(ctx.request(), response, body);
    boolean head = ctx.request().method().equals(HttpMethod.HEAD);
    (head ? headersOf(response, sent) : response.end(sent))
        .onFailure(failure -> LOG.debug("an answer was not taken: {}", failure.toString()));
  }

  /** What {@code GET} would say of the body, and no body: over HTTP/2 it would be sent. */
  private static Future<Void> headersOf(HttpServerResponse response, Buffer body) {
    if (!response.headWritten() && response.getStatusCode() != NOT_MODIFIED) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
    }
    return response.end();
  }
}
