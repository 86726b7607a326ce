package io.signalbox.deploy;

import io.vertx.core.json.JsonObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Notifications whose contents tell them apart. */
public final class Messages {
  private static final Pattern NUMBER = Pattern.compile("message number (\\d+)\\.");

  private Messages() {}

  /** The number that a content bears. */
  public static int number(String content) {
    Matcher matcher = NUMBER.matcher(content);
    if (!matcher.find()) {
      throw new AssertionError("none of ours: " + content);
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** A mail with a text and a recipient that no other number has. */
  public static JsonObject email(int number) {
    return message("email", number).put("recipient_email", "user" + number + "@example.com");
  }

  /** A text message to a number that every simulated provider takes. */
  static JsonObject sms(int number) {
    return message("sms", number).put("recipient_phone", "+4915112345678");
  }

  /** A message to a chat that the simulated bot knows. */
  static JsonObject telegram(int number) {
    return message("telegram", number).put("recipient_telegram_id", 123_456_789);
  }

  private static JsonObject message(String channel, int number) {
    return new JsonObject()
        .put("notification_type", "process_test")
        .put("channel", channel)
        .put("title", "Message " + number)
        .put("message", "This is message number " + number + ".");
  }
}
