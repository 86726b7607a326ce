package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.BreakerLedger;
import io.signalbox.gateway.ledger.BreakerLedger.BreakerEvent;
import io.signalbox.gateway.ledger.BreakerLedger.BreakerTransition;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.text.NearestName;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code /api/v1/providers/{id}/breaker-events}: how a breaker moved, and what led to it. A
 * provider that is gone keeps its history.
 */
final class BreakerEventRoutes {
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;
  private static final Set<String> PARAMETERS = Set.of("after", "limit");

  private final BreakerLedger breakers;
  private final ProviderDirectory providers;

  BreakerEventRoutes(ApiServices services) {
    this.breakers = services.breakers();
    this.providers = services.providers();
  }

  void mount(Router router, Gate gate) {
    router
        .get("/api/v1/providers/:id/breaker-events")
        .handler(gate.allow(Access.PROVIDERS_READ, this::list));
  }

  private void list(RoutingContext ctx, Caller caller) {
    for (String name : ctx.queryParams().names()) {
      if (!PARAMETERS.contains(name)) {
        throw new GatewayException(
            422, name + " is not a known parameter" + NearestName.hint(name, PARAMETERS));
      }
    }
    String limitText = ctx.queryParams().get("limit");
    int limit = limitText == null ? PAGE : DeadLetterQuery.limit(limitText, LARGEST_PAGE);
    long after = PageQuery.after(ctx.queryParams().get("after"));
    String id = Answers.pathParam(ctx, "id");
    breakers
        .transitions(id, after, limit)
        .compose(
            events ->
                events.isEmpty() ? known(id).map(known -> events) : Future.succeededFuture(events))
        .onComplete(
            events -> Answers.json(ctx, 200, page(events, limit, namesActors(caller))),
            failure -> Problem.send(ctx, failure));
  }

  /** Fails with 404 if there neither is nor was such a provider: nothing to tell is no answer. */
  private Future<Void> known(String id) {
    if (providers.find(id).isPresent()) {
      return Future.succeededFuture();
    }
    return breakers
        .breakers()
        .compose(
            moved -> {
              Set<String> ids = new TreeSet<>();
              moved.forEach(last -> ids.add(last.provider()));
              providers.all().forEach(state -> ids.add(state.provider()));
              return ids.contains(id)
                  ? Future.succeededFuture()
                  : Future.failedFuture(
                      new GatewayException(
                          404, "there is no provider of that id" + NearestName.hint(id, ids)));
            });
  }

  /** Who may command a breaker may know who did; who only looks is told that somebody did. */
  private static boolean namesActors(Caller caller) {
    return Access.PROVIDERS_CONTROL.allows(caller);
  }

  private static JsonObject page(List<BreakerEvent> events, int limit, boolean actors) {
    JsonArray list = new JsonArray();
    events.forEach(event -> list.add(json(event.transition(), actors)));
    JsonObject page = new JsonObject().put("events", list);
    if (events.size() == limit) {
      page.put("next", String.valueOf(events.get(limit - 1).id()));
    }
    return page;
  }

  private static JsonObject json(BreakerTransition moved, boolean actors) {
    JsonObject json =
        new JsonObject()
            .put("at", TimelineJson.time(moved.atMillis()))
            .put("from", moved.fromState())
            .put("to", moved.toState())
            .put("cause", moved.cause())
            .put("reason", moved.reason())
            .put("generation", moved.generation());
    if (moved.openUntilMillis() > 0) {
      json.put("open_until", TimelineJson.time(moved.openUntilMillis()));
    }
    if (actors && moved.actor() != null) {
      json.put("actor", moved.actor());
    }
    return json.put("evidence", new JsonObject(moved.evidence()));
  }
}
