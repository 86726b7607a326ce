package io.signalbox.gateway.ledger;

import java.util.Locale;
import java.util.Set;

/** Whom a line of the audit log concerns. */
public enum AuditScope {
  /** One tenant. */
  TENANT,
  /** All of the gateway, whoever's administrator did it. */
  GATEWAY;

  private static final Set<String> OF_ALL =
      Set.of("audit", "drill", "logger", "plugin", "policy", "preferences", "provider", "sign_in");

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in the API and in the ledger. */
  public String wireName() {
    return wireName;
  }

  /** Whom an action concerns: what stands before its first dot tells. */
  public static AuditScope of(String action) {
    int dot = action.indexOf('.');
    return OF_ALL.contains(dot < 0 ? action : action.substring(0, dot)) ? GATEWAY : TENANT;
  }
}
