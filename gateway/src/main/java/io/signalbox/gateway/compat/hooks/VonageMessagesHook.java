package io.signalbox.gateway.compat.hooks;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statuses of Vonage's Messages API, signed by a token that holds the hash of the body. */
final class VonageMessagesHook implements Hook {
  private static final String ERRORS = "https://developer.vonage.com/api-errors/messages#";

  @Override
  public Optional<HookRequest> request(HookNews news, HookTarget target) {
    String status = status(news);
    if (status == null) {
      return Optional.empty();
    }
    Buffer body = json(news, status).toBuffer();
    return Optional.of(
        HookRequest.json(body).with("Authorization", "Bearer " + token(news, target, body)));
  }

  private static @Nullable String status(HookNews news) {
    return switch (news.kind()) {
      case SENT -> "submitted";
      case DELIVERED -> "delivered";
      case READ -> "read";
      case EXPIRED -> "rejected";
      case FAILED ->
          switch (news.fault()) {
            case ADDRESS,
                MAILBOX,
                BLOCKED,
                CONTENT,
                EXPIRED,
                SUPPRESSED,
                UNSUBSCRIBED,
                COMPLAINED ->
                "rejected";
            case OTHER -> "undeliverable";
          };
      case DEFERRED, CANCELLED, OPENED, CLICKED, COMPLAINED, UNSUBSCRIBED -> null;
    };
  }

  private static JsonObject json(HookNews news, String status) {
    JsonObject json =
        new JsonObject()
            .put("message_uuid", news.message().toString())
            .put("to", VonageMemo.number(news.recipient()));
    if (news.memo().sender() != null) {
      json.put("from", news.memo().sender());
    }
    json.put("timestamp", HookTimes.millis(news.at()))
        .put("status", status)
        .put("channel", news.channel().wireName());
    String reference = VonageMemo.reference(news);
    if (reference != null) {
      json.put("client_ref", reference);
    }
    if (status.equals("rejected") || status.equals("undeliverable")) {
      String code = code(news);
      json.put(
          "error",
          new JsonObject()
              .put("type", ERRORS + code)
              .put("title", code)
              .put("detail", news.why())
              .put("instance", news.eventId()));
    }
    return json;
  }

  private static String code(HookNews news) {
    return switch (news.fault()) {
      case ADDRESS -> "1260";
      case MAILBOX -> "1180";
      case BLOCKED -> "1280";
      case CONTENT -> "1040";
      case EXPIRED -> "1360";
      case SUPPRESSED, UNSUBSCRIBED, COMPLAINED -> "1240";
      case OTHER -> "1330";
    };
  }

  private static String token(HookNews news, HookTarget target, Buffer body) {
    JsonObject head = new JsonObject().put("alg", "HS256").put("typ", "JWT");
    JsonObject claims =
        new JsonObject()
            .put("iat", target.seconds())
            .put("jti", news.eventId())
            .put("iss", "Vonage")
            .put("payload_hash", Macs.hexDigest("SHA-256", body.getBytes()));
    String account = news.accountOf("vonage");
    if (account != null) {
      claims.put("api_key", account);
    }
    String signed = base64(head) + '.' + base64(claims);
    return signed
        + '.'
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Macs.mac("HmacSHA256", target.secret(), signed));
  }

  private static String base64(JsonObject json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
  }
}
