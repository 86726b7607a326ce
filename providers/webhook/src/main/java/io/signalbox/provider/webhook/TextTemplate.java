package io.signalbox.provider.webhook;

import io.signalbox.spi.ConfigReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A text with placeholders such as <code>{{recipient}}</code>. May hold secrets. */
final class TextTemplate {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{\\s*([a-z_]+(?:\\.[^\\s{}:]+)?)(:number)?\\s*}}");

  /**
   * A piece of the text.
   *
   * @param text itself, or the placeholder's name
   * @param number whether a placeholder's value is to become a number
   */
  private record Part(String text, boolean placeholder, boolean number) {}

  private final List<Part> parts;

  private TextTemplate(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * Reads a text; mistakes are told under the key.
   *
   * @param allowed which placeholders may stand here
   * @param rule what is right, told where another one does
   */
  static TextTemplate parse(
      String text, ConfigReader reader, String key, Predicate<String> allowed, String rule) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    int end = 0;
    while (matcher.find()) {
      addLiteral(parts, text.substring(end, matcher.start()), reader, key);
      if (!allowed.test(matcher.group(1))) {
        reader.problem(key, "has {{" + matcher.group(1) + "}}; " + rule);
      }
      parts.add(new Part(matcher.group(1), true, matcher.group(2) != null));
      end = matcher.end();
    }
    addLiteral(parts, text.substring(end), reader, key);
    return new TextTemplate(parts);
  }

  /** The whole text, each value encoded for its place; what has no value is empty. */
  String render(Values values, UnaryOperator<String> encoding) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part.placeholder) {
        String value = values.text(part.text);
        text.append(value == null ? "" : encoding.apply(value));
      } else {
        text.append(part.text);
      }
    }
    return text.toString();
  }

  /** The name of the only placeholder if the text is nothing else; null otherwise. */
  @Nullable String onlyPlaceholder() {
    return parts.size() == 1 && parts.get(0).placeholder ? parts.get(0).text : null;
  }

  /** The text itself if it has no placeholder. */
  Optional<String> constant() {
    return placeholders().isEmpty()
        ? Optional.of(parts.stream().map(Part::text).collect(Collectors.joining()))
        : Optional.empty();
  }

  /** Whether any placeholder asks for a number. */
  boolean hasNumber() {
    return parts.stream().anyMatch(Part::number);
  }

  /** The names of all placeholders. */
  List<String> placeholders() {
    return parts.stream().filter(Part::placeholder).map(Part::text).toList();
  }

  private static void addLiteral(List<Part> parts, String text, ConfigReader reader, String key) {
    if (text.contains("{{")) {
      reader.problem(key, "has {{ that begins no placeholder, such as {{recipient}}");
    }
    if (!text.isEmpty()) {
      parts.add(new Part(text, false, false));
    }
  }

  @Override
  public String toString() {
    return "TextTemplate[masked]";
  }
}
