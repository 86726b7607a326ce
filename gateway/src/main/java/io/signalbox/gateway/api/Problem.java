package io.signalbox.gateway.api;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.NobodyListensException;
import io.signalbox.gateway.bus.NothingDoneException;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.degradation.Notice;
import io.signalbox.gateway.failure.ErrorContext;
import io.signalbox.gateway.failure.ErrorLine;
import io.signalbox.gateway.failure.ErrorProblem;
import io.signalbox.gateway.failure.OperationException;
import io.signalbox.gateway.failure.ProviderError;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.notification.FieldProblem;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers of RFC 9457. What went wrong inside is logged and never told. */
final class Problem {
  static final String MEDIA_TYPE = "application/problem+json";

  private static final Logger LOG = LoggerFactory.getLogger(Problem.class);
  private static final String RETRY_AFTER_SECONDS = "2";
  private static final ErrorContext REQUEST = new ErrorContext("request", null);

  private Problem() {}

  static void send(RoutingContext ctx, int status, String detail) {
    send(ctx, status, detail, List.of());
  }

  static void send(RoutingContext ctx, int status, String detail, List<FieldProblem> errors) {
    send(ctx, json(status, detail, errors), null);
  }

  /** Sends a problem of a type that its status alone does not say. */
  static void send(RoutingContext ctx, ProblemType type, String detail) {
    send(ctx, json(type, detail), null);
  }

  static void send(RoutingContext ctx, JsonObject body, @Nullable Notice notice) {
    HttpServerResponse response = ctx.response();
    if (response.ended()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    int status = body.getInteger("status");
    body.put("correlation_id", Correlation.id(ctx));
    if (status == 503) {
      if (notice != null) {
        body.put("notice", notice.text());
      }
      if (!response.headers().contains(HttpHeaders.RETRY_AFTER)) {
        response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
      }
    }
    if (CompatAnswers.refuse(ctx, body)) {
      return;
    }
    response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
    Answers.end(ctx, body.toBuffer());
  }

  /** Answers a failure: refusals as they are, all else as 500. */
  static void send(RoutingContext ctx, Throwable failure) {
    send(ctx, failure, null);
  }

  /**
   * Answers a failure.
   *
   * @param notice what a 503 says to people; null for nothing
   */
  static void send(RoutingContext ctx, Throwable failure, @Nullable Notice notice) {
    if (isBeforeTheAct(failure)) {
      Answers.nothingDone(ctx);
    }
    if (failure instanceof GatewayException refusal && refusal.isAnswer()) {
      send(ctx, json(refusal), notice);
    } else if (failure instanceof RefusedException refused) {
      CompatAnswers.refuse(ctx, refused.refusal());
    } else if (failure instanceof InvalidBodyException invalid) {
      send(ctx, invalid.status(), String.valueOf(invalid.getMessage()), invalid.problems());
    } else if (failure instanceof OperationException operation) {
      ErrorLine.of(operation.error()).write(LOG);
      send(ctx, ErrorProblem.of(operation.error()), notice);
    } else if (failure instanceof LedgerUnavailableException unavailable) {
      if (unavailable.isPartly()) {
        send(
            ctx,
            json(503, unavailable.getMessage() + "; look before you repeat it", List.of()),
            notice);
      } else {
        // The ledger complains itself, not once a request.
        send(ctx, ErrorProblem.of(unavailable.error(Correlation.id(ctx), REQUEST)), notice);
      }
    } else if (failure instanceof HttpException refusal && refusal.getStatusCode() < 500) {
      send(ctx, refusal.getStatusCode(), title(refusal.getStatusCode()));
    } else if (failure instanceof HttpClosedException || failure instanceof StreamResetException) {
      gone(ctx);
      LOG.debug("a client of {} went away: {}", route(ctx), failure.toString());
    } else {
      LOG.atError()
          .addKeyValue("correlation_id", Correlation.id(ctx))
          .setCause(failure)
          .log("a request to {} failed", route(ctx));
      send(ctx, 500, "an internal error; the log has it under the correlation id");
    }
  }

  /** Sends what an error looks like to whoever asked. */
  static void send(RoutingContext ctx, ErrorProblem problem, @Nullable Notice notice) {
    JsonObject body = json(ProblemType.of(problem.type()).orElseThrow(), problem.detail());
    problem.members().forEach(body::put);
    if (!problem.fields().isEmpty()) {
      body.put("errors", errors(problem.fields()));
    }
    Duration after = problem.retryAfter();
    if (after != null) {
      ctx.response().putHeader(HttpHeaders.RETRY_AFTER, seconds(after));
    }
    send(ctx, body, notice);
  }

  /** Whole seconds, rounded up; at least one. */
  private static String seconds(Duration span) {
    return String.valueOf(Math.max(1, span.plusMillis(999).toSeconds()));
  }

  /** What a request is for, in the log: its path may name a recipient. */
  private static String route(RoutingContext ctx) {
    Route route = ctx.currentRoute();
    String path = route == null ? null : route.getPath();
    return ctx.request().method() + " " + (path == null ? "a path of no route" : path);
  }

  /** Whether a failure says for sure that nothing was done. */
  private static boolean isBeforeTheAct(Throwable failure) {
    return failure instanceof NothingDoneException
        || failure instanceof NobodyListensException
        || (failure instanceof OperationException operation
            && operation.error() instanceof ProviderError error
            && error.retryable())
        || (failure instanceof LedgerUnavailableException ledger && ledger.isBusy());
  }

  /** Nothing is done with a body that has not come to its end. */
  private static void gone(RoutingContext ctx) {
    AnswerKeeper keeper = ctx.remove(Idempotency.KEPT);
    if (keeper != null && !ctx.request().isEnded()) {
      keeper.giveBack();
    }
  }

  static JsonObject json(int status, String detail, List<FieldProblem> errors) {
    JsonObject body =
        ProblemType.of(status)
            .map(type -> json(type, detail))
            .orElseGet(() -> json("about:blank", title(status), status, detail));
    if (!errors.isEmpty()) {
      body.put("errors", errors(errors));
    }
    return body;
  }

  static JsonObject json(ProblemType type, String detail) {
    return json(type.uri(), type.title(), type.status(), detail);
  }

  private static JsonObject json(GatewayException refusal) {
    String detail = String.valueOf(refusal.getMessage());
    String kind = refusal.kind();
    return kind == null
        ? json(refusal.status(), detail, List.of())
        : json(ProblemType.of(kind).orElseThrow(), detail);
  }

  private static JsonObject json(String type, String title, int status, String detail) {
    return new JsonObject()
        .put("type", type)
        .put("title", title)
        .put("status", status)
        .put("detail", detail);
  }

  static JsonArray errors(List<FieldProblem> errors) {
    JsonArray list = new JsonArray();
    for (FieldProblem error : errors) {
      list.add(new JsonObject().put("pointer", error.pointer()).put("detail", error.detail()));
    }
    return list;
  }

  private static String title(int status) {
    return HttpResponseStatus.valueOf(status).reasonPhrase();
  }
}
