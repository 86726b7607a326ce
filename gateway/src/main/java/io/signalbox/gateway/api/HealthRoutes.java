package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.health.CheckStatus;
import io.signalbox.gateway.health.Health;
import io.signalbox.gateway.health.LedgerChecks;
import io.signalbox.gateway.health.SystemChecks;
import io.signalbox.gateway.model.DegradationMode;
import io.signalbox.gateway.security.Access;
import io.signalbox.scoring.FailureReport;
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
                (ctx, caller) -> report(ctx, withProviders(services.health().detailed()))));
    some(router, gate, "/health/db", LedgerChecks.NAMES);
    some(router, gate, "/health/redis", List.of("redis"));
    some(router, gate, "/health/system", SystemChecks.NAMES);
    router
        .get("/health/providers")
        .handler(
            gate.allow(
                Access.HEALTH_REPORTS, (ctx, caller) -> Answers.json(ctx, 200, providers())));
    router
        .get("/health/circuit-breakers")
        .handler(
            gate.allow(
                Access.HEALTH_REPORTS,
                (ctx, caller) ->
                    Answers.json(ctx, 200, new JsonObject().put("circuit_breakers", breakers()))));
  }

  /** A report of some of the checks. */
  private void some(Router router, Gate gate, String path, List<String> names) {
    router
        .get(path)
        .handler(
            gate.allow(
                Access.HEALTH_REPORTS,
                (ctx, caller) -> report(ctx, services.health().report(names))));
  }

  private Health.Report withMode(Health.Report report) {
    DegradationMode mode = services.degradation().status().mode();
    return new Health.Report(report.well(), report.json().put("degradation_mode", mode.name()));
  }

  private Health.Report withProviders(Health.Report report) {
    report.json().put("providers", providers()).put("circuit_breakers", breakers());
    return withMode(report);
  }

  /** All providers, each with what is wrong with it. */
  private JsonObject providers() {
    List<ProviderState> all = services.providers().all();
    JsonArray list = new JsonArray();
    for (ProviderState state : all) {
      list.add(provider(state));
    }
    boolean any = all.stream().anyMatch(ProviderState::isUsable);
    boolean each = all.stream().allMatch(ProviderState::isUsable);
    CheckStatus status = any ? (each ? CheckStatus.UP : CheckStatus.DEGRADED) : CheckStatus.DOWN;
    return new JsonObject().put("status", status.wireName()).put("providers", list);
  }

  private JsonObject provider(ProviderState state) {
    FailureReport lastMinute = services.degradation().failures(state.provider());
    JsonObject json =
        new JsonObject()
            .put("id", state.provider())
            .put("status", state.isUsable() ? "available" : "unavailable")
            .put("stage", ProviderJson.stage(state))
            .put("breaker", state.breaker().state())
            .put("attempts_last_minute", lastMinute.attempts())
            .put("failures_last_minute", lastMinute.failures());
    if (!state.breaker().isClosed()) {
      json.put("detail", state.breaker().reason())
          .put("since", TimelineJson.time(state.breaker().sinceMillis()));
    }
    return json;
  }

  private JsonObject breakers() {
    JsonObject breakers = new JsonObject();
    services
        .providers()
        .all()
        .forEach(state -> breakers.put(state.provider(), ProviderJson.breaker(state.breaker())));
    return breakers;
  }

  private static void report(RoutingContext ctx, Health.Report report) {
    Answers.json(ctx, report.well() ? 200 : 503, report.json());
  }
}
