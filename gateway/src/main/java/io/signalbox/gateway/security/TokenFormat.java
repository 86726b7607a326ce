package io.signalbox.gateway.security;

/** What this gateway's tokens look like. */
final class TokenFormat {
  static final String ALGORITHM = "HS256";
  static final String ISSUER = "signalbox";
  static final String TENANT = "tenant";
  static final String ROLES = "roles";

  /** As in RFC 9068. */
  static final String SCOPE = "scope";

  private TokenFormat() {}
}
