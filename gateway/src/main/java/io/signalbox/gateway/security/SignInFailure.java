package io.signalbox.gateway.security;

import java.util.Locale;

/** Why somebody was not let in. It is for the audit log, and never told to who was refused. */
public enum SignInFailure {
  /** Not a credential of any kind that is taken here. */
  MALFORMED,
  /** Signed with a key that is not known. */
  KEY,
  /** The signature is not the key's. */
  SIGNATURE,
  /** A claim is missing or of an unexpected type. */
  CLAIMS,
  ISSUER,
  AUDIENCE,
  EXPIRED,
  NOT_YET,
  /** It names no role of ours. */
  ROLES,
  /** It names no tenant. */
  TENANT,
  /** It is nobody's who is known. */
  CERTIFICATE;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The lower-case name. */
  public String wireName() {
    return wireName;
  }
}
