package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.degradation.Notice;
import io.signalbox.gateway.intake.IntakeItem;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** {@code POST /api/v1/notifications/send}: one notification. The hot path. */
final class SendRoutes {
  static final String NOTIFICATIONS = "/api/v1/notifications";

  private static final CharSequence IDEMPOTENCY_KEY =
      HttpHeaders.createOptimized("idempotency-key");
  private static final int LONGEST_KEY = 200;

  private static final NotificationLog TRAIL =
      new NotificationLog(LoggerFactory.getLogger(SendRoutes.class));

  private final ApiServices services;

  SendRoutes(ApiServices services) {
    this.services = services;
  }

  void mount(Router router, Gate gate) {
    router.post(NOTIFICATIONS + "/send").handler(gate.allow(Access.SEND, this::send));
    router.route(NOTIFICATIONS + "/send").handler(Answers.only(HttpMethod.POST));
  }

  private void send(RoutingContext ctx, Caller caller) {
    if (!MediaTypes.is(ctx.request(), MediaTypes.JSON)) {
      Problem.send(ctx, 415, "the body must be application/json in UTF-8");
      return;
    }
    Optional<String> key = idempotencyKey(ctx);
    BoundedBody.read(ctx.request(), NotificationParser.MAX_BYTES)
        .onComplete(
            body -> accept(ctx, caller, key.orElse(null), body),
            failure -> Problem.send(ctx, failure));
  }

  private void accept(RoutingContext ctx, Caller caller, @Nullable String key, Buffer body) {
    ParsedNotification parsed = services.parser().parse(body, caller.tenant(), key);
    if (parsed instanceof ParsedNotification.Valid valid) {
      services
          .intake()
          .accept(new IntakeItem(valid.notification(), body), caller.actor())
          .onComplete(
              accepted ->
                  answer(ctx, accepted, NoticeChoice.of(services, valid.notification(), accepted)),
              failure -> Problem.send(ctx, failure, services.degradation().refusal()));
    } else if (parsed instanceof ParsedNotification.Invalid invalid) {
      services.meters().refusedNotification("invalid");
      Problem.send(ctx, invalid.status(), "the notification has mistakes", invalid.problems());
    }
  }

  private static void answer(RoutingContext ctx, Accepted accepted, @Nullable Notice notice) {
    TRAIL.accepted(accepted.id(), accepted.duplicate(), Correlation.id(ctx));
    Buffer body =
        Buffer.buffer(
            "{\"id\":\""
                + accepted.id()
                + "\",\"status\":\""
                + accepted.status()
                + "\",\"duplicate\":"
                + accepted.duplicate()
                + (notice == null ? "}" : ",\"notice\":" + notice.json() + "}"));
    Answers.end(
        ctx.response()
            .setStatusCode(202)
            .putHeader(HttpHeaders.CONTENT_TYPE, Answers.JSON)
            .putHeader(HttpHeaders.LOCATION, NOTIFICATIONS + "/" + accepted.id()),
        body);
  }

  /**
   * The header's value.
   *
   * @throws GatewayException of status 400 if it is there and not usable
   */
  static Optional<String> idempotencyKey(RoutingContext ctx) {
    String key = ctx.request().getHeader(IDEMPOTENCY_KEY);
    if (key == null) {
      return Optional.empty();
    }
    boolean visible = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (key.isEmpty() || key.length() > LONGEST_KEY || !visible) {
      throw new GatewayException(
          400, "the header Idempotency-Key must have 1 to 200 visible ASCII characters");
    }
    return Optional.of(key);
  }
}
