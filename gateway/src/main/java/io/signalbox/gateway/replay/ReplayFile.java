package io.signalbox.gateway.replay;

import io.signalbox.gateway.config.ConfigMistake;
import io.signalbox.gateway.config.ConfigurationException;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.config.ValueType;
import io.signalbox.gateway.config.ValueTypes;
import io.signalbox.gateway.policy.PolicyKey;
import io.signalbox.gateway.policy.PolicyKeys;
import io.signalbox.gateway.text.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The file of a back-test: a routing policy as in the folder of policies, and two more blocks,
 * {@code scoring} and {@code providers}. What it does not say is as configured. Used once.
 */
public final class ReplayFile {
  private static final long MAX_BYTES = 256 << 10;
  private static final String SCORING = "scoring";
  private static final String PROVIDERS = "providers";
  private static final Set<String> IGNORED = Set.of("applies_to");
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

  private final Path file;
  private final List<ConfigMistake> mistakes = new ArrayList<>();
  private final Map<String, String> policy = new HashMap<>();
  private final Map<String, String> scoring = new HashMap<>();
  private final Map<String, Map<String, String>> providers = new HashMap<>();

  private ReplayFile(Path file) {
    this.file = file;
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
   * What is supposed of a provider.
   *
   * @param priority null for as it was
   * @param price of one message; null if it is not known
   */
  public record Provider(
      @Nullable Integer priority, int weight, @Nullable Double price, int maxConcurrent) {}

  /**
   * Reads a file. Blocks.
   *
   * @throws ConfigurationException with all its mistakes
   */
  public static Content read(Path file, GatewayConfig.Scoring configured) {
    return new ReplayFile(file).read(configured);
  }

  private Content read(GatewayConfig.Scoring configured) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        mistake("", "must have at most " + MAX_BYTES + " bytes");
      } else {
        Object top =
            new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        if (top instanceof Map<?, ?> map) {
          sort(map);
        } else if (top != null) {
          mistake("", "must be a block of keys and values");
        }
      }
    } catch (IOException e) {
      mistake("", "cannot be read: " + e.getClass().getSimpleName());
    } catch (YAMLException e) {
      mistake("", "must be YAML");
    }
    Scoring made = scoring(configured);
    Map<String, Provider> supposed = new HashMap<>();
    providers.forEach((id, values) -> supposed.put(id, provider(id, values)));
    if (!mistakes.isEmpty()) {
      throw new ConfigurationException(mistakes);
    }
    return new Content(policy, made, supposed);
  }

  private void sort(Map<?, ?> top) {
    for (Map.Entry<?, ?> entry : top.entrySet()) {
      String key = String.valueOf(entry.getKey());
      PolicyKey<?> known = PolicyKeys.all().get(key);
      if (key.equals(SCORING)) {
        flatten(SCORING, "", entry.getValue(), scoring, SCORING_KEYS);
      } else if (key.equals(PROVIDERS) && entry.getValue() instanceof Map<?, ?> block) {
        block.forEach(
            (id, values) ->
                flatten(
                    PROVIDERS + "." + id,
                    "",
                    values,
                    providers.computeIfAbsent(String.valueOf(id), any -> new HashMap<>()),
                    PROVIDER_KEYS));
      } else if (known != null) {
        String text = text(entry.getValue());
        if (known.type().parse(text).isEmpty()) {
          mistake(key, known.type().rule());
        } else {
          policy.put(key, text);
        }
      } else if (!IGNORED.contains(key)) {
        Set<String> names = new HashSet<>(PolicyKeys.all().keySet());
        names.addAll(Set.of(SCORING, PROVIDERS));
        mistake(key, "is not a known key" + NearestName.hint(key, names));
      }
    }
  }

  private void flatten(
      String at,
      String prefix,
      @Nullable Object value,
      Map<String, String> into,
      Set<String> known) {
    if (!(value instanceof Map<?, ?> block)) {
      mistake(at, "must be a block of keys and values");
      return;
    }
    for (Map.Entry<?, ?> entry : block.entrySet()) {
      String name = prefix + entry.getKey();
      if (entry.getValue() instanceof Map<?, ?>) {
        flatten(at, name + ".", entry.getValue(), into, known);
      } else if (known.contains(name)) {
        into.put(name, text(entry.getValue()));
      } else {
        mistake(at + "." + name, "is not a known key" + NearestName.hint(name, known));
      }
    }
  }

  private static String text(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
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
        values.containsKey("priority")
            ? value(at, values, "priority", ValueTypes.integer(1, 100), 1)
            : null,
        value(at, values, "weight", ValueTypes.integer(0, 1_000_000), 1),
        values.containsKey("price")
            ? value(at, values, "price", ValueTypes.decimal(0, 1_000_000), 0.0)
            : null,
        value(at, values, "max_concurrent", ValueTypes.integer(1, 100_000), 100));
  }

  private <T> T value(
      String at, Map<String, String> values, String name, ValueType<T> type, T otherwise) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    return type.parse(text)
        .orElseGet(
            () -> {
              mistake(at + "." + name, type.rule());
              return otherwise;
            });
  }

  private void mistake(String key, String expected) {
    mistakes.add(new ConfigMistake(file.toString(), key, expected));
  }
}
