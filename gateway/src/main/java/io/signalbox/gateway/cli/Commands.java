package io.signalbox.gateway.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** The commands by their names, in the order of the help. Each is made only if it is needed. */
final class Commands {
  static final Map<String, Supplier<Object>> ALL = all();

  private Commands() {}

  private static Map<String, Supplier<Object>> all() {
    Map<String, Supplier<Object>> all = new LinkedHashMap<>();
    all.put("serve", ServeCommand::new);
    all.put("status", StatusCommand::new);
    all.put("monitor-health", MonitorHealthCommand::new);
    all.put("send", SendCommand::new);
    all.put("notifications", NotificationsCommand::new);
    all.put("cancel", CancelCommand::new);
    all.put("token", TokenCommand::new);
    all.put("providers", ProvidersCommand::new);
    all.put("plugins", PluginsCommand::new);
    all.put("policies", PoliciesCommand::new);
    all.put("templates", TemplatesCommand::new);
    all.put("dead-letters", DeadLettersCommand::new);
    all.put("api-keys", ApiKeysCommand::new);
    all.put("audit", AuditCommand::new);
    all.put("callbacks", CallbacksCommand::new);
    all.put("suppressions", SuppressionsCommand::new);
    all.put("preferences", PreferencesCommand::new);
    all.put("loggers", LoggersCommand::new);
    all.put("simulate", SimulateCommand::new);
    all.put("test-failover", TestFailoverCommand::new);
    all.put("replay", ReplayCommand::new);
    all.put("compat", CompatCommand::new);
    all.put("completion", CompletionCommand::new);
    return Collections.unmodifiableMap(all);
  }

  /** A command of that name. */
  static Object make(String name) {
    return Objects.requireNonNull(ALL.get(name), name).get();
  }
}
