package io.signalbox.gateway.api;

import io.signalbox.gateway.degradation.Notice;
import io.signalbox.gateway.intake.IntakeItem;
import io.signalbox.gateway.intake.IntakeResult;
import io.signalbox.gateway.intake.Sender;
import io.signalbox.gateway.ledger.RepeatedRequest;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.ParsedNotification;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.trail.NotificationLog;
import io.signalbox.spi.intake.Accepted;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** {@code POST /api/v1/notifications/send}: one notification. The hot path. */
final class SendRoutes {
  static final String NOTIFICATIONS = "/api/v1/notifications";

  private static final NotificationLog TRAIL =
      new NotificationLog(LoggerFactory.getLogger(SendRoutes.class));

  private final ApiServices services;

  SendRoutes(ApiServices services) {
    this.services = services;
  }

  void mount(Router router, Gate gate) {
    router.post(NOTIFICATIONS + "/send").handler(gate.stream(Access.SEND, this::send));
    router.route(NOTIFICATIONS + "/send").handler(Answers.only(HttpMethod.POST));
  }

  private void send(RoutingContext ctx, Caller caller) {
    if (!MediaTypes.is(ctx.request(), MediaTypes.JSON)) {
      Problem.send(ctx, 415, "the body must be application/json in UTF-8");
      return;
    }
    String key = Idempotency.key(ctx);
    BoundedBody.read(ctx.request(), NotificationParser.MAX_BYTES)
        .onComplete(
            body -> accept(ctx, caller, key.isEmpty() ? null : key, body),
            failure -> Problem.send(ctx, failure));
  }

  private void accept(RoutingContext ctx, Caller caller, @Nullable String key, Buffer body) {
    ParsedNotification parsed = services.parser().parse(body, caller.tenant(), key);
    if (parsed instanceof ParsedNotification.Templated templated) {
      services
          .templates()
          .fill(templated)
          .onComplete(
              filled -> accept(ctx, caller, key, body, filled),
              failure -> Problem.send(ctx, failure, services.degradation().refusal()));
    } else {
      accept(ctx, caller, key, body, parsed);
    }
  }

  private void accept(
      RoutingContext ctx,
      Caller caller,
      @Nullable String key,
      Buffer body,
      ParsedNotification parsed) {
    if (parsed instanceof ParsedNotification.Valid valid) {
      String refusal = SendingScope.refusal(services, caller, valid.notification());
      if (refusal != null) {
        Problem.send(ctx, 403, refusal);
        return;
      }
      TraceContext trace = Correlation.of(ctx);
      services
          .intake()
          .accept(IntakeItem.of(valid, body), Sender.of(caller, trace))
          .onComplete(
              accepted -> {
                QuotaHeaders.put(ctx, services, caller, null);
                Notice notice = NoticeChoice.of(services, valid.notification(), accepted);
                answer(ctx, trace, accepted, notice);
              },
              failure -> {
                QuotaHeaders.put(ctx, services, caller, failure);
                Problem.send(ctx, failure, services.degradation().refusal());
              });
    } else if (parsed instanceof ParsedNotification.Invalid invalid) {
      if (key == null || invalid.malformed() || !SendingScope.mayAskFor(caller, body)) {
        refuse(ctx, invalid);
        return;
      }
      services
          .intake()
          .earlier(List.of(RepeatedRequest.of(caller.tenant(), key, body)))
          .onComplete(
              found ->
                  found
                      .get(0)
                      .ifPresentOrElse(
                          earlier -> answerAgain(ctx, earlier), () -> refuse(ctx, invalid)),
              failure -> Problem.send(ctx, failure, services.degradation().refusal()));
    }
  }

  private void refuse(RoutingContext ctx, ParsedNotification.Invalid invalid) {
    services.meters().intake().refused("invalid");
    Problem.send(ctx, invalid.status(), "the notification has mistakes", invalid.problems());
  }

  private static void answerAgain(RoutingContext ctx, IntakeResult earlier) {
    earlier
        .alone()
        .onComplete(
            accepted -> answer(ctx, Correlation.of(ctx), accepted, null),
            failure -> Problem.send(ctx, failure));
  }

  private static void answer(
      RoutingContext ctx, TraceContext trace, Accepted accepted, @Nullable Notice notice) {
    TRAIL.accepted(accepted.id(), accepted.duplicate(), trace);
    Buffer body =
        Buffer.buffer(
            "{\"id\":\""
                + accepted.id()
                + "\",\"status\":\""
                + accepted.status()
                + "\",\"duplicate\":"
                + accepted.duplicate()
                + (notice == null ? "}" : ",\"notice\":" + notice.json() + "}"));
    // One lock is enough: that of the status, which fails if something was answered already.
    ctx.response()
        .setStatusCode(202)
        .headers()
        .set(HttpHeaders.CONTENT_TYPE, Answers.JSON)
        .set(HttpHeaders.LOCATION, NOTIFICATIONS + "/" + accepted.id());
    Answers.end(ctx, body);
  }
}
