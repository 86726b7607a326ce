package io.signalbox.gateway.compat.hooks;

import io.signalbox.gateway.compat.DialectIds;
import io.signalbox.gateway.compat.hooks.HookKind.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SendGrid's event webhook: an array of one event, signed by ECDSA. */
final class SendGridHook implements Hook {
  private static final String SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";
  private static final String TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";
  private static final Pattern ENHANCED = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");

  @Override
  public Optional<HookRequest> request(HookNews news, HookTarget target) {
    String event = event(news);
    if (event == null) {
      return Optional.empty();
    }
    Buffer body = new JsonArray().add(json(news, event)).toBuffer();
    String seconds = Long.toString(target.seconds());
    Buffer signed = Buffer.buffer(seconds).appendBuffer(body);
    String signature = EcdsaKey.of(target.secret()).sign(signed.getBytes());
    return Optional.of(HookRequest.json(body).with(TIMESTAMP, seconds).with(SIGNATURE, signature));
  }

  private static @Nullable String event(HookNews news) {
    return switch (news.kind()) {
      case SENT -> "processed";
      case DEFERRED -> "deferred";
      case DELIVERED -> "delivered";
      case EXPIRED -> "bounce";
      case FAILED -> isDropped(news.fault()) ? "dropped" : "bounce";
      case OPENED -> "open";
      case CLICKED -> "click";
      case COMPLAINED -> "spamreport";
      case UNSUBSCRIBED -> "unsubscribe";
      case CANCELLED, READ -> null;
    };
  }

  /** SendGrid drops what it does not try, and bounces what another server refuses. */
  private static boolean isDropped(Fault fault) {
    return switch (fault) {
      case ADDRESS, MAILBOX, BLOCKED, CONTENT, EXPIRED -> false;
      case SUPPRESSED, UNSUBSCRIBED, COMPLAINED, OTHER -> true;
    };
  }

  private static JsonObject json(HookNews news, String event) {
    // The application's own values come first: on a clash SendGrid's own field wins.
    JsonObject json = new JsonObject();
    news.memo().custom().forEach(json::put);
    json.put("email", news.recipient())
        .put("timestamp", news.at().getEpochSecond())
        .put("event", event)
        .put("sg_event_id", news.eventId())
        .put("sg_message_id", DialectIds.base64(news.message()) + ".signalbox-0");
    if (!news.memo().labels().isEmpty()) {
      json.put("category", new JsonArray(news.memo().labels()));
    }
    switch (event) {
      case "bounce", "dropped" -> failure(json, news, event);
      case "deferred", "delivered" -> {
        if (news.text() != null) {
          json.put("response", news.text());
        }
      }
      default -> {
        // Nothing more is known.
      }
    }
    return json;
  }

  private static void failure(JsonObject json, HookNews news, String event) {
    json.put(
        "reason",
        switch (news.fault()) {
          case SUPPRESSED -> "Bounced Address";
          case UNSUBSCRIBED -> "Unsubscribed Address";
          case COMPLAINED -> "Spam Reporting Address";
          default -> news.why();
        });
    if (news.code() != null && ENHANCED.matcher(news.code()).matches()) {
      json.put("status", news.code());
    }
    if (event.equals("bounce")) {
      json.put("type", news.fault() == Fault.ADDRESS ? "bounce" : "blocked")
          .put(
              "bounce_classification",
              switch (news.fault()) {
                case ADDRESS -> "Invalid Address";
                case MAILBOX -> "Mailbox Unavailable";
                case CONTENT -> "Content";
                default -> "Unclassified";
              });
    }
  }
}
