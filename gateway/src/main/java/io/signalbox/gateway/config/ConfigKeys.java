package io.signalbox.gateway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every key of the configuration, in the order of the documentation. */
final class ConfigKeys {
  private static final List<KeyGroup> GROUPS =
      List.of(
          HttpKeys.GROUP,
          CompatKeys.GROUP,
          DataKeys.GROUP,
          PluginsKeys.GROUP,
          PoliciesKeys.GROUP,
          SandboxKeys.GROUP,
          IntakeKeys.GROUP,
          LedgerKeys.GROUP,
          PostgresKeys.GROUP,
          SpoolKeys.GROUP,
          RedisKeys.GROUP,
          QueueKeys.GROUP,
          ClusterKeys.GROUP,
          DispatchKeys.GROUP,
          UnknownKeys.GROUP,
          LookupKeys.GROUP,
          NumbersKeys.GROUP,
          BookingKeys.GROUP,
          OperationKeys.GROUP,
          BreakerKeys.GROUP,
          ScoringKeys.GROUP,
          DegradationKeys.GROUP,
          WebhooksKeys.GROUP,
          CallbacksKeys.GROUP,
          RetentionKeys.GROUP,
          SecurityKeys.GROUP,
          QuotaKeys.GROUP,
          LogKeys.GROUP,
          TracingKeys.GROUP);

  private static final Map<String, ConfigKey<?>> ALL = byName();

  private ConfigKeys() {}

  /** All keys by their names. */
  static Map<String, ConfigKey<?>> all() {
    return ALL;
  }

  private static Map<String, ConfigKey<?>> byName() {
    Map<String, ConfigKey<?>> all = new LinkedHashMap<>();
    for (KeyGroup group : GROUPS) {
      for (ConfigKey<?> key : group.keys()) {
        all.put(key.name(), key);
      }
    }
    return Collections.unmodifiableMap(all);
  }
}
