package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Cancellation;
import io.signalbox.gateway.ledger.Cancellation.Kind;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.trail.NotificationLog;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** {@code POST /api/v1/notifications/{id}/cancel}: calls back what was not sent yet. */
final class CancelRoutes {
  private static final NotificationLog TRAIL =
      new NotificationLog(LoggerFactory.getLogger(CancelRoutes.class));

  private final ApiServices services;

  CancelRoutes(ApiServices services) {
    this.services = services;
  }

  void mount(Router router, Gate gate) {
    router
        .post(SendRoutes.NOTIFICATIONS + "/:id/cancel")
        .handler(gate.allow(Access.CANCEL, this::cancel));
  }

  private void cancel(RoutingContext ctx, Caller caller) {
    Optional<NotificationId> id = NotificationId.parse(Answers.pathParam(ctx, "id"));
    if (id.isEmpty()) {
      answer(ctx, "", Cancellation.NONE);
      return;
    }
    services
        .notifications()
        .cancel(caller.tenant(), id.get(), services.clock().millis())
        .onComplete(
            cancelled -> {
              note(id.get(), cancelled);
              answer(ctx, id.get().toString(), cancelled);
            },
            failure -> Problem.send(ctx, failure));
  }

  private void note(NotificationId id, Cancellation cancelled) {
    if (cancelled.kind() == Kind.CANCELLED) {
      services.meters().work().finished(NotificationState.CANCELLED);
      TRAIL.finished(id, NotificationState.CANCELLED, String.valueOf(cancelled.reason()), null);
    }
  }

  private static void answer(RoutingContext ctx, String id, Cancellation cancelled) {
    NotificationState state = cancelled.state();
    String word = state == null ? "" : state.wireName();
    switch (cancelled.kind()) {
      case NO_SUCH ->
          Problem.send(ctx, new GatewayException(404, "there is no notification of that id"));
      case CANCELLED, REPEATED ->
          Answers.json(
              ctx,
              200,
              new JsonObject().put("id", id).put("status", word).put("reason", cancelled.reason()));
      case WISHED ->
          Answers.json(ctx, 202, new JsonObject().put("id", id).put("status", "cancel_requested"));
      case TOO_LATE -> tooLate(ctx, word);
    }
  }

  private static void tooLate(RoutingContext ctx, String state) {
    JsonObject problem =
        Problem.json(
            ProblemType.TOO_LATE_TO_CANCEL,
            "the notification is " + state + ": only what is not sent yet can be cancelled");
    Problem.send(ctx, problem.put("state", state), null);
  }
}
