package io.signalbox.gateway.policy;

import io.signalbox.gateway.config.ConfigMistake;
import io.signalbox.gateway.text.NearestName;
import io.signalbox.loader.StrictYaml;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the file of one routing policy. Used once. */
public final class PolicyFile {
  private static final long MAX_BYTES = 64 << 10;
  private static final int LONGEST_TYPE = 100;
  private static final Pattern FILE_NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}\\.ya?ml");
  private static final String APPLIES_TO = "applies_to";
  private static final String TYPES = "types";
  private static final String CHANNELS = "channels";

  private final Path file;
  private final List<ConfigMistake> mistakes = new ArrayList<>();
  private final Set<String> types = new HashSet<>();
  private final Set<Channel> channels = new HashSet<>();
  private final Map<String, String> values = new HashMap<>();
  private boolean unread;

  private PolicyFile(Path file) {
    this.file = file;
  }

  /**
   * What a file says.
   *
   * @param policy null if there are mistakes
   * @param mistakes all of them
   * @param unread whether it could not be read, which says nothing of what is in it
   */
  public record Content(
      @Nullable RoutingPolicy policy, List<ConfigMistake> mistakes, boolean unread) {
    /** Copies the list. */
    public Content {
      mistakes = List.copyOf(mistakes);
    }
  }

  /** Reads and checks a file. Blocks. */
  public static Content read(Path file) {
    return new PolicyFile(file).read();
  }

  private Content read() {
    checkName();
    try {
      if (Files.size(file) > MAX_BYTES) {
        mistake("", "must have at most " + MAX_BYTES + " bytes");
      } else {
        readKeys(StrictYaml.parse(Files.readString(file)));
      }
    } catch (CharacterCodingException e) {
      mistake("", "must be text in UTF-8");
    } catch (IOException e) {
      unread = true;
      mistake("", "cannot be read: " + e.getClass().getSimpleName());
    } catch (StrictYaml.YamlTextException e) {
      mistake("", e.reason());
    }
    if (mistakes.isEmpty()) {
      checkAcross();
    }
    return new Content(
        mistakes.isEmpty()
            ? new RoutingPolicy(policyName(), fileName(), types, channels, values)
            : null,
        mistakes,
        unread);
  }

  private String fileName() {
    return String.valueOf(file.getFileName());
  }

  private String policyName() {
    String name = fileName();
    return name.substring(0, name.lastIndexOf('.'));
  }

  private void checkName() {
    if (!FILE_NAME.matcher(fileName()).matches()) {
      mistake(
          "",
          "must be named like otp.yaml: at most 100 of a-z, 0-9, _ and -, beginning with a letter or"
              + " digit");
    } else if (policyName().equals(EffectivePolicy.DEFAULT_NAME)) {
      mistake("", "must have another name: default is what applies without a policy");
    }
  }

  private void readKeys(JsonObject top) {
    for (String key : top.fieldNames()) {
      Object value = top.getValue(key);
      PolicyKey<?> known = PolicyKeys.all().get(key);
      if (key.equals(APPLIES_TO)) {
        readAppliesTo(value);
      } else if (known == null) {
        Set<String> names = new TreeSet<>(PolicyKeys.all().keySet());
        names.add(APPLIES_TO);
        mistake(key, "is not a known key" + NearestName.hint(key, names));
      } else {
        readValue(known, value);
      }
    }
  }

  private void readValue(PolicyKey<?> key, @Nullable Object value) {
    String text = text(value);
    if (text == null || key.type().parse(text).isEmpty()) {
      mistake(key.name(), key.type().rule());
    } else {
      values.put(key.name(), text);
    }
  }

  /** The text of a value or of the values of a list; null if it is neither. */
  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof JsonArray list) {
      return list.stream().anyMatch(item -> !(item instanceof String))
          ? null
          : list.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return value == null || value instanceof JsonObject ? null : value.toString();
  }

  private void readAppliesTo(@Nullable Object value) {
    if (!(value instanceof JsonObject block)) {
      mistake(APPLIES_TO, "must be a block with types, channels or both");
      return;
    }
    for (String key : block.fieldNames()) {
      String at = APPLIES_TO + "." + key;
      switch (key) {
        case TYPES -> readTypes(at, block.getValue(key));
        case CHANNELS -> readChannels(at, block.getValue(key));
        default ->
            mistake(at, "is not a known key" + NearestName.hint(key, List.of(TYPES, CHANNELS)));
      }
    }
  }

  private void readTypes(String at, @Nullable Object value) {
    for (Object item : items(value)) {
      if (item instanceof String type && !type.isBlank() && type.length() <= LONGEST_TYPE) {
        types.add(type);
      } else {
        mistake(at, "must be a list of notification types, 1 to " + LONGEST_TYPE + " characters");
        return;
      }
    }
  }

  private void readChannels(String at, @Nullable Object value) {
    for (Object item : items(value)) {
      Channel channel = Channel.find(String.valueOf(item)).orElse(null);
      if (channel == null || !channel.carriesMessages()) {
        mistake(at, PolicyKeys.FALLBACK_CHANNELS.type().rule());
        return;
      }
      channels.add(channel);
    }
  }

  /** The items of a list; a list of null if it is none, which no reader takes. */
  private static Iterable<?> items(@Nullable Object value) {
    return value instanceof JsonArray list ? list : new JsonArray().addNull();
  }

  private void checkAcross() {
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

  private void mistake(String key, String expected) {
    mistakes.add(new ConfigMistake(file.toString(), key, expected));
  }
}
