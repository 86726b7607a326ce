package io.signalbox.gateway.security;

import java.util.Locale;
import java.util.Optional;

/** What a token's bearer is. */
public enum Role {
  /** May do everything. */
  ADMIN,
  /** Runs the gateway: reports, providers, dead letters. */
  MANAGER,
  /** An application: sends, asks what became of it. */
  SENDER,
  /** Looks, changes nothing. */
  VIEWER;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in tokens. */
  public String wireName() {
    return wireName;
  }

  /** Finds the role of a wire name. */
  public static Optional<Role> find(String wireName) {
    for (Role role : values()) {
      if (role.wireName.equals(wireName)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
