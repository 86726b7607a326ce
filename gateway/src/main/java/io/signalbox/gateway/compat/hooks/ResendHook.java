package io.signalbox.gateway.compat.hooks;

import io.signalbox.gateway.compat.hooks.HookKind.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Resend's webhooks: one event, signed as Svix does. */
final class ResendHook implements Hook {
  private static final String TYPE = "type";

  @Override
  public Optional<HookRequest> request(HookNews news, HookTarget target) {
    String type = type(news);
    if (type == null) {
      return Optional.empty();
    }
    Buffer body =
        new JsonObject()
            .put(TYPE, type)
            .put("created_at", HookTimes.millis(news.at()))
            .put("data", data(news, type))
            .toBuffer();
    long seconds = target.seconds();
    return Optional.of(
        HookRequest.json(body)
            .with("svix-id", news.eventId())
            .with("svix-timestamp", Long.toString(seconds))
            .with(
                "svix-signature",
                WebhookSigner.signatures(target.secrets(), news.eventId(), seconds, body)));
  }

  private static @Nullable String type(HookNews news) {
    return switch (news.kind()) {
      case SENT -> "email.sent";
      case DELIVERED -> "email.delivered";
      case DEFERRED -> "email.delivery_delayed";
      case EXPIRED -> "email.failed";
      case FAILED ->
          switch (news.fault()) {
            case ADDRESS, MAILBOX, BLOCKED, CONTENT -> "email.bounced";
            case SUPPRESSED, UNSUBSCRIBED, COMPLAINED -> "email.suppressed";
            case EXPIRED, OTHER -> "email.failed";
          };
      case OPENED -> "email.opened";
      case CLICKED -> "email.clicked";
      case COMPLAINED -> "email.complained";
      case CANCELLED, READ, UNSUBSCRIBED -> null;
    };
  }

  private static JsonObject data(HookNews news, String type) {
    JsonObject data =
        new JsonObject()
            .put("created_at", HookTimes.millis(HookTimes.of(news.message())))
            .put("email_id", news.message().toString())
            .put("to", new JsonArray().add(news.recipient()))
            .put("tags", new JsonObject(news.memo().custom()));
    if (news.memo().sender() != null) {
      data.put("from", news.memo().sender());
    }
    if (news.subject() != null) {
      data.put("subject", news.subject());
    }
    switch (type) {
      case "email.bounced" -> data.put("bounce", bounce(news));
      case "email.suppressed" ->
          data.put(
              "suppressed",
              new JsonObject()
                  .put(TYPE, "OnAccountSuppressionList")
                  .put(
                      "reason",
                      news.fault() == Fault.SUPPRESSED ? "previous_bounce" : "previous_complaint")
                  .put("message", news.why())
                  .put("diagnosticCode", new JsonArray()));
      case "email.failed" -> data.put("failed", new JsonObject().put("reason", news.why()));
      default -> {
        // Nothing more is known.
      }
    }
    return data;
  }

  private static JsonObject bounce(HookNews news) {
    JsonArray diagnostics = new JsonArray();
    if (news.text() != null) {
      diagnostics.add(news.text());
    }
    return new JsonObject()
        .put(TYPE, news.fault() == Fault.ADDRESS ? "Permanent" : "Transient")
        .put("subType", news.fault() == Fault.CONTENT ? "ContentRejected" : "General")
        .put("message", news.why())
        .put("diagnosticCode", diagnostics);
  }
}
