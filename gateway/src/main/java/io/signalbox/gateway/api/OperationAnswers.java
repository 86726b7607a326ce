package io.signalbox.gateway.api;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationProblem;
import io.signalbox.gateway.operation.Operations.OtherRequestException;
import io.signalbox.gateway.operation.Operations.Submitted;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Function;

/** What whoever asked for an operation is answered. */
final class OperationAnswers {
  private static final CharSequence REPLAYED = HttpHeaders.createOptimized("idempotency-replayed");
  private static final String POLL_SECONDS = "1";

  private OperationAnswers() {}

  /**
   * Answers when the end came or the wait is over: 201 with the result, 202 where to look for it,
   * or the problem.
   *
   * @param path below which the operation is found by its id
   * @param write its JSON
   */
  static void submitted(
      RoutingContext ctx, Submitted submitted, String path, Function<Operation, JsonObject> write) {
    Operation operation = submitted.operation();
    if (submitted.repeated()) {
      ctx.response().putHeader(REPLAYED, "true");
    }
    if (operation.problem() != null) {
      failed(ctx, operation, operation.problem());
      return;
    }
    ctx.response().putHeader(HttpHeaders.LOCATION, path + "/" + operation.id());
    switch (operation.state()) {
      case CONFIRMED -> Answers.json(ctx, 201, write.apply(operation));
      case CANCELLED -> {
        JsonObject problem = Problem.json(ProblemType.CONFLICT, "it was called back");
        Problem.send(ctx, problem.put("operation_id", operation.id().toString()), null);
      }
      default -> {
        ctx.response().putHeader(HttpHeaders.RETRY_AFTER, POLL_SECONDS);
        Answers.json(ctx, 202, write.apply(operation));
      }
    }
  }

  /** Answers a failure to submit. */
  static void refused(RoutingContext ctx, Throwable failure) {
    if (failure instanceof OtherRequestException) {
      Problem.send(
          ctx,
          ProblemType.IDEMPOTENCY_KEY_REUSED,
          "this Idempotency-Key was used with another request");
    } else {
      Problem.send(ctx, failure);
    }
  }

  private static void failed(RoutingContext ctx, Operation operation, OperationProblem problem) {
    JsonObject body = Problem.json(type(problem), problem.detail());
    body.put("operation_id", operation.id().toString())
        .put("retryable", problem.kind().isRetryable());
    OperationView.explain(body, operation);
    if (problem.retryAfterMillis() > 0) {
      long seconds = Duration.ofMillis(problem.retryAfterMillis() + 999).toSeconds();
      ctx.response().putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, seconds)));
    }
    Problem.send(ctx, body, null);
  }

  private static ProblemType type(OperationProblem problem) {
    return switch (problem.kind()) {
      case UNSERVED -> ProblemType.OUT_OF_STOCK;
      case UNAVAILABLE -> ProblemType.PROVIDER_UNAVAILABLE;
      case REJECTED -> ProblemType.REFUSED_BY_PROVIDER;
      case SLOT_TAKEN -> ProblemType.SLOT_TAKEN;
      case EXHAUSTED -> ProblemType.PROVIDER_FAILED;
      case OUTCOME_UNKNOWN -> ProblemType.OUTCOME_UNKNOWN;
    };
  }
}
