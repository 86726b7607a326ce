package io.signalbox.gateway.api;

import io.signalbox.gateway.security.Access;
import io.vertx.ext.web.Router;

/** {@code GET /api/v1/notifications/pipeline/health}: how much works, and why not all of it. */
final class PipelineHealthRoutes {
  private final ApiServices services;

  PipelineHealthRoutes(ApiServices services) {
    this.services = services;
  }

  void mount(Router router, Gate gate) {
    router
        .get(SendRoutes.NOTIFICATIONS + "/pipeline/health")
        .handler(
            gate.allow(
                Access.HEALTH_REPORTS,
                (ctx, caller) -> Answers.json(ctx, 200, PipelineHealthJson.write(services))));
  }
}
