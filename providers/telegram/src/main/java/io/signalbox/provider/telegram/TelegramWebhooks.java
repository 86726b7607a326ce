package io.signalbox.provider.telegram;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.spi.WebhookResult.Refused;
import io.signalbox.spi.WebhookResult.Verified;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.SecretToken;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.signalbox.toolkit.signature.TimestampTolerance;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Verifies Telegram's updates and reads the few that say something about a recipient. */
final class TelegramWebhooks {
  private static final String SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token";
  private static final String UPDATE_ID = "update_id";
  private static final String STOP_COMMAND = "/stop";
  private static final String KICKED = "kicked";

  private final @Nullable SecretToken token;

  /**
   * Makes a reader.
   *
   * @param secretTokens empty: all webhooks are refused
   */
  TelegramWebhooks(List<Secret> secretTokens) {
    this.token = secretTokens.isEmpty() ? null : new SecretToken(secretTokens);
  }

  WebhookResult receive(WebhookRequest request) {
    if (token == null) {
      return new Refused(Refusal.UNAUTHENTICATED, "no secret_token is configured");
    }
    SignatureCheck check = token.verify(request.header(SECRET_HEADER));
    if (check.refusal() != null) {
      return check.refusal();
    }
    Optional<JsonObject> update = JsonBody.object(request.body());
    Optional<String> kind = update.flatMap(TelegramWebhooks::kind);
    String id = update.map(json -> JsonBody.text(json, UPDATE_ID)).orElse(null);
    if (update.isEmpty() || kind.isEmpty() || id == null) {
      return new Refused(Refusal.MALFORMED, "not an update with an update_id and an event");
    }
    JsonObject event = JsonBody.object(update.get(), kind.get());
    return new Verified(receipts(id, kind.get(), event, request.receivedAt()));
  }

  /** Besides its number, an update has exactly one field, named after its kind. */
  private static Optional<String> kind(JsonObject update) {
    return update.fieldNames().stream().filter(name -> !name.equals(UPDATE_ID)).findFirst();
  }

  private static List<Receipt> receipts(
      String id, String kind, JsonObject event, Instant receivedAt) {
    return switch (kind) {
      case "my_chat_member" -> List.of(membership(id, event, receivedAt));
      case "message" -> command(id, event, receivedAt);
      case "callback_query" -> click(id, event, receivedAt);
      // What people say and do in chats is no affair of ours.
      case "edited_message", "channel_post", "chat_member", "message_reaction" -> List.of();
      default -> List.of(unknown(id, kind, chatId(event), receivedAt));
    };
  }

  /** Blocked by the user, or thrown out of a group: nothing more may be sent there. */
  private static Receipt membership(String id, JsonObject change, Instant receivedAt) {
    String status = JsonBody.text(JsonBody.object(change, "new_chat_member"), "status");
    Instant at = occurredAt(change, receivedAt);
    return KICKED.equals(status)
        ? optOut(id, KICKED, chatId(change), at)
        : unknown(id, status == null ? "my_chat_member" : status, chatId(change), at);
  }

  private static List<Receipt> command(String id, JsonObject message, Instant receivedAt) {
    String text = JsonBody.text(message, "text");
    boolean inPrivate = "private".equals(JsonBody.text(JsonBody.object(message, "chat"), "type"));
    return inPrivate && text != null && text.strip().equals(STOP_COMMAND)
        ? List.of(optOut(id, STOP_COMMAND, chatId(message), occurredAt(message, receivedAt)))
        : List.of();
  }

  private static List<Receipt> click(String id, JsonObject query, Instant receivedAt) {
    JsonObject message = JsonBody.object(query, "message");
    String chat = chatId(message);
    OptionalLong messageId = JsonBody.integer(message, "message_id");
    if (chat == null || messageId.isEmpty()) {
      return List.of();
    }
    String name = chat + ":" + messageId.getAsLong();
    return List.of(
        receipt(
            id, name, ReceiptStatus.CLICKED, ReasonClass.NONE, "callback_query", chat, receivedAt));
  }

  private static Receipt optOut(String id, String word, @Nullable String chat, Instant at) {
    return receipt(id, null, ReceiptStatus.UNSUBSCRIBED, ReasonClass.UNSUBSCRIBED, word, chat, at);
  }

  private static Receipt unknown(String id, String word, @Nullable String chat, Instant at) {
    return receipt(id, null, ReceiptStatus.UNKNOWN, ReasonClass.NONE, word, chat, at);
  }

  private static Receipt receipt(
      String id,
      @Nullable String messageId,
      ReceiptStatus status,
      ReasonClass reason,
      String word,
      @Nullable String chat,
      Instant at) {
    return new Receipt(id, null, messageId, status, reason, word, null, null, chat, at);
  }

  private static @Nullable String chatId(JsonObject holder) {
    return JsonBody.text(JsonBody.object(holder, "chat"), "id");
  }

  private static Instant occurredAt(JsonObject event, Instant receivedAt) {
    return TimestampTolerance.parseUnixSeconds(JsonBody.text(event, "date")).orElse(receivedAt);
  }
}
