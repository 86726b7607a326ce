package io.signalbox.provider.telegram;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.NotSent;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of Telegram: the JSON of one message. */
final class TelegramMessages {
  static final int MAX_TEXT_CHARACTERS = 4096;

  private final @Nullable String parseMode;

  TelegramMessages(@Nullable String parseMode) {
    this.parseMode = parseMode;
  }

  /** What Telegram would refuse for certain need not travel. */
  Optional<Outcome> refusal(DeliveryRequest request) {
    if (!(request.recipient() instanceof Recipient.TelegramChat)) {
      return NotSent.rejected(
          ReasonClass.INVALID_RECIPIENT, "no_chat", "the recipient is no Telegram chat");
    }
    String text = request.content().plainText();
    if (text.isBlank()) {
      return NotSent.rejected(ReasonClass.INVALID_CONTENT, "empty_text", "the message is empty");
    }
    // With a parse mode the limit holds for what is left after parsing, which only Telegram knows.
    // Counted in code points, the most lenient way: what is longer so is longer in every way.
    int characters = text.codePointCount(0, text.length());
    if (parseMode == null && characters > MAX_TEXT_CHARACTERS) {
      return NotSent.rejected(
          ReasonClass.INVALID_CONTENT,
          "text_too_long",
          characters + " characters, at most " + MAX_TEXT_CHARACTERS);
    }
    return Optional.empty();
  }

  JsonObject json(DeliveryRequest request, long chatId) {
    JsonObject json =
        new JsonObject().put("chat_id", chatId).put("text", request.content().plainText());
    return parseMode == null ? json : json.put("parse_mode", parseMode);
  }
}
