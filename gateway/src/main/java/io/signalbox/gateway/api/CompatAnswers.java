package io.signalbox.gateway.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.signalbox.gateway.compat.Dialect;
import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.Refusal.Mistake;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers in the form of another provider's API, refusals among them. */
final class CompatAnswers {
  private static final String DIALECT = "signalbox.dialect";
  private static final String CALL = "signalbox.dialect.call";

  private CompatAnswers() {}

  /** Whatever this request is refused for is told in this form. */
  static void speak(RoutingContext ctx, Dialect dialect) {
    ctx.put(DIALECT, dialect);
  }

  /** It is known which call this request makes. */
  static void speak(RoutingContext ctx, DialectCall call) {
    ctx.put(CALL, call);
  }

  /** Sends an answer. */
  static void send(RoutingContext ctx, DialectAnswer answer) {
    HttpServerResponse response = ctx.response().setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    if (!answer.contentType().isEmpty()) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
    }
    Answers.end(ctx, answer.body());
  }

  /** Refuses a request of a dialect. */
  static void refuse(RoutingContext ctx, Refusal refusal) {
    Dialect dialect = ctx.get(DIALECT);
    if (dialect == null) {
      throw new IllegalStateException("only requests of a dialect are refused so");
    }
    if (!ctx.response().ended() && !ctx.response().headWritten()) {
      send(ctx, told(ctx, dialect, refusal));
    }
  }

  /**
   * Tells a problem in the form of the request's dialect.
   *
   * @return whether it has one; if not, nothing was sent
   */
  static boolean refuse(RoutingContext ctx, JsonObject problem) {
    @Nullable Dialect dialect = ctx.get(DIALECT);
    if (dialect == null) {
      return false;
    }
    send(ctx, told(ctx, dialect, refusal(problem, ctx.response())));
    return true;
  }

  private static DialectAnswer told(RoutingContext ctx, Dialect dialect, Refusal refusal) {
    @Nullable DialectCall call = ctx.get(CALL);
    return (call == null ? Optional.<DialectAnswer>empty() : call.refuse(refusal))
        .orElseGet(() -> dialect.refuse(refusal));
  }

  private static Refusal refusal(JsonObject problem, HttpServerResponse response) {
    List<Mistake> mistakes = new ArrayList<>();
    JsonArray errors = problem.getJsonArray("errors", new JsonArray());
    for (int i = 0; i < errors.size(); i++) {
      JsonObject error = errors.getJsonObject(i);
      mistakes.add(new Mistake(error.getString("pointer"), error.getString("detail")));
    }
    return new Refusal(
        problem.getInteger("status"),
        kind(problem, response),
        problem.getString("detail", ""),
        mistakes,
        seconds(response.headers().get(HttpHeaders.RETRY_AFTER)));
  }

  private static Refusal.Kind kind(JsonObject problem, HttpServerResponse response) {
    String type = problem.getString("type");
    if (type.equals(ProblemType.IDEMPOTENCY_KEY_REUSED.uri())) {
      return Refusal.Kind.KEY_REUSED;
    }
    if (type.equals(ProblemType.QUOTA_EXCEEDED.uri())) {
      return Refusal.Kind.QUOTA;
    }
    String challenge = response.headers().get(HttpHeaderNames.WWW_AUTHENTICATE);
    return challenge == null || challenge.contains("error=")
        ? Refusal.Kind.PLAIN
        : Refusal.Kind.NO_CREDENTIAL;
  }

  private static long seconds(@Nullable String retryAfter) {
    return retryAfter == null || !retryAfter.chars().allMatch(Character::isDigit)
        ? 0
        : Long.parseLong(retryAfter);
  }
}
