package io.signalbox.gateway.compat.vonage;

import io.signalbox.gateway.compat.JsonFields;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What both APIs have: a text for a number. */
final class VonageText {
  private static final int LONGEST_REFERENCE = 100;

  private VonageText() {}

  /** The notification, without its times; whether the number is one is seen later. */
  static JsonObject notification(JsonFields fields, String channel) {
    String to = fields.required(VonageFields.TO);
    String text = fields.required(VonageFields.TEXT);
    JsonObject notification =
        new JsonObject().put("notification_type", VonageDialect.NAME).put("channel", channel);
    if (to != null) {
      notification.put("recipient_phone", to.startsWith("+") ? to : "+" + to.strip());
    }
    return text == null ? notification : notification.put("message", text);
  }

  /** The application's reference as it is kept, under the name that it came by. */
  static Map<String, Object> reference(JsonFields fields, String name) {
    String reference = given(fields.text(name));
    if (reference != null && reference.length() > LONGEST_REFERENCE) {
      fields.mistakes().add(name, "must have at most " + LONGEST_REFERENCE + " characters");
    }
    return reference == null ? Map.of() : Map.of(name, reference);
  }

  /** An empty parameter is none. */
  static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
