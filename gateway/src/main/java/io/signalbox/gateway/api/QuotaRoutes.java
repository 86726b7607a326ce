package io.signalbox.gateway.api;

import io.signalbox.gateway.ledger.ApiKey;
import io.signalbox.gateway.quota.QuotaStanding;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Caller.Allowance;
import io.signalbox.gateway.security.Role;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code GET /api/v1/quotas}: how many notifications may be sent yet. */
final class QuotaRoutes {
  private final ApiServices services;

  QuotaRoutes(ApiServices services) {
    this.services = services;
  }

  void mount(Router router, Gate gate) {
    router.get("/api/v1/quotas").handler(gate.allow(Access.QUOTAS, this::show));
  }

  private void show(RoutingContext ctx, Caller caller) {
    keys(caller)
        .compose(keys -> services.quotas().standings(caller.tenant(), keys))
        .map(
            standings -> {
              JsonArray list = new JsonArray();
              standings.forEach(each -> list.add(json(each)));
              return new JsonObject().put("quotas", list);
            })
        .onComplete(body -> Answers.json(ctx, 200, body), failure -> Problem.send(ctx, failure));
  }

  /** The API keys that a caller is told of: an admin of all, others of their own. */
  private Future<List<Allowance>> keys(Caller caller) {
    if (caller.roles().contains(Role.ADMIN) && Access.API_KEYS_READ.allows(caller)) {
      return services
          .apiKeys()
          .apiKeys(caller.tenant())
          .map(keys -> keys.stream().filter(QuotaRoutes::isBounded).map(QuotaRoutes::of).toList());
    }
    Allowance own = caller.allowance();
    return Future.succeededFuture(own == null ? List.of() : List.of(own));
  }

  private static boolean isBounded(ApiKey key) {
    return !key.quota().isNone();
  }

  private static Allowance of(ApiKey key) {
    return new Allowance(key.id(), key.quota().perDay(), key.quota().perMonth());
  }

  private static JsonObject json(QuotaStanding standing) {
    JsonObject json = new JsonObject().put("of", standing.isOfKey() ? "api_key" : "tenant");
    if (standing.isOfKey()) {
      json.put("api_key", standing.apiKey());
    }
    return json.put("period", standing.period().wireName())
        .put("limit", standing.limit())
        .put("used", standing.limit() - standing.remaining())
        .put("remaining", standing.remaining())
        .put("resets_in_seconds", standing.resetSeconds());
  }
}
