package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /api/v1/notifications/{id}}: all that happened to a notification, and why. */
final class TimelineRoutes {
  private final ApiServices services;

  TimelineRoutes(ApiServices services) {
    this.services = services;
  }

  void mount(Router router, Gate gate) {
    router
        .get(SendRoutes.NOTIFICATIONS + "/:id")
        .handler(gate.allow(Access.TIMELINE, this::timeline));
  }

  private void timeline(RoutingContext ctx, Caller caller) {
    find(Answers.pathParam(ctx, "id"), caller)
        .map(TimelineJson::write)
        .onComplete(json -> Answers.json(ctx, 200, json), failure -> Problem.send(ctx, failure));
  }

  private Future<Timeline> find(String id, Caller caller) {
    GatewayException unknown = new GatewayException(404, "there is no notification of that id");
    return NotificationId.parse(id)
        .map(
            known ->
                services
                    .notifications()
                    .timeline(caller.tenant(), known)
                    .compose(
                        found ->
                            found
                                .map(Future::succeededFuture)
                                .orElseGet(() -> Future.failedFuture(unknown))))
        .orElseGet(() -> Future.failedFuture(unknown));
  }
}
