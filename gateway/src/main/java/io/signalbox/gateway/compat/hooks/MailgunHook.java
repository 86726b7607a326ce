package io.signalbox.gateway.compat.hooks;

import io.signalbox.gateway.compat.DialectIds;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Mailgun's webhooks: one event, with a signature of its own in the body. */
final class MailgunHook implements Hook {
  private static final int TOKEN_LENGTH = 50;
  private static final Pattern SMTP_CODE = Pattern.compile("[245]\\d\\d");

  /** The domain of ids where the request named none. */
  private static final String NO_DOMAIN = "signalbox.invalid";

  @Override
  public Optional<HookRequest> request(HookNews news, HookTarget target) {
    String event = event(news.kind());
    if (event == null) {
      return Optional.empty();
    }
    return Optional.of(
        HookRequest.json(
            new JsonObject()
                .put("signature", signature(news, target))
                .put("event-data", data(news, event))));
  }

  private static @Nullable String event(HookKind kind) {
    return switch (kind) {
      case SENT -> "accepted";
      case DELIVERED -> "delivered";
      case DEFERRED, FAILED, EXPIRED -> "failed";
      case OPENED -> "opened";
      case CLICKED -> "clicked";
      case COMPLAINED -> "complained";
      case UNSUBSCRIBED -> "unsubscribed";
      case CANCELLED, READ -> null;
    };
  }

  /** Each attempt has a token of its own: receivers that remember tokens refuse repeated ones. */
  private static JsonObject signature(HookNews news, HookTarget target) {
    String timestamp = Long.toString(target.seconds());
    byte[] unique =
        (news.eventId() + '\n' + target.now() + '\n' + target.url())
            .getBytes(StandardCharsets.UTF_8);
    String token = Macs.hexDigest("SHA-256", unique).substring(0, TOKEN_LENGTH);
    return new JsonObject()
        .put("token", token)
        .put("timestamp", timestamp)
        .put("signature", Macs.hexMac("HmacSHA256", target.secret(), timestamp + token));
  }

  private static JsonObject data(HookNews news, String event) {
    String recipient = news.recipient();
    JsonObject data =
        new JsonObject()
            .put("event", event)
            .put("id", news.eventId())
            .put("timestamp", news.at().toEpochMilli() / 1_000.0)
            .put("log-level", event.equals("failed") ? level(news) : "info")
            .put("recipient", recipient)
            .put("recipient-domain", recipient.substring(recipient.indexOf('@') + 1))
            .put("tags", new JsonArray(news.memo().labels()))
            .put("campaigns", new JsonArray())
            .put("user-variables", new JsonObject(news.memo().custom()))
            .put("flags", new JsonObject().put("is-test-mode", false))
            .put("message", new JsonObject().put("headers", headers(news)));
    if (event.equals("failed")) {
      data.put("severity", news.kind() == HookKind.DEFERRED ? "temporary" : "permanent")
          .put("reason", reason(news))
          .put("delivery-status", status(news));
    }
    return data;
  }

  private static String level(HookNews news) {
    return news.kind() == HookKind.DEFERRED ? "warn" : "error";
  }

  private static JsonObject headers(HookNews news) {
    JsonObject headers =
        new JsonObject().put("to", news.recipient()).put("message-id", messageId(news));
    if (news.memo().sender() != null) {
      headers.put("from", news.memo().sender());
    }
    if (news.subject() != null) {
      headers.put("subject", news.subject());
    }
    return headers;
  }

  private static String messageId(HookNews news) {
    String domain = news.accountOf("mailgun");
    return DialectIds.hex(news.message()) + '@' + (domain == null ? NO_DOMAIN : domain);
  }

  private static String reason(HookNews news) {
    if (news.kind() == HookKind.DEFERRED) {
      return "generic";
    }
    return switch (news.fault()) {
      case ADDRESS, MAILBOX -> "bounce";
      case BLOCKED -> "espblock";
      case SUPPRESSED -> "suppress-bounce";
      case UNSUBSCRIBED -> "suppress-unsubscribe";
      case COMPLAINED -> "suppress-complaint";
      case EXPIRED -> "old";
      case CONTENT, OTHER -> "generic";
    };
  }

  private static JsonObject status(HookNews news) {
    JsonObject status = new JsonObject().put("message", news.why());
    Matcher code = SMTP_CODE.matcher(news.why());
    if (code.lookingAt()) {
      status.put("code", Integer.parseInt(code.group()));
    }
    switch (news.fault()) {
      case ADDRESS -> status.put("bounce-type", "hard");
      case MAILBOX -> status.put("bounce-type", "soft");
      default -> {
        // Neither.
      }
    }
    return status;
  }
}
