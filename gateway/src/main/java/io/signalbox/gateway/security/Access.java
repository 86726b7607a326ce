package io.signalbox.gateway.security;

import static io.signalbox.gateway.security.Role.MANAGER;
import static io.signalbox.gateway.security.Role.SENDER;
import static io.signalbox.gateway.security.Role.VIEWER;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The calls that need a credential: the scope that each belongs to, whether it changes something
 * for all tenants, and the roles that may make it. Admins may make all.
 */
public enum Access {
  /** Also by those who may send over some channels only; that they keep to them is seen later. */
  SEND(Scope.NOTIFICATIONS_WRITE, SENDER),
  /** As {@link #SEND}. */
  BATCH(Scope.NOTIFICATIONS_WRITE, SENDER),
  CANCEL(Scope.NOTIFICATIONS_WRITE, SENDER),
  EXPLAIN(Scope.NOTIFICATIONS_READ, SENDER, MANAGER),
  TIMELINE(Scope.NOTIFICATIONS_READ, SENDER, MANAGER, VIEWER),
  /** Whoever reads a rental reads the codes that came in. */
  NUMBERS_READ(Scope.NUMBERS_READ, SENDER, MANAGER),
  NUMBERS_CHANGE(Scope.NUMBERS_WRITE, SENDER),
  /** Whoever reads a booking reads for whom it is. */
  BOOKINGS_READ(Scope.BOOKINGS_READ, SENDER, MANAGER),
  BOOKINGS_CHANGE(Scope.BOOKINGS_WRITE, SENDER),
  SEARCH(Scope.NOTIFICATIONS_READ, MANAGER),
  PIPELINE_METRICS(Scope.REPORTS_READ, MANAGER, VIEWER),
  HEALTH_REPORTS(Scope.REPORTS_READ, MANAGER, SENDER, VIEWER),
  METRICS(Scope.METRICS_READ, MANAGER),
  QUOTAS(Scope.QUOTAS_READ, MANAGER, SENDER, VIEWER),
  DEAD_LETTERS_READ(Scope.DEAD_LETTERS_READ, MANAGER, VIEWER),
  DEAD_LETTERS_CHANGE(Scope.DEAD_LETTERS_WRITE, MANAGER),
  SUPPRESSIONS_READ(Scope.SUPPRESSIONS_READ, MANAGER),
  SUPPRESSIONS_CHANGE(Scope.SUPPRESSIONS_WRITE, MANAGER),
  ERASURES_READ(Scope.ERASURES_READ, MANAGER),
  ERASURES_CHANGE(Scope.ERASURES_WRITE, MANAGER),
  CALLBACKS_READ(Scope.CALLBACKS_READ, MANAGER),
  CALLBACKS_CHANGE(Scope.CALLBACKS_WRITE, MANAGER),
  PROVIDERS_READ(Scope.PROVIDERS_READ, MANAGER, VIEWER),
  PROVIDERS_CONTROL(Scope.PROVIDERS_WRITE, true, MANAGER),
  POLICIES(Scope.POLICIES_READ, MANAGER, VIEWER),
  BACK_TEST(Scope.POLICIES_READ, MANAGER),
  TEMPLATES_READ(Scope.TEMPLATES_READ, MANAGER, SENDER, VIEWER),
  TEMPLATES_CHANGE(Scope.TEMPLATES_WRITE, MANAGER),
  DRILLS_READ(Scope.DRILLS_READ, MANAGER),
  DRILLS_CHANGE(Scope.DRILLS_WRITE, true, MANAGER),
  /** Admins alone. */
  PREFERENCES_READ(Scope.PREFERENCES_READ),
  /** Admins alone. */
  PREFERENCES_CHANGE(Scope.PREFERENCES_WRITE, true),
  /** Admins alone. */
  PLUGINS_READ(Scope.PLUGINS_READ),
  /** Admins alone. */
  PLUGINS_CHANGE(Scope.PLUGINS_WRITE, true),
  /** Admins alone: who makes keys gives rights. */
  API_KEYS_READ(Scope.API_KEYS_READ),
  /** Admins alone. */
  API_KEYS_CHANGE(Scope.API_KEYS_WRITE),
  /** Admins alone. */
  AUDIT(Scope.AUDIT_READ),
  /** Admins alone: what the log of the process tells. */
  LOGGERS_READ(Scope.LOGGERS_READ),
  /** Admins alone. */
  LOGGERS_CHANGE(Scope.LOGGERS_WRITE, true),
  /** What of it is shown depends on what else the caller may read. */
  EVENTS(Scope.REPORTS_READ, MANAGER, SENDER, VIEWER);

  private final String wireName = name().toLowerCase(Locale.ROOT);
  private final Scope scope;
  private final boolean forAllTenants;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable.
  private final Set<Role> roles;

  Access(Scope scope, Role... roles) {
    this(scope, false, roles);
  }

  Access(Scope scope, boolean forAllTenants, Role... roles) {
    this.scope = scope;
    this.forAllTenants = forAllTenants;
    this.roles = Set.of(roles);
  }

  /** The lower-case name, as callers are told what they may. */
  public String wireName() {
    return wireName;
  }

  /** The scope that a narrowed credential must have. */
  public Scope scope() {
    return scope;
  }

  /** The roles that are enough, for people: {@code manager or admin}. */
  public String enough() {
    return Stream.concat(
            Stream.of(Role.values()).filter(each -> each != Role.ADMIN && roles.contains(each)),
            Stream.of(Role.ADMIN))
        .map(Role::wireName)
        .collect(Collectors.joining(" or "));
  }

  /** Whether a caller may make such a call. */
  public boolean allows(Caller caller) {
    return judge(caller) == Verdict.ALLOWED;
  }

  /** Whether a caller may make such a call, and why not. */
  public Verdict judge(Caller caller) {
    if (!allowsOneOf(caller.roles())) {
      return Verdict.ROLE;
    }
    Scopes scopes = caller.scopes();
    boolean inScope =
        (this == SEND || this == BATCH) ? scopes.allowsSome(scope) : scopes.allows(scope);
    if (!inScope) {
      return Verdict.SCOPE;
    }
    return forAllTenants && !caller.operates() ? Verdict.TENANT : Verdict.ALLOWED;
  }

  private boolean allowsOneOf(Set<Role> given) {
    if (given.contains(Role.ADMIN)) {
      return true;
    }
    for (Role role : given) {
      if (roles.contains(role)) {
        return true;
      }
    }
    return false;
  }

  /** The scopes of which roles allow a call at least: more a credential with them cannot use. */
  public static Set<Scope> scopesOf(Set<Role> roles) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    Stream.of(values())
        .filter(each -> each.allowsOneOf(roles))
        .forEach(each -> scopes.add(each.scope));
    return scopes;
  }

  /** Whether a call may be made. */
  public enum Verdict {
    ALLOWED,
    /** No role of the caller's is enough. */
    ROLE,
    /** The credential is narrowed to something else. */
    SCOPE,
    /** It changes something for all tenants, and the caller is not of the one that may. */
    TENANT
  }
}
