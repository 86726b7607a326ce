package io.signalbox.gateway.security;

import java.util.Set;

/**
 * Who calls.
 *
 * @param subject the name that the token gives
 * @param tenant to whom all that the caller sees and sends belongs
 * @param roles at least one
 */
public record Caller(String subject, String tenant, Set<Role> roles) {
  /** Copies the roles. */
  public Caller {
    roles = Set.copyOf(roles);
  }
}
