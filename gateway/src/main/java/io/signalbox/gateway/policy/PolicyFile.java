package io.signalbox.gateway.policy;

import io.signalbox.gateway.config.ConfigMistake;
import io.signalbox.gateway.text.NearestName;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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
  private final PolicyBlock block;
  private final Set<String> types = new HashSet<>();
  private final Set<Channel> channels = new HashSet<>();

  private PolicyFile(Path file) {
    this.file = file;
    this.block = new PolicyBlock(file, Set.of(APPLIES_TO));
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

  /**
   * Checks what would be in a file, before there is one.
   *
   * @param file by the name that it would have
   */
  static Content draft(Path file, String text) {
    PolicyFile draft = new PolicyFile(file);
    return draft.read(draft.block.parse(text));
  }

  private Content read() {
    return read(block.load(MAX_BYTES));
  }

  private Content read(JsonObject top) {
    checkName();
    for (String key : top.fieldNames()) {
      if (key.equals(APPLIES_TO)) {
        readAppliesTo(top.getValue(key));
      } else {
        block.take(key, top.getValue(key));
      }
    }
    if (block.mistakes().isEmpty()) {
      block.checkAcross();
    }
    List<ConfigMistake> mistakes = block.mistakes();
    return new Content(
        mistakes.isEmpty()
            ? new RoutingPolicy(policyName(), fileName(), types, channels, block.values())
            : null,
        mistakes,
        block.isUnread());
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

  private void readAppliesTo(@Nullable Object value) {
    if (!(value instanceof JsonObject wanted)) {
      mistake(APPLIES_TO, "must be a block with types, channels or both");
      return;
    }
    for (String key : wanted.fieldNames()) {
      String at = APPLIES_TO + "." + key;
      switch (key) {
        case TYPES -> readTypes(at, wanted.getValue(key));
        case CHANNELS -> readChannels(at, wanted.getValue(key));
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

  private void mistake(String key, String expected) {
    block.mistake(key, expected);
  }
}
