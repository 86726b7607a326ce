package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /api/v1/suppressions}: who gets nothing more over a channel. Entries are named by their
 * ids, because proxies keep paths in their logs; a search for a recipient can be posted.
 */
final class SuppressionRoutes {
  private static final String PATH = "/api/v1/suppressions";
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final ApiServices services;

  SuppressionRoutes(ApiServices services) {
    this.services = services;
  }

  void mount(Router router, Gate gate) {
    router.get(PATH).handler(gate.allow(Access.SUPPRESSIONS_READ, this::list));
    router.post(PATH).handler(gate.allow(Access.SUPPRESSIONS_CHANGE, this::add));
    router.post(PATH + "/search").handler(gate.allow(Access.SUPPRESSIONS_READ, this::search));
    router.delete(PATH + "/:id").handler(gate.allow(Access.SUPPRESSIONS_CHANGE, this::remove));
  }

  private void list(RoutingContext ctx, Caller caller) {
    answer(ctx, page(SuppressionQuery.read(caller.tenant(), NamedTexts.of(ctx.queryParams()))));
  }

  private void search(RoutingContext ctx, Caller caller) {
    answer(
        ctx,
        JsonBody.read(ctx, MAX_BODY_BYTES)
            .compose(body -> page(SuppressionQuery.read(caller.tenant(), NamedTexts.of(body)))));
  }

  private Future<JsonObject> page(SuppressionQuery query) {
    return services
        .suppressions()
        .suppressions(query.filter(), query.before(), query.limit())
        .map(entries -> SuppressionJson.page(entries, query.limit()));
  }

  private void add(RoutingContext ctx, Caller caller) {
    JsonBody.read(ctx, MAX_BODY_BYTES)
        .onComplete(
            body -> add(ctx, caller, new SuppressionWishes(caller).read(body)),
            failure -> Problem.send(ctx, failure));
  }

  private void add(RoutingContext ctx, Caller caller, SuppressionWishes read) {
    if (!read.problems().isEmpty()) {
      Problem.send(ctx, 422, "the suppressions have mistakes", read.problems());
      return;
    }
    services
        .suppressions()
        .by(Origin.act(ctx, caller, services.clock(), "suppression.add"))
        .suppress(read.wishes(), services.clock().millis())
        .map(SuppressionJson::added)
        .onComplete(
            added -> Answers.json(ctx, 200, added, SuppressionJson.kept(added)),
            failure -> Problem.send(ctx, failure));
  }

  private void remove(RoutingContext ctx, Caller caller) {
    String id = Answers.pathParam(ctx, "id");
    answer(
        ctx,
        services
            .suppressions()
            .by(Origin.act(ctx, caller, services.clock(), "suppression.remove"))
            .unsuppress(caller.tenant(), number(id), caller.actor(), services.clock().millis())
            .compose(
                removed ->
                    removed
                        ? Future.succeededFuture(
                            new JsonObject().put("id", id).put("removed", true))
                        : Future.failedFuture(
                            new GatewayException(404, "there is no suppression of that id"))));
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw new GatewayException(404, "there is no suppression of that id");
    }
  }

  private static void answer(RoutingContext ctx, Future<JsonObject> json) {
    json.onComplete(body -> Answers.json(ctx, 200, body), failure -> Problem.send(ctx, failure));
  }
}
