package io.signalbox.gateway.replay;

import io.signalbox.gateway.config.ConfigurationException;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.config.ValueType;
import io.signalbox.gateway.config.ValueTypes;
import io.signalbox.gateway.policy.PolicyBlock;
import io.signalbox.gateway.text.NearestName;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of a back-test: a routing policy as in the folder of policies, and two more blocks,
 * {@code scoring} and {@code providers}. What it does not say is as configured. Used once.
 */
public final class ReplayFile {
  private static final long MAX_BYTES = 256 << 10;
  private static final String SCORING = "scoring";
  private static final String PROVIDERS = "providers";
  private static final String BLOCK = "must be a block of keys and values";
  private static final String APPLIES_TO = "applies_to";
  private static final Set<String> SCORING_KEYS =
      Set.of(
          "policy",
          "strategy",
          "exploration",
          "max_response_time",
          "min_success_rate",
          "weights.health",
          "weights.priority",
          "weights.response",
          "weights.load");
  private static final Set<String> PROVIDER_KEYS =
      Set.of("priority", "weight", "price", "max_concurrent");

  private final PolicyBlock block;
  private final Map<String, String> scoring = new HashMap<>();
  private final Map<String, Map<String, String>> providers = new HashMap<>();

  private ReplayFile(Path file) {
    this.block = new PolicyBlock(file, Set.of(SCORING, PROVIDERS, APPLIES_TO));
  }

  /**
   * What a file says.
   *
   * @param policy values of policy keys, each can be read by its key
   * @param scoring how candidates are scored and picked
   * @param providers what is supposed of providers, by id
   */
  public record Content(
      Map<String, String> policy, Scoring scoring, Map<String, Provider> providers) {
    /** Copies the maps. */
    public Content {
      policy = Map.copyOf(policy);
      providers = Map.copyOf(providers);
    }
  }

  /**
   * How candidates are scored and picked.
   *
   * @param weights health, priority, response, load
   */
  public record Scoring(
      String policy,
      String strategy,
      double exploration,
      Duration maxResponseTime,
      double minSuccessRate,
      List<Double> weights) {
    /** Copies the list. */
    public Scoring {
      weights = List.copyOf(weights);
    }
  }

  /**
   * What is supposed of a provider; null for as it is.
   *
   * @param price of one message
   */
  public record Provider(
      @Nullable Integer priority,
      @Nullable Integer weight,
      @Nullable Double price,
      @Nullable Integer maxConcurrent) {
    /** Nothing in particular. */
    public static final Provider AS_IT_IS = new Provider(null, null, null, null);
  }

  /**
   * Reads a file. Blocks.
   *
   * @throws ConfigurationException with all its mistakes
   */
  public static Content read(Path file, GatewayConfig.Scoring configured) {
    ReplayFile content = new ReplayFile(file);
    return content.read(content.block.load(MAX_BYTES), configured);
  }

  /**
   * Reads a text that is not in a file.
   *
   * @param name by which its mistakes are told
   * @throws ConfigurationException with all its mistakes
   */
  static Content parse(String name, String text, GatewayConfig.Scoring configured) {
    ReplayFile draft = new ReplayFile(Path.of(name));
    return draft.read(draft.block.parse(text), configured);
  }

  private Content read(JsonObject top, GatewayConfig.Scoring configured) {
    for (String key : top.fieldNames()) {
      Object value = top.getValue(key);
      switch (key) {
        case SCORING -> flatten(SCORING, "", value, scoring, SCORING_KEYS);
        case PROVIDERS -> readProviders(value);
        case APPLIES_TO -> {
          // A policy of the folder can be tried as it is: here it applies to all.
        }
        default -> block.take(key, value);
      }
    }
    Scoring made = scoring(configured);
    Map<String, Provider> supposed = new HashMap<>();
    providers.forEach((id, values) -> supposed.put(id, provider(id, values)));
    block.checkAcross();
    if (!block.mistakes().isEmpty()) {
      throw new ConfigurationException(block.mistakes());
    }
    return new Content(block.values(), made, supposed);
  }

  private void readProviders(@Nullable Object value) {
    if (!(value instanceof JsonObject all)) {
      mistake(PROVIDERS, BLOCK);
      return;
    }
    for (String id : all.fieldNames()) {
      Map<String, String> values = new HashMap<>();
      flatten(PROVIDERS + "." + id, "", all.getValue(id), values, PROVIDER_KEYS);
      providers.put(id, values);
    }
  }

  private void flatten(
      String at,
      String prefix,
      @Nullable Object value,
      Map<String, String> into,
      Set<String> known) {
    if (!(value instanceof JsonObject keys)) {
      mistake(at, BLOCK);
      return;
    }
    for (String key : keys.fieldNames()) {
      String name = prefix + key;
      Object each = keys.getValue(key);
      String text = PolicyBlock.text(each);
      if (each instanceof JsonObject) {
        flatten(at, name + ".", each, into, known);
      } else if (!known.contains(name)) {
        mistake(at + "." + name, "is not a known key" + NearestName.hint(name, known));
      } else {
        into.put(name, text == null ? "" : text);
      }
    }
  }

  private Scoring scoring(GatewayConfig.Scoring configured) {
    return new Scoring(
        word("policy", configured.policy(), "weighted", "adjusted", "cheapest"),
        word("strategy", configured.strategy(), "best", "weighted"),
        value(SCORING, scoring, "exploration", ValueTypes.decimal(0, 1), 0.0),
        value(
            SCORING,
            scoring,
            "max_response_time",
            ValueTypes.duration("1ms", "10m"),
            configured.maxResponseTime()),
        value(
            SCORING,
            scoring,
            "min_success_rate",
            ValueTypes.decimal(0, 1),
            configured.minSuccessRate()),
        List.of(
            weight("weights.health", 0.4),
            weight("weights.priority", 0.3),
            weight("weights.response", 0.2),
            weight("weights.load", 0.1)));
  }

  private double weight(String name, double otherwise) {
    // Who gives one weight gives them all: the others are 0 then.
    boolean given = scoring.keySet().stream().anyMatch(key -> key.startsWith("weights."));
    return value(SCORING, scoring, name, ValueTypes.decimal(0, 1), given ? 0 : otherwise);
  }

  private String word(String name, String otherwise, String... allowed) {
    String given = scoring.get(name);
    if (given == null) {
      return otherwise;
    }
    if (!List.of(allowed).contains(given.toLowerCase(Locale.ROOT))) {
      mistake(SCORING + "." + name, "must be one of " + String.join(", ", allowed));
      return otherwise;
    }
    return given.toLowerCase(Locale.ROOT);
  }

  private Provider provider(String id, Map<String, String> values) {
    String at = PROVIDERS + "." + id;
    return new Provider(
        given(at, values, "priority", ValueTypes.integer(1, 100)),
        given(at, values, "weight", ValueTypes.integer(0, 1_000_000)),
        given(at, values, "price", ValueTypes.decimal(0, 1_000_000)),
        given(at, values, "max_concurrent", ValueTypes.integer(1, 100_000)));
  }

  private <T> T value(
      String at, Map<String, String> values, String name, ValueType<T> type, T otherwise) {
    T value = given(at, values, name, type);
    return value == null ? otherwise : value;
  }

  /** The value of a key; null if it is not given, or is wrong, which is a mistake then. */
  private <T> @Nullable T given(
      String at, Map<String, String> values, String name, ValueType<T> type) {
    String text = values.get(name);
    T value = text == null ? null : type.parse(text).orElse(null);
    if (text != null && value == null) {
      mistake(at + "." + name, type.rule());
    }
    return value;
  }

  private void mistake(String key, String expected) {
    block.mistake(key, expected);
  }
}
