package io.signalbox.gateway.compat.telegram;

import io.signalbox.gateway.compat.Asked;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectIds;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.FormFields;
import io.signalbox.gateway.compat.JsonFields;
import io.signalbox.gateway.compat.Mistakes;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.compat.Taken;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code sendMessage}: its parameters stand in the query, or in the body as JSON or a form. Made by
 * {@code GET} too, as at the Bot API, though whatever repeats that sends again.
 */
final class SendMessage implements DialectCall.Sending {
  private static final int MAX_BYTES = 64 << 10;
  private static final int MOST_CHARACTERS = 4_096;

  /** Chats of Telegram have at most 52 bits, and a sign. */
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,16}");

  private static final Map<String, String> NAMES =
      Map.of("/recipient_telegram_id", TelegramFields.CHAT, "/message", TelegramFields.TEXT);

  @Override
  public String path() {
    return "/bot:token/sendMessage";
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  @Override
  public boolean isMadeByGet() {
    return true;
  }

  @Override
  public Asked read(DialectRequest request) {
    Mistakes mistakes = new Mistakes();
    JsonFields fields =
        new JsonFields(parameters(request, mistakes), TelegramFields.TABLE, mistakes);
    Long chat = chat(fields);
    String text = fields.required(TelegramFields.TEXT);
    if (text != null && text.codePointCount(0, text.length()) > MOST_CHARACTERS) {
      mistakes.add(TelegramFields.TEXT, TelegramErrors.TOO_LONG);
    }
    mistakes.check();
    JsonObject notification =
        new JsonObject()
            .put("notification_type", TelegramDialect.NAME)
            .put("channel", "telegram")
            .put("recipient_telegram_id", chat)
            .put("message", text);
    DialectMemo memo =
        new DialectMemo(
            TelegramDialect.NAME,
            Long.toString(BotToken.of(request).bot()),
            null,
            null,
            Map.of(),
            List.of());
    return new Asked(List.of(new AskedNotification(notification, memo, NAMES)), true, null);
  }

  @Override
  public DialectAnswer answer(DialectRequest request, Asked asked, List<Taken> taken) {
    if (taken.get(0) instanceof Taken.Refused refused) {
      throw new RefusedException(refused.refusal());
    }
    Taken.Accepted accepted = (Taken.Accepted) taken.get(0);
    JsonObject notification = asked.notifications().get(0).notification();
    long chat = notification.getLong("recipient_telegram_id");
    return TelegramErrors.ok(
        new JsonObject()
            .put("message_id", DialectIds.number(accepted.id()))
            .put("from", BotToken.of(request).user())
            .put("chat", new JsonObject().put("id", chat).put("type", type(chat)))
            .put("date", accepted.id().timestampMillis() / 1_000)
            .put("text", notification.getString("message")));
  }

  /** People have positive numbers, and what has more than one of them has negative ones. */
  private static String type(long chat) {
    return chat > 0 ? "private" : chat > -1_000_000_000_000L ? "group" : "supergroup";
  }

  private static JsonObject parameters(DialectRequest request, Mistakes mistakes) {
    JsonObject body = request.body().length() > 0 ? body(request) : new JsonObject();
    return FormFields.merged(request.query(), body, mistakes);
  }

  private static JsonObject body(DialectRequest request) {
    if (FormFields.isForm(request)) {
      return FormFields.of(request).json();
    }
    if (JsonFields.body(request.body()) instanceof JsonObject json) {
      return json;
    }
    throw new RefusedException(new Refusal(400, "the body must be an object"));
  }

  private static @Nullable Long chat(JsonFields fields) {
    Object value = fields.value(TelegramFields.CHAT);
    String text = value == null ? "" : value.toString();
    if (text.isBlank()) {
      fields.mistakes().missing(TelegramFields.CHAT);
      return null;
    }
    if (!NUMBER.matcher(text).matches()) {
      fields
          .mistakes()
          .add(TelegramFields.CHAT, "must be the number of a chat; no name can be carried");
      return null;
    }
    return Long.valueOf(text);
  }
}
