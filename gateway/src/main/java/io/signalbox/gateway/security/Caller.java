package io.signalbox.gateway.security;

import java.util.Locale;
import java.util.Set;

/**
 * Who calls.
 *
 * @param subject the name that the credential gives: a token's {@code sub}, an API key's id and
 *     name, or the one that the owner of a certificate is configured with
 * @param tenant to whom all that the caller sees and sends belongs
 * @param roles at least one
 * @param credential by what the caller is known
 */
public record Caller(String subject, String tenant, Set<Role> roles, Credential credential) {
  /** Copies the roles. */
  public Caller {
    roles = Set.copyOf(roles);
  }

  /** A caller that is known by a token. */
  public Caller(String subject, String tenant, Set<Role> roles) {
    this(subject, tenant, roles, Credential.TOKEN);
  }

  /**
   * Who it was, for records: a token's subject as it is, and otherwise the kind of the credential,
   * a colon and the subject. No token names a subject of that form.
   */
  public String actor() {
    return credential == Credential.TOKEN ? subject : credential.prefix() + subject;
  }

  /** By what callers are known. */
  public enum Credential {
    /** A signed token. */
    TOKEN,
    API_KEY,
    /** A certificate that the client shows in the TLS handshake. */
    CERTIFICATE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The lower-case name. */
    public String wireName() {
      return wireName;
    }

    private String prefix() {
      return wireName + ":";
    }

    /** By what the caller of a record was known, from its {@link Caller#actor()}. */
    public static Credential ofActor(String actor) {
      for (Credential each : values()) {
        if (each != TOKEN && actor.startsWith(each.prefix())) {
          return each;
        }
      }
      return TOKEN;
    }
  }
}
