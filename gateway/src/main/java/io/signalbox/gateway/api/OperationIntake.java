package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.operation.NewOperation;
import io.signalbox.gateway.operation.Operations;
import io.signalbox.gateway.operation.Operations.Submitted;
import io.signalbox.gateway.quota.QuotaGrant;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/**
 * Hands operations in within the quotas of their callers, where each counts as a notification does.
 * What was handed in before, and what ends with nothing done while the caller waits, costs nothing.
 */
final class OperationIntake {
  private OperationIntake() {}

  /**
   * As {@link Operations#submit}; fails with a {@link GatewayException} of status 429 if a quota is
   * used up, and nothing is known of the key.
   */
  static Future<Submitted> submit(
      ApiServices services,
      RoutingContext ctx,
      Caller caller,
      Operations operations,
      NewOperation wish) {
    return services
        .quotas()
        .take(caller.tenant(), caller.allowance(), 1)
        .compose(
            grant ->
                grant.count() == 0 ? repeated(operations, wish) : submit(operations, wish, grant))
        .onComplete(done -> QuotaHeaders.put(ctx, services, caller, done.cause()));
  }

  private static Future<Submitted> repeated(Operations operations, NewOperation wish) {
    return operations
        .repeated(wish)
        .compose(
            known ->
                known
                    .map(Future::succeededFuture)
                    .orElseGet(
                        () ->
                            Future.failedFuture(
                                new GatewayException(
                                    429,
                                    ProblemType.QUOTA_EXCEEDED.slug(),
                                    "the quota is used up; GET /api/v1/quotas says which, and"
                                        + " until when"))));
  }

  private static Future<Submitted> submit(
      Operations operations, NewOperation wish, QuotaGrant grant) {
    return operations
        .submit(wish)
        .onComplete(
            submitted -> {
              var problem = submitted.operation().problem();
              if (submitted.repeated() || (problem != null && problem.kind().isRetryable())) {
                grant.giveBack(1);
              }
            },
            failure -> grant.giveBack(1));
  }
}
