package io.signalbox.gateway.config;

import io.signalbox.spi.ConfigReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The types that values of the configuration and of policy files have. */
public final class ValueTypes {
  private static final int LONGEST_SENTENCE = 300;

  private ValueTypes() {}

  static ValueType<String> text() {
    return type("text", "", "must be a text that is not blank", ValueTypes::notBlank);
  }

  /** A sentence for people, with names in braces that may stand in it and no others. */
  static ValueType<String> sentence(String... placeholders) {
    String names =
        placeholders.length == 0
            ? "no names in braces"
            : "in it {" + String.join("}, {", placeholders) + "}";
    return type(
        "sentence",
        "1 to " + LONGEST_SENTENCE + " characters, " + names,
        "must be a sentence of 1 to " + LONGEST_SENTENCE + " characters, with " + names,
        text -> notBlank(text).filter(sentence -> isSentence(sentence, placeholders)));
  }

  private static boolean isSentence(String text, String... placeholders) {
    String rest = text;
    for (String placeholder : placeholders) {
      rest = rest.replace('{' + placeholder + '}', "");
    }
    boolean plain = rest.chars().allMatch(c -> c != '{' && c != '}' && !Character.isISOControl(c));
    return plain && text.length() <= LONGEST_SENTENCE;
  }

  /** {@code true} or {@code false}. */
  public static ValueType<Boolean> flag() {
    return type(
        "flag",
        "true or false",
        "must be true or false",
        text ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  /** A whole number in a range, both ends included. */
  public static ValueType<Integer> integer(int min, int max) {
    String range = min + " to " + max;
    return type(
        "whole number",
        range,
        "must be a whole number from " + range,
        text -> number(text, min, max).map(Long::intValue));
  }

  static ValueType<Long> count(long min, long max) {
    String range = min + " to " + max;
    return type(
        "whole number",
        range,
        "must be a whole number from " + range,
        text -> number(text, min, max));
  }

  static ValueType<Long> bytes(long min, long max) {
    String range = ByteSize.format(min) + " to " + ByteSize.format(max);
    return type(
        "size",
        range,
        "must be a size from " + range + ", such as 64MiB",
        text -> ByteSize.parse(text).filter(bytes -> bytes >= min && bytes <= max));
  }

  /** A number in a range, both ends included. */
  public static ValueType<Double> decimal(double min, double max) {
    String range = min + " to " + max;
    return type("number", range, "must be a number from " + range, text -> decimal(text, min, max));
  }

  /** A duration in a range, both ends included, with its unit. */
  public static ValueType<Duration> duration(String min, String max) {
    Duration least = ConfigReader.parseDuration(min).orElseThrow();
    Duration most = ConfigReader.parseDuration(max).orElseThrow();
    String range = min + " to " + max;
    return type(
        "duration",
        range,
        "must be a duration from " + range + ", such as 250ms, 30s, 5m",
        text ->
            ConfigReader.parseDuration(text)
                .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0));
  }

  static ValueType<String> oneOf(String... allowed) {
    String range = String.join(", ", allowed);
    return type(
        "word",
        range,
        "must be one of " + range,
        text -> List.of(allowed).contains(text) ? Optional.of(text) : Optional.empty());
  }

  /** Where a secret is. */
  static ValueType<SecretReference> secret() {
    return type(
        "secret",
        "env:NAME or file:/path",
        "must be env:NAME or file:/path, where the secret is: it must not stand here",
        SecretReference::parse);
  }

  static ValueType<Path> path() {
    return type("path", "", "must be a path", ValueTypes::toPath);
  }

  static ValueType<Optional<String>> url() {
    return type(
        "URL",
        "http or https, or empty",
        "must be a URL that begins with http:// or https://, or empty",
        ValueTypes::toUrl);
  }

  /** A type whose value may be left empty. */
  static <T> ValueType<Optional<T>> optional(ValueType<T> of) {
    return type(
        of.name(),
        of.range().isEmpty() ? "or empty" : of.range() + ", or empty",
        of.rule() + ", or empty",
        text ->
            text.isEmpty()
                ? Optional.of(Optional.empty())
                : of.parse(text).flatMap(value -> Optional.of(Optional.of(value))));
  }

  /** A list of texts; neither of them may hold a comma. */
  static ValueType<List<String>> texts(String what, String example) {
    return type(
        "list",
        what,
        "must be a list of " + what + ", such as " + example,
        text -> list(text, part -> notBlank(part.trim())));
  }

  /** A list of durations, each in a range. */
  static ValueType<List<Duration>> durations(String min, String max) {
    ValueType<Duration> each = duration(min, max);
    return type(
        "list",
        "durations from " + each.range(),
        "must be a list of durations from " + each.range() + ", such as 5s, 5m, 2h",
        text -> list(text, each::parse));
  }

  /** A list of durations, each in a range and longer than the one before. */
  static ValueType<List<Duration>> growingDurations(String min, String max) {
    ValueType<Duration> each = duration(min, max);
    return type(
        "list",
        "growing durations from " + each.range(),
        "must be a list of growing durations from " + each.range() + ", such as 10m, 1h",
        text -> list(text, each::parse).filter(ValueTypes::grows));
  }

  static ValueType<List<IpNetwork>> networks() {
    return type(
        "list",
        "networks in CIDR form",
        "must be a list of networks in CIDR form, such as 10.0.0.0/8, fd00::/8",
        text -> list(text, IpNetwork::parse));
  }

  /** Reads the parts between commas; empty if one of them is wrong. */
  static <T> Optional<List<T>> list(String text, Function<String, Optional<T>> parse) {
    List<T> values = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        Optional<T> value = parse.apply(part.trim());
        if (value.isEmpty()) {
          return Optional.empty();
        }
        values.add(value.get());
      }
    }
    return Optional.of(List.copyOf(values));
  }

  private static Optional<String> notBlank(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  private static Optional<Long> number(String text, long min, long max) {
    try {
      long number = Long.parseLong(text);
      return number >= min && number <= max ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Double> decimal(String text, double min, double max) {
    try {
      double number = Double.parseDouble(text);
      return number >= min && number <= max ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> toPath(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  // Empty if it is no path; with nothing in it if there is none.
  private static Optional<Optional<String>> toUrl(String text) {
    if (text.isBlank()) {
      return Optional.of(Optional.empty());
    }
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null) {
        return Optional.of(
            Optional.of(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
      }
    } catch (URISyntaxException e) {
      // Falls through to empty, which the caller turns into the rule.
    }
    return Optional.empty();
  }

  private static boolean grows(List<Duration> durations) {
    for (int i = 1; i < durations.size(); i++) {
      if (durations.get(i).compareTo(durations.get(i - 1)) <= 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * A type.
   *
   * @param name what it is called in the documentation
   * @param range what is allowed; empty if anything is
   * @param rule what would be right, as a sentence part
   * @param parse reads a text without spaces around it; empty if it is wrong
   */
  public static <T> ValueType<T> type(
      String name, String range, String rule, Function<String, Optional<T>> parse) {
    return new ValueType<>() {
      @Override
      public Optional<T> parse(String text) {
        return parse.apply(text.trim());
      }

      @Override
      public String name() {
        return name;
      }

      @Override
      public String range() {
        return range;
      }

      @Override
      public String rule() {
        return rule;
      }
    };
  }
}
