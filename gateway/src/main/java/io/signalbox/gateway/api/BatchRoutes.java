package io.signalbox.gateway.api;

import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code POST /api/v1/notifications/batch}: an array, or a stream of lines. */
final class BatchRoutes {
  static final int MAX_ARRAY_BYTES = 16 << 20;

  private final ApiServices services;
  private final BodyBudget budget;
  private final BodyBudget filled;

  /**
   * Makes them.
   *
   * @param budget for arrays as they come
   * @param filled for what templates make of items
   */
  BatchRoutes(ApiServices services, BodyBudget budget, BodyBudget filled) {
    this.services = services;
    this.budget = budget;
    this.filled = filled;
  }

  void mount(Router router, Gate gate) {
    router
        .post(SendRoutes.NOTIFICATIONS + "/batch")
        .handler(gate.stream(Access.BATCH, (ctx, caller) -> batch(ctx, caller, gate)));
    router.route(SendRoutes.NOTIFICATIONS + "/batch").handler(Answers.only(HttpMethod.POST));
  }

  private void batch(RoutingContext ctx, Caller caller, Gate gate) {
    String key = Idempotency.key(ctx);
    BatchIntake intake =
        new BatchIntake(services, filled, caller, key.isEmpty() ? null : key, Correlation.of(ctx));
    if (MediaTypes.is(ctx.request(), MediaTypes.NDJSON)) {
      LineSplitter lines = new LineSplitter(NotificationParser.MAX_BYTES);
      new BatchStream(ctx, intake, lines, () -> gate.again(ctx, Access.BATCH, caller)).start();
    } else if (MediaTypes.is(ctx.request(), MediaTypes.JSON)) {
      BodyBudget.Share share = budget.open();
      BoundedBody.read(ctx.request(), MAX_ARRAY_BYTES, share::take)
          .compose(body -> intake.take(items(body)))
          .onComplete(done -> share.giveBack())
          .onComplete(done -> QuotaHeaders.put(ctx, services, caller, done.cause()))
          .onComplete(
              results -> Answers.json(ctx, 202, summary(results)),
              failure -> Problem.send(ctx, failure, services.degradation().refusal()));
    } else {
      Problem.send(ctx, 415, "the body must be application/json or application/x-ndjson in UTF-8");
    }
  }

  private List<Buffer> items(Buffer body) {
    return BatchArray.cut(body, services.config().intake().batchLimit());
  }

  private static JsonObject summary(List<JsonObject> results) {
    long accepted = results.stream().filter(r -> r.getInteger("status") == 202).count();
    return new JsonObject()
        .put("accepted", accepted)
        .put("refused", results.size() - accepted)
        .put("results", new JsonArray(results));
  }
}
