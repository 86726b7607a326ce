package io.signalbox.gateway.security;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;

/** The calls that need a token, and the roles that may make them. Admins may make all. */
public enum Access {
  SEND,
  EXPLAIN,
  BATCH,
  CANCEL,
  TIMELINE,
  SEARCH,
  PIPELINE_METRICS,
  DEAD_LETTERS_READ,
  DEAD_LETTERS_CHANGE,
  SUPPRESSIONS,
  ERASURES,
  PROVIDERS_READ,
  PROVIDERS_CONTROL,
  POLICIES,
  TEMPLATES_READ,
  TEMPLATES_CHANGE,
  CALLBACKS,
  DRILLS,
  /** Admins alone. */
  PREFERENCES,
  /** Admins alone. */
  PLUGINS,
  /** Admins alone: who makes keys gives rights. */
  API_KEYS,
  /** Admins alone. */
  AUDIT,
  HEALTH_REPORTS,
  /** What of it is shown depends on what else the caller may read. */
  EVENTS,
  METRICS;

  private static final Map<Access, Set<Role>> TABLE =
      Map.ofEntries(
          entry(SEND, Set.of(Role.SENDER)),
          entry(EXPLAIN, Set.of(Role.SENDER, Role.MANAGER)),
          entry(BATCH, Set.of(Role.SENDER)),
          entry(CANCEL, Set.of(Role.SENDER)),
          entry(TIMELINE, Set.of(Role.SENDER, Role.MANAGER, Role.VIEWER)),
          entry(SEARCH, Set.of(Role.MANAGER)),
          entry(PIPELINE_METRICS, Set.of(Role.MANAGER, Role.VIEWER)),
          entry(DEAD_LETTERS_READ, Set.of(Role.MANAGER, Role.VIEWER)),
          entry(DEAD_LETTERS_CHANGE, Set.of(Role.MANAGER)),
          entry(SUPPRESSIONS, Set.of(Role.MANAGER)),
          entry(ERASURES, Set.of(Role.MANAGER)),
          entry(PROVIDERS_READ, Set.of(Role.MANAGER, Role.VIEWER)),
          entry(PROVIDERS_CONTROL, Set.of(Role.MANAGER)),
          entry(POLICIES, Set.of(Role.MANAGER, Role.VIEWER)),
          entry(TEMPLATES_READ, Set.of(Role.SENDER, Role.MANAGER, Role.VIEWER)),
          entry(TEMPLATES_CHANGE, Set.of(Role.MANAGER)),
          entry(CALLBACKS, Set.of(Role.MANAGER)),
          entry(PREFERENCES, Set.of()),
          entry(PLUGINS, Set.of()),
          entry(API_KEYS, Set.of()),
          entry(AUDIT, Set.of()),
          entry(DRILLS, Set.of(Role.MANAGER)),
          entry(HEALTH_REPORTS, Set.of(Role.MANAGER, Role.SENDER, Role.VIEWER)),
          entry(EVENTS, Set.of(Role.MANAGER, Role.SENDER, Role.VIEWER)),
          entry(METRICS, Set.of(Role.MANAGER)));

  /** Whether one of the caller's roles is enough. */
  public boolean allows(Caller caller) {
    if (caller.roles().contains(Role.ADMIN)) {
      return true;
    }
    Set<Role> allowed = TABLE.getOrDefault(this, Set.of());
    for (Role role : caller.roles()) {
      if (allowed.contains(role)) {
        return true;
      }
    }
    return false;
  }
}
