package io.signalbox.gateway.config;

import io.signalbox.gateway.text.NearestName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the configuration. The command line wins over the environment, that over the file, and that
 * over the defaults.
 */
public final class ConfigLoader {
  private static final String PREFIX = "SIGNALBOX_";

  /** Environment variables that begin like keys and are none. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of(
          "SIGNALBOX_CA_FILE",
          "SIGNALBOX_CDS",
          "SIGNALBOX_CLIENT_FILE",
          "SIGNALBOX_DEBUG",
          "SIGNALBOX_HOME",
          "SIGNALBOX_CONFIG",
          "SIGNALBOX_JAVA_OPTS",
          "SIGNALBOX_TOKEN",
          "SIGNALBOX_TOKEN_FILE",
          "SIGNALBOX_URL");

  /** What Kubernetes puts into the environment of every container beside a service of our name. */
  private static final Pattern KUBERNETES_VARIABLE =
      Pattern.compile("SIGNALBOX_(?:SERVICE_.*|PORT(?:_.*)?)");

  private ConfigLoader() {}

  /**
   * Reads and checks everything. Blocks while it reads the file.
   *
   * @param file the YAML file, if there is one; it must exist then
   * @param environment the environment's variables
   * @param overrides values from the command line, by key
   * @throws ConfigurationException with all mistakes; unknown keys are mistakes
   */
  public static GatewayConfig load(
      Optional<Path> file, Map<String, String> environment, Map<String, String> overrides) {
    List<ConfigMistake> mistakes = new ArrayList<>();
    Map<String, RawValue> raw = new LinkedHashMap<>();
    file.ifPresent(path -> raw.putAll(known(new ConfigFile(path, mistakes).read(), mistakes)));
    raw.putAll(fromEnvironment(environment, mistakes));
    Map<String, RawValue> given = new LinkedHashMap<>();
    overrides.forEach((key, text) -> given.put(key, new RawValue("command line", key, text)));
    raw.putAll(known(given, mistakes));
    ConfigValues values =
        new ConfigValues(
            raw, home(environment), Runtime.getRuntime().availableProcessors(), mistakes);
    GatewayConfig config = ConfigAssembly.assemble(values);
    checkAcross(config, values);
    if (!mistakes.isEmpty()) {
      throw new ConfigurationException(mistakes);
    }
    return config;
  }

  private static Path home(Map<String, String> environment) {
    String home =
        System.getProperty("signalbox.home", environment.getOrDefault(PREFIX + "HOME", "."));
    return Path.of(home);
  }

  private static Map<String, RawValue> known(
      Map<String, RawValue> values, List<ConfigMistake> mistakes) {
    Map<String, RawValue> known = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (ConfigKeys.all().containsKey(key)) {
            known.put(key, value);
          } else {
            String hint = NearestName.hint(key, ConfigKeys.all().keySet());
            mistakes.add(new ConfigMistake(value.source(), key, "is not a known key" + hint));
          }
        });
    return known;
  }

  private static Map<String, RawValue> fromEnvironment(
      Map<String, String> environment, List<ConfigMistake> mistakes) {
    Map<String, String> keys =
        ConfigKeys.all().values().stream()
            .collect(Collectors.toMap(ConfigKey::environmentName, ConfigKey::name));
    Map<String, RawValue> values = new LinkedHashMap<>();
    environment.forEach(
        (variable, text) -> {
          if (!variable.startsWith(PREFIX) || isOther(variable)) {
            return;
          }
          String key = keys.get(variable);
          if (key == null) {
            String hint = NearestName.hint(variable, keys.keySet());
            mistakes.add(new ConfigMistake("environment", variable, "is not a known key" + hint));
          } else {
            values.put(key, new RawValue("environment", variable, text));
          }
        });
    return values;
  }

  private static boolean isOther(String variable) {
    return OTHER_VARIABLES.contains(variable) || KUBERNETES_VARIABLE.matcher(variable).matches();
  }

  private static void checkAcross(GatewayConfig config, ConfigValues values) {
    atMost(
        config.dispatch().retryBase(),
        config.dispatch().retryMax(),
        DispatchKeys.RETRY_BASE,
        DispatchKeys.RETRY_MAX,
        values);
    atMost(
        config.dispatch().coolDownMin(),
        config.dispatch().coolDownMax(),
        DispatchKeys.COOL_DOWN_MIN,
        DispatchKeys.COOL_DOWN_MAX,
        values);
    atMost(
        config.breaker().recoveryTimeout(),
        config.breaker().maxRecoveryTimeout(),
        BreakerKeys.RECOVERY_TIMEOUT,
        BreakerKeys.MAX_RECOVERY_TIMEOUT,
        values);
    if (config.queuesInRedis() && !config.redis().isConfigured()) {
      values.mistake(QueueKeys.ENGINE, "must not be redis while redis.urls is empty");
    }
    CallbackSettings callbacks = config.callbacks();
    Duration retries = callbacks.retryDelays().stream().reduce(Duration.ZERO, Duration::plus);
    if (callbacks.retention().compareTo(retries) < 0) {
      values.mistake(
          CallbacksKeys.RETENTION,
          "must not be shorter than all of callbacks.retry_delays together, "
              + retries.plusMillis(999).toSeconds()
              + "s");
    }
  }

  private static void atMost(
      Duration least,
      Duration most,
      ConfigKey<Duration> leastKey,
      ConfigKey<Duration> mostKey,
      ConfigValues values) {
    if (least.compareTo(most) > 0) {
      values.mistake(leastKey, "must not be longer than " + mostKey.name());
    }
  }
}
