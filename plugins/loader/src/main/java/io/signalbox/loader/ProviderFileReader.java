package io.signalbox.loader;

import io.signalbox.loader.check.Sha256;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigProblem;
import io.signalbox.spi.ConfigReader;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads provider files: YAML, variables, keys; collects every mistake. Blocks on the file. */
final class ProviderFileReader {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");
  private static final Pattern PLUGIN = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9._@-]{1,80}");
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(50);
  private static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);
  private static final double UNKNOWN_PRICE = -1;
  private static final double MAX_PRICE = 1_000_000;
  private static final int MAX_PRIORITY = 1_000_000;
  private static final int MAX_PER_SECOND = 100_000;

  private final Function<String, Optional<String>> environment;
  private final Function<String, Optional<String>> others;

  ProviderFileReader(
      Function<String, Optional<String>> environment, Function<String, Optional<String>> others) {
    this.environment = environment;
    this.others = others;
  }

  /** The provider's id: the file's name without its extension. */
  static String id(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** Reads a file. */
  ProviderFileContent read(Path file) {
    return read(file, Set.of());
  }

  /** Reads a file as if it did not have these keys. */
  ProviderFileContent read(Path file, Set<String> without) {
    if (!ID.matcher(id(file)).matches()) {
      return bad("file name", "must be 1 to 40 characters of a-z, 0-9 and - before its extension");
    }
    try {
      // A character has up to 4 bytes; the exact limit is the parser's.
      if (Files.size(file) > 4L * StrictYaml.MAX_CHARS) {
        return bad("file", "must be smaller than " + StrictYaml.MAX_CHARS + " characters");
      }
      return parse(file, Files.readString(file, StandardCharsets.UTF_8), without);
    } catch (CharacterCodingException e) {
      return bad("file", "must be UTF-8 text");
    } catch (IOException e) {
      return ProviderFileContent.unreadable(
          new ConfigProblem("file", "cannot be read: " + e), true);
    }
  }

  private static ProviderFileContent bad(String key, String expected) {
    return ProviderFileContent.unreadable(new ConfigProblem(key, expected), false);
  }

  private ProviderFileContent parse(Path file, String text, Set<String> without) {
    JsonObject raw;
    try {
      raw = StrictYaml.parse(text);
      without.forEach(raw::remove);
    } catch (StrictYaml.YamlTextException e) {
      return bad("file", e.reason());
    }
    Variables variables = new Variables(environment, others);
    ResolvedFile resolved = ResolvedFile.of(raw, variables);
    List<ConfigProblem> problems = new ArrayList<>(resolved.problems());
    boolean unresolved = !problems.isEmpty();

    ConfigReader reader = new ConfigReader(resolved.values(), "");
    boolean enabled = reader.flag("enabled", true);
    KeyLines lines = StrictYaml.lines(text);
    ProviderDefinition definition = definition(file, reader, resolved, lines);
    problems.addAll(mistakes(reader, problems));
    if (!enabled) {
      // A provider is often switched off just because its secrets are not there (any more).
      problems.removeIf(problem -> problem.expected().startsWith("variable "));
    }
    return new ProviderFileContent(
        definition.plugin(),
        enabled && problems.isEmpty() ? definition : null,
        lines.place(problems),
        variables.files(),
        unresolved && enabled);
  }

  private static ProviderDefinition definition(
      Path file, ConfigReader reader, ResolvedFile resolved, KeyLines lines) {
    String plugin = reader.requiredText("plugin");
    if (!plugin.isEmpty() && !PLUGIN.matcher(plugin).matches()) {
      reader.problem("plugin", "must be the name of a plugin, such as sendgrid");
    }
    JsonObject config = reader.object("config");
    return new ProviderDefinition(
        id(file),
        file,
        plugin,
        (int) reader.integer("priority", 1, 1, MAX_PRIORITY),
        (int) reader.integer("weight", 100, 1, 1_000),
        channels(reader),
        limits(reader),
        price(reader),
        reader.duration("timeout", DEFAULT_TIMEOUT, MIN_TIMEOUT, MAX_TIMEOUT),
        Senders.read(reader, config),
        account(reader),
        config,
        Sha256.of(resolved.values().encode()),
        resolved.literalsOf("config."),
        lines);
  }

  private static @Nullable String account(ConfigReader reader) {
    String account = reader.text("account").orElse(null);
    if (account != null && !ACCOUNT.matcher(account).matches()) {
      reader.problem("account", "must be a name of 1 to 80 letters, digits and . _ @ -");
    }
    return account;
  }

  private static @Nullable Double price(ConfigReader reader) {
    double price = reader.decimal("price", UNKNOWN_PRICE, 0, MAX_PRICE);
    return price < 0 ? null : Double.valueOf(price);
  }

  private static ProviderLimits limits(ConfigReader reader) {
    double maxPerSecond = reader.decimal("max_per_second", 0, 0, MAX_PER_SECOND);
    long burst = reader.integer("burst", 0, 1, MAX_PER_SECOND);
    if (burst > 0 && maxPerSecond == 0) {
      reader.problem("burst", "needs max_per_second, the rate that it is the burst of");
    }
    return new ProviderLimits(
        (int) reader.integer("max_concurrent", 64, 1, 10_000),
        reader.flag("adaptive_concurrency", true),
        maxPerSecond,
        burst > 0 ? burst : ProviderLimits.burstOf(maxPerSecond));
  }

  private static Set<Channel> channels(ConfigReader reader) {
    Set<Channel> channels = EnumSet.noneOf(Channel.class);
    for (String name : reader.texts("channels")) {
      Channel.find(name)
          .ifPresentOrElse(
              channels::add,
              () ->
                  reader.problem(
                      "channels",
                      "must be of "
                          + Arrays.stream(Channel.values())
                              .map(Channel::wireName)
                              .collect(Collectors.joining(", "))));
    }
    return channels;
  }

  /** The reader's mistakes, except those that only follow from a variable without value. */
  private static List<ConfigProblem> mistakes(ConfigReader reader, List<ConfigProblem> known) {
    Set<String> knownKeys =
        known.stream().map(ConfigProblem::key).collect(Collectors.toUnmodifiableSet());
    try {
      reader.finish();
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream()
          .filter(problem -> !knownKeys.contains(problem.key()))
          .distinct()
          .toList();
    }
  }
}
