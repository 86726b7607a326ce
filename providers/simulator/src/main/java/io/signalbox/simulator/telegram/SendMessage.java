package io.signalbox.simulator.telegram;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Fields;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters of {@code sendMessage}.
 *
 * @param chatId a number, or the name of a channel with its at sign; empty if absent
 * @param text empty if absent
 * @param parseMode empty for plain text
 */
record SendMessage(String chatId, String text, String parseMode) {
  private static final int MAX_TEXT_LENGTH = 4096;
  private static final Pattern CHAT_NUMBER = Pattern.compile("-?[1-9][0-9]{0,17}");
  private static final Pattern CHANNEL = Pattern.compile("@[A-Za-z][A-Za-z0-9_]{3,31}");
  private static final Set<String> PARSE_MODES = Set.of("html", "markdown", "markdownv2");
  private static final long SUPERGROUP_OFFSET = -1_000_000_000_000L;

  /** Reads JSON, a form or the query; empty if the body cannot be read. */
  static Optional<SendMessage> read(ApiRequest request) {
    if (request.hasContentType("application/json")) {
      return Fields.object(request.body()).map(SendMessage::of);
    }
    String form =
        request.body().length() == 0
            ? request.query()
            : request.body().toString(StandardCharsets.UTF_8);
    return Fields.form(form).map(SendMessage::of);
  }

  private static SendMessage of(JsonObject body) {
    Object chat = body.getValue("chat_id");
    String text = Fields.text(body, "text");
    String mode = Fields.text(body, "parse_mode");
    return new SendMessage(
        chat == null ? "" : chat.toString(), text == null ? "" : text, mode == null ? "" : mode);
  }

  private static SendMessage of(Map<String, List<String>> form) {
    return new SendMessage(first(form, "chat_id"), first(form, "text"), first(form, "parse_mode"));
  }

  private static String first(Map<String, List<String>> form, String name) {
    String value = Fields.first(form, name);
    return value == null ? "" : value;
  }

  /** The first reason to refuse this message, if there is one. */
  Optional<Answer> refusal(boolean refuseRecipient) {
    return textRefusal().or(() -> chatRefusal(refuseRecipient));
  }

  /** Whether the chat is given by number. */
  boolean isNumberedChat() {
    return CHAT_NUMBER.matcher(chatId).matches();
  }

  private Optional<Answer> textRefusal() {
    if (text.isBlank()) {
      return bad("message text is empty");
    }
    if (!parseMode.isEmpty() && !PARSE_MODES.contains(parseMode.toLowerCase(Locale.ROOT))) {
      return bad("unsupported parse_mode");
    }
    int length = text.length();
    if (parseMode.equalsIgnoreCase("html")) {
      Optional<Integer> visible = HtmlText.visibleLength(text);
      if (visible.isEmpty()) {
        return bad("can't parse entities: unsupported or unclosed tag");
      }
      length = visible.get();
    }
    return length > MAX_TEXT_LENGTH ? bad("message is too long") : Optional.empty();
  }

  private Optional<Answer> chatRefusal(boolean refuse) {
    if (chatId.isEmpty()) {
      return bad("chat_id is empty");
    }
    if (!isNumberedChat() && !CHANNEL.matcher(chatId).matches()) {
      return bad("chat not found");
    }
    if (refuse || chatId.endsWith("0002")) {
      return Optional.of(TelegramErrors.blocked());
    }
    if (isNumberedChat() && chatId.endsWith("0003")) {
      return Optional.of(
          TelegramErrors.migrated(SUPERGROUP_OFFSET - Math.abs(Long.parseLong(chatId)) - 1));
    }
    return chatId.endsWith("0001") ? bad("chat not found") : Optional.empty();
  }

  private static Optional<Answer> bad(String reason) {
    return Optional.of(TelegramErrors.badRequest(reason));
  }

  @Override
  public String toString() {
    return "SendMessage[masked]";
  }
}
