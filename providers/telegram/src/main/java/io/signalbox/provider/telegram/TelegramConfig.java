package io.signalbox.provider.telegram;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code config:} part of a Telegram provider.
 *
 * @param botToken stands in the URL of every call
 * @param baseUrl without a slash at its end
 * @param secretTokens any may come with a webhook; empty: all webhooks are refused
 * @param parseMode how Telegram reads markup in texts; null: as plain text
 */
record TelegramConfig(
    Secret botToken, String baseUrl, List<Secret> secretTokens, @Nullable String parseMode) {

  static final String DEFAULT_BASE_URL = "https://api.telegram.org";

  private static final Pattern BOT_TOKEN = Pattern.compile("\\d{1,20}:[A-Za-z0-9_-]{1,100}");
  private static final Pattern SECRET_TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,256}");
  private static final List<String> PARSE_MODES = List.of("HTML", "MarkdownV2", "Markdown");

  static TelegramConfig read(ConfigReader reader) {
    Secret botToken = reader.requiredSecret("bot_token");
    if (!botToken.reveal().isEmpty() && !BOT_TOKEN.matcher(botToken.reveal()).matches()) {
      reader.problem("bot_token", "must be a bot's number, a colon and its key");
    }
    List<Secret> secretTokens = reader.secrets("secret_token");
    if (secretTokens.stream().anyMatch(s -> !SECRET_TOKEN.matcher(s.reveal()).matches())) {
      reader.problem("secret_token", "must be 1 to 256 characters of A-Z a-z 0-9 _ -");
    }
    Optional<String> parseMode = reader.text("parse_mode");
    if (parseMode.isPresent() && !PARSE_MODES.contains(parseMode.get())) {
      reader.problem("parse_mode", "must be one of " + String.join(", ", PARSE_MODES));
    }
    String baseUrl = reader.url("base_url", DEFAULT_BASE_URL);
    reader.finish();
    return new TelegramConfig(botToken, baseUrl, secretTokens, parseMode.orElse(null));
  }

  /** The URL of a method. Holds the token: never show it. */
  String url(String method) {
    return baseUrl + "/bot" + botToken.reveal() + "/" + method;
  }
}
