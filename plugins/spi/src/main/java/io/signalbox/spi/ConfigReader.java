package io.signalbox.spi;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Typed reads of a configuration that collect every mistake instead of stopping at the first.
 *
 * <p>Read all keys, then call {@link #finish()}: it throws if anything was wrong, or if the
 * configuration has keys that nobody read. Reads of a wrong value return a harmless placeholder, so
 * use no value before {@code finish()}. Not thread-safe.
 */
public final class ConfigReader {
  private final JsonObject values;
  private final String prefix;
  private final Set<String> literals;
  private final Set<String> read = new HashSet<>();
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final List<ConfigReader> blocks = new ArrayList<>();

  /**
   * Reads from values.
   *
   * @param values one flat object; nested keys are read through {@link #block(String)}
   * @param prefix what stands before each key in messages, such as {@code config.}; may be empty
   */
  public ConfigReader(JsonObject values, String prefix) {
    this(values, prefix, Set.of());
  }

  /**
   * Reads from values, of which some may hold no secret.
   *
   * @param values one flat object; nested keys are read through {@link #block(String)}
   * @param prefix what stands before each key in messages, such as {@code config.}; may be empty
   * @param literals the full keys, with the prefix, of values that stand in the file as they are,
   *     where a secret must come from the environment or from a file of its own; empty if secrets
   *     may stand there
   */
  public ConfigReader(JsonObject values, String prefix, Set<String> literals) {
    this.values = values;
    this.prefix = prefix;
    this.literals = Set.copyOf(literals);
  }

  /**
   * {@return a text that must be there and not be blank}
   *
   * @param key its name
   */
  public String requiredText(String key) {
    return text(key).orElseGet(() -> missing(key, "is required (text)"));
  }

  /**
   * {@return a text that may be missing}
   *
   * @param key its name
   */
  public Optional<String> text(String key) {
    Object value = take(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      String text = value.toString();
      if (!text.isBlank()) {
        return Optional.of(text);
      }
    }
    problem(key, "must be a text that is not blank");
    return Optional.empty();
  }

  /**
   * {@return a secret that must be there}
   *
   * @param key its name
   */
  public Secret requiredSecret(String key) {
    return secret(key).orElseGet(() -> new Secret(missing(key, "is required (secret)")));
  }

  /**
   * {@return a secret that may be missing}
   *
   * @param key its name
   */
  public Optional<Secret> secret(String key) {
    return text(key).map(value -> hidden(key, value));
  }

  /**
   * {@return one secret or a list of them: while a secret is being rotated, the old and the new one
   * are both good}
   *
   * @param key its name
   */
  public List<Secret> secrets(String key) {
    Object value = take(key);
    List<Secret> secrets = new ArrayList<>();
    for (Object item : items(value)) {
      if (item instanceof String text && !text.isBlank()) {
        secrets.add(hidden(key, text));
      } else {
        problem(key, "must be a secret or a list of secrets");
      }
    }
    return List.copyOf(secrets);
  }

  /**
   * {@return a whole number in a range}
   *
   * @param key its name
   * @param defaultValue what a missing key means
   * @param min the least that is allowed
   * @param max the most that is allowed
   */
  public long integer(String key, long defaultValue, long min, long max) {
    Object value = take(key);
    if (value == null) {
      return defaultValue;
    }
    try {
      long number = Long.parseLong(value.toString());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the problem below, which says what would be right.
    }
    problem(key, "must be a whole number from " + min + " to " + max);
    return defaultValue;
  }

  /**
   * {@return a number in a range}
   *
   * @param key its name
   * @param defaultValue what a missing key means
   * @param min the least that is allowed
   * @param max the most that is allowed
   */
  public double decimal(String key, double defaultValue, double min, double max) {
    Object value = take(key);
    if (value == null) {
      return defaultValue;
    }
    try {
      double number = Double.parseDouble(value.toString());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the problem below, which says what would be right.
    }
    problem(key, "must be a number from " + min + " to " + max);
    return defaultValue;
  }

  /**
   * {@return {@code true} or {@code false}}
   *
   * @param key its name
   * @param defaultValue what a missing key means
   */
  public boolean flag(String key, boolean defaultValue) {
    Object value = take(key);
    if (value == null) {
      return defaultValue;
    }
    if ("true".equals(value.toString()) || "false".equals(value.toString())) {
      return Boolean.parseBoolean(value.toString());
    }
    problem(key, "must be true or false");
    return defaultValue;
  }

  /**
   * {@return a duration with its unit, such as {@code 250ms}, {@code 30s}, {@code 5m}, {@code 24h},
   * in a range}
   *
   * @param key its name
   * @param defaultValue what a missing key means
   * @param min the least that is allowed
   * @param max the most that is allowed
   */
  public Duration duration(String key, Duration defaultValue, Duration min, Duration max) {
    Object value = take(key);
    if (value == null) {
      return defaultValue;
    }
    Optional<Duration> parsed = parseDuration(value.toString());
    if (parsed.isPresent()
        && parsed.get().compareTo(min) >= 0
        && parsed.get().compareTo(max) <= 0) {
      return parsed.get();
    }
    problem(
        key,
        "must be a duration from "
            + format(min)
            + " to "
            + format(max)
            + ", such as 250ms, 30s, 5m");
    return defaultValue;
  }

  /**
   * {@return an http or https URL; a slash at its end is removed}
   *
   * @param key its name
   * @param defaultValue what a missing key means
   */
  public String url(String key, String defaultValue) {
    String text = text(key).orElse(defaultValue);
    if (!text.equals(defaultValue) && !ConfigText.isWebUrl(text)) {
      problem(key, "must be a URL that begins with http:// or https://");
      return defaultValue;
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /**
   * {@return one of the given texts}
   *
   * @param key its name
   * @param defaultValue what a missing key means
   * @param allowed the texts that may stand there
   */
  public String oneOf(String key, String defaultValue, List<String> allowed) {
    String text = text(key).orElse(defaultValue);
    if (!allowed.contains(text)) {
      problem(key, "must be one of " + String.join(", ", allowed));
      return defaultValue;
    }
    return text;
  }

  /**
   * {@return a text, or a list of texts; empty if the key is missing}
   *
   * @param key its name
   */
  public List<String> texts(String key) {
    Object value = take(key);
    if (value instanceof JsonObject) {
      problem(key, "must be a text or a list of texts");
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    items(value).forEach(item -> texts.add(String.valueOf(item)));
    return List.copyOf(texts);
  }

  /**
   * {@return a nested object, empty if the key is missing; unread keys in it are not reported}
   *
   * @param key its name
   */
  public JsonObject object(String key) {
    Object value = take(key);
    if (value == null) {
      return new JsonObject();
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    problem(key, "must be a block of keys and values");
    return new JsonObject();
  }

  /**
   * {@return the reader of a nested block, of an empty one if the key is missing} Its mistakes and
   * unread keys are told with this reader's, under their full keys; only this reader is finished.
   *
   * @param key its name
   */
  public ConfigReader block(String key) {
    return nested(object(key), key);
  }

  /**
   * {@return the readers of a list of blocks, as {@link #block}; empty if the key is missing}
   *
   * @param key its name
   */
  public List<ConfigReader> blocks(String key) {
    List<ConfigReader> readers = new ArrayList<>();
    for (Object item : items(take(key))) {
      String place = key + "[" + readers.size() + "]";
      if (!(item instanceof JsonObject)) {
        problem(place, "must be a block of keys and values");
      }
      readers.add(nested(item instanceof JsonObject object ? object : new JsonObject(), place));
    }
    return List.copyOf(readers);
  }

  /** {@return the keys that are there, for blocks whose keys are names of the user's own} */
  public Set<String> keys() {
    return Set.copyOf(values.fieldNames());
  }

  /**
   * Notes a mistake that only the caller can see, such as a rule across two keys.
   *
   * @param key its name
   * @param expected what would be right, such as {@code must be a URL}
   */
  public void problem(String key, String expected) {
    problems.add(new ConfigProblem(prefix + key, expected));
  }

  /** {@return the mistakes so far, those of unread keys not included} */
  public List<ConfigProblem> problems() {
    List<ConfigProblem> all = new ArrayList<>(problems);
    blocks.forEach(block -> all.addAll(block.problems()));
    return List.copyOf(all);
  }

  /**
   * Ends the reading.
   *
   * @throws ConfigException if anything was wrong, or if there are keys that nobody read
   */
  public void finish() {
    tellUnread();
    List<ConfigProblem> all = problems();
    if (!all.isEmpty()) {
      throw new ConfigException(all);
    }
  }

  /**
   * Reads a duration such as {@code 250ms}; empty if the text is none.
   *
   * @param text such as {@code 250ms}
   * @return the duration; empty if the text is none
   */
  public static Optional<Duration> parseDuration(String text) {
    return ConfigText.duration(text);
  }

  /**
   * Writes a duration as {@link #parseDuration} reads it, in the largest unit that is exact.
   *
   * @param duration to write
   * @return such as {@code 30s}
   */
  public static String format(Duration duration) {
    return ConfigText.of(duration);
  }

  private void tellUnread() {
    for (String key : values.fieldNames()) {
      if (!read.contains(key)) {
        problem(key, "is not a known key");
      }
    }
    blocks.forEach(ConfigReader::tellUnread);
  }

  /** The items of a list; a value that is none is its own only item. */
  private static Iterable<?> items(@Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof Iterable<?> list ? list : List.of(value);
  }

  private ConfigReader nested(JsonObject block, String key) {
    ConfigReader reader = new ConfigReader(block, prefix + key + ".", literals);
    blocks.add(reader);
    return reader;
  }

  private Secret hidden(String key, String value) {
    if (literals.contains(prefix + key)) {
      problemOnce(key, "must not stand in the file: write ${env:NAME} or ${file:/path}");
    }
    return new Secret(value);
  }

  private void problemOnce(String key, String expected) {
    if (problems.stream().noneMatch(p -> p.key().equals(prefix + key))) {
      problem(key, expected);
    }
  }

  private String missing(String key, String expected) {
    problemOnce(key, expected);
    return "";
  }

  private @Nullable Object take(String key) {
    read.add(key);
    return values.getValue(key);
  }
}
