package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.health.Health;
import io.signalbox.gateway.model.DegradationMode;
import io.signalbox.gateway.security.Access;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Probes, which need no token, and reports, which do. */
final class HealthRoutes {
  private final ApiServices services;

  HealthRoutes(ApiServices services) {
    this.services = services;
  }

  void mountProbes(Router router) {
    router.get("/health").handler(ctx -> report(ctx, withMode(services.health().overall())));
    router
        .get("/health/live")
        .handler(ctx -> Answers.json(ctx, 200, new JsonObject().put("status", "alive")));
    router.get("/health/ready").handler(ctx -> report(ctx, services.health().readiness()));
    router.get("/ready").handler(ctx -> report(ctx, services.health().readiness()));
  }

  void mountReports(Router router, Gate gate) {
    router
        .get("/health/detailed")
        .handler(
            gate.allow(
                Access.HEALTH_REPORTS,
                (ctx, caller) -> report(ctx, withMode(services.health().detailed()))));
    router
        .get("/health/providers")
        .handler(gate.allow(Access.HEALTH_REPORTS, (ctx, caller) -> providers(ctx)));
    router
        .get("/health/circuit-breakers")
        .handler(gate.allow(Access.HEALTH_REPORTS, (ctx, caller) -> breakers(ctx)));
  }

  private Health.Report withMode(Health.Report report) {
    DegradationMode mode = services.degradation().status().mode();
    return new Health.Report(report.well(), report.json().put("degradation_mode", mode.name()));
  }

  private void providers(RoutingContext ctx) {
    List<ProviderState> all = services.providers().all();
    JsonArray list = new JsonArray();
    for (ProviderState state : all) {
      list.add(
          new JsonObject()
              .put("id", state.provider())
              .put("status", state.isUsable() ? "available" : "unavailable")
              .put("stage", ProviderJson.stage(state))
              .put("breaker", state.breaker().state()));
    }
    boolean any = all.stream().anyMatch(ProviderState::isUsable);
    Answers.json(
        ctx, 200, new JsonObject().put("status", any ? "up" : "down").put("providers", list));
  }

  private void breakers(RoutingContext ctx) {
    JsonObject breakers = new JsonObject();
    services
        .providers()
        .all()
        .forEach(state -> breakers.put(state.provider(), ProviderJson.breaker(state.breaker())));
    Answers.json(ctx, 200, new JsonObject().put("circuit_breakers", breakers));
  }

  private static void report(RoutingContext ctx, Health.Report report) {
    Answers.json(ctx, report.well() ? 200 : 503, report.json());
  }
}
