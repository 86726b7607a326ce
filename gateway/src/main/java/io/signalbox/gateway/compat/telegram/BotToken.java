package io.signalbox.gateway.compat.telegram;

import io.signalbox.gateway.compat.DialectRequest;
import io.vertx.core.json.JsonObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in the path after {@code bot}.
 *
 * @param bot the number that the application gives its bot; 1 if it gives none
 * @param key an API key of the gateway
 */
record BotToken(long bot, String key) {
  private static final Pattern NUMBERED = Pattern.compile("([0-9]{1,15}):(.*)");

  static BotToken of(DialectRequest request) {
    String token = request.path().getOrDefault("token", "");
    Matcher numbered = NUMBERED.matcher(token);
    return numbered.matches()
        ? new BotToken(Math.max(1, Long.parseLong(numbered.group(1))), numbered.group(2))
        : new BotToken(1, token);
  }

  /** The bot as Telegram tells a user. */
  JsonObject user() {
    return new JsonObject()
        .put("id", bot)
        .put("is_bot", true)
        .put("first_name", "Signalbox")
        .put("username", "signalbox_bot");
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "BotToken[masked]";
  }
}
