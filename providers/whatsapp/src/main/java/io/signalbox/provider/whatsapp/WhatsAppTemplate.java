package io.signalbox.provider.whatsapp;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A template that Meta has approved, and what of a notification fills the variables of its body.
 *
 * @param name as it was approved
 * @param language code of the approved translation, such as {@code en_US}
 * @param parameters what fills the variables, in their order
 * @param always whether it is sent at once even where texts are tried first
 */
record WhatsAppTemplate(String name, String language, List<Parameter> parameters, boolean always) {

  static final String DEFAULT_LANGUAGE = "en_US";

  private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,512}");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(_[A-Za-z]{2,4})?");

  /** Meta refuses line breaks, tabs and long runs of spaces in a variable. */
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  /**
   * What fills one variable.
   *
   * @param source {@code title}, {@code message}, or {@code tags.} and the name of a tag
   */
  record Parameter(String source) {
    private static final String TAG_PREFIX = "tags.";

    static boolean isSource(String text) {
      return text.equals("title")
          || text.equals("message")
          || (text.startsWith(TAG_PREFIX) && text.length() > TAG_PREFIX.length());
    }

    /** The text on one line; empty if the notification has none. */
    String text(DeliveryRequest request) {
      String text = found(request);
      return text == null ? "" : WHITE_SPACE.matcher(text).replaceAll(" ").strip();
    }

    private @Nullable String found(DeliveryRequest request) {
      Content content = request.content();
      return switch (source) {
        case "title" -> content.title();
        case "message" -> content.message();
        default -> request.tags().get(source.substring(TAG_PREFIX.length()));
      };
    }
  }

  static WhatsAppTemplate read(ConfigReader reader) {
    String name = reader.requiredText("name");
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      reader.problem("name", "must be a template's name: a-z, 0-9 and _");
    }
    String language = reader.text("language").orElse(DEFAULT_LANGUAGE);
    if (!LANGUAGE.matcher(language).matches()) {
      reader.problem("language", "must be the code of a language, such as en or en_US");
    }
    List<String> sources = reader.texts("parameters");
    if (!sources.stream().allMatch(Parameter::isSource)) {
      reader.problem("parameters", "must be of title, message and tags.<name>");
    }
    return new WhatsAppTemplate(
        name,
        language,
        sources.stream().map(Parameter::new).toList(),
        reader.flag("always", false));
  }
}
