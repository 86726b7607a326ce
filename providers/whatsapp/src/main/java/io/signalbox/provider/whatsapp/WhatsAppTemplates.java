package io.signalbox.provider.whatsapp;

import io.signalbox.spi.ConfigReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which template a notification is sent as, and when.
 *
 * @param ofTypes by notification type
 * @param otherwise for all other types; null: these are sent as text
 * @param textFirst whether a text is tried first and the template only sent outside the window of
 *     24 hours
 */
record WhatsAppTemplates(
    Map<String, WhatsAppTemplate> ofTypes,
    @Nullable WhatsAppTemplate otherwise,
    boolean textFirst) {

  private static final String REJECT = "reject";
  private static final String TEMPLATE = "template";

  /** Copies the map. */
  WhatsAppTemplates {
    ofTypes = Map.copyOf(ofTypes);
  }

  static WhatsAppTemplates read(ConfigReader reader) {
    Map<String, WhatsAppTemplate> ofTypes = new TreeMap<>();
    ConfigReader types = reader.block("templates");
    for (String type : types.keys()) {
      ofTypes.put(type, WhatsAppTemplate.read(types.block(type)));
    }
    WhatsAppTemplate otherwise =
        reader.keys().contains("default_template")
            ? WhatsAppTemplate.read(reader.block("default_template"))
            : null;
    String onClosedWindow = reader.oneOf("on_closed_window", REJECT, List.of(REJECT, TEMPLATE));
    boolean textFirst = onClosedWindow.equals(TEMPLATE);
    if (textFirst && ofTypes.isEmpty() && otherwise == null) {
      reader.problem(
          "on_closed_window", "template needs templates or default_template, or must be reject");
    }
    return new WhatsAppTemplates(ofTypes, otherwise, textFirst);
  }

  /** The template to send at once; null if a text is to be sent first. */
  @Nullable WhatsAppTemplate first(String notificationType) {
    WhatsAppTemplate template = find(notificationType);
    return template == null || (textFirst && !template.always()) ? null : template;
  }

  /** The template for a text that came too late; null if the text is then refused for good. */
  @Nullable WhatsAppTemplate afterClosedWindow(String notificationType) {
    return textFirst ? find(notificationType) : null;
  }

  private @Nullable WhatsAppTemplate find(String notificationType) {
    return ofTypes.getOrDefault(notificationType, otherwise);
  }
}
