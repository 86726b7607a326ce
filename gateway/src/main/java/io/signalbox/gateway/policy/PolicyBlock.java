package io.signalbox.gateway.policy;

import io.signalbox.gateway.config.ConfigMistake;
import io.signalbox.gateway.text.NearestName;
import io.signalbox.loader.StrictYaml;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of a routing policy from a YAML file that may have other blocks besides, and
 * collects all mistakes of the file. Used once for each file.
 */
public final class PolicyBlock {
  private final Path file;
  private final Set<String> others;
  private final List<ConfigMistake> mistakes = new ArrayList<>();
  private final Map<String, String> values = new HashMap<>();
  private boolean unread;

  /**
   * Begins with a file.
   *
   * @param others the keys of its other blocks
   */
  public PolicyBlock(Path file, Set<String> others) {
    this.file = file;
    this.others = Set.copyOf(others);
  }

  /** The whole file; empty if it cannot be read, which is a mistake then. Blocks. */
  public JsonObject load(long maxBytes) {
    try {
      if (Files.size(file) <= maxBytes) {
        return parse(Files.readString(file));
      }
      mistake("", "must have at most " + maxBytes + " bytes");
    } catch (CharacterCodingException e) {
      mistake("", "must be text in UTF-8");
    } catch (IOException e) {
      unread = true;
      mistake("", "cannot be read: " + e.getClass().getSimpleName());
    }
    return new JsonObject();
  }

  /**
   * What a text says that is not in a file yet; empty if it is no YAML, which is a mistake then.
   */
  public JsonObject parse(String text) {
    try {
      return StrictYaml.parse(text);
    } catch (StrictYaml.YamlTextException e) {
      mistake("", e.reason());
      return new JsonObject();
    }
  }

  /** Takes the value of a key that is none of the other blocks'. */
  public void take(String key, @Nullable Object value) {
    PolicyKey<?> known = PolicyKeys.all().get(key);
    if (known == null) {
      Set<String> names = new TreeSet<>(PolicyKeys.all().keySet());
      names.addAll(others);
      mistake(key, "is not a known key" + NearestName.hint(key, names));
      return;
    }
    String text = text(value);
    if (text == null || known.type().parse(text).isEmpty()) {
      mistake(key, known.type().rule());
    } else {
      values.put(key, text);
    }
  }

  /** The text of a value or of the values of a list; null if it is neither. */
  public static @Nullable String text(@Nullable Object value) {
    if (value instanceof JsonArray list) {
      return list.stream().anyMatch(item -> !(item instanceof String))
          ? null
          : list.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return value == null || value instanceof JsonObject ? null : value.toString();
  }

  /** Checks the values against each other, once all were taken. */
  public void checkAcross() {
    atMost(PolicyKeys.RETRY_BASE, PolicyKeys.RETRY_MAX);
    atMost(PolicyKeys.ATTEMPT_TIMEOUT, PolicyKeys.CHANNEL_TIMEOUT);
    atMost(PolicyKeys.ATTEMPT_TIMEOUT, PolicyKeys.NOTIFICATION_TIMEOUT);
    atMost(PolicyKeys.CHANNEL_TIMEOUT, PolicyKeys.NOTIFICATION_TIMEOUT);
  }

  /** Where 0 stands for no limit it is no mistake. */
  private void atMost(PolicyKey<Duration> least, PolicyKey<Duration> most) {
    Duration shorter = given(least);
    Duration longer = given(most);
    if (shorter != null && longer != null && !longer.isZero() && shorter.compareTo(longer) > 0) {
      mistake(least.name(), "must not be longer than " + most.name());
    }
  }

  private @Nullable Duration given(PolicyKey<Duration> key) {
    String text = values.get(key.name());
    return text == null ? null : key.type().parse(text).orElse(null);
  }

  /**
   * Notes a mistake.
   *
   * @param key where; empty for the file as a whole
   * @param expected what would be right, as a sentence part
   */
  public void mistake(String key, String expected) {
    mistakes.add(new ConfigMistake(file.toString(), key, expected));
  }

  /** All mistakes so far, in the order of the file. */
  public List<ConfigMistake> mistakes() {
    return List.copyOf(mistakes);
  }

  /** The values of the policy's keys that are right. */
  public Map<String, String> values() {
    return Map.copyOf(values);
  }

  /** Whether the file could not be read, which says nothing of what is in it. */
  boolean isUnread() {
    return unread;
  }
}
