package io.signalbox.gateway.security;

import io.signalbox.spi.intake.SendNotification;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param subject the name that the credential gives: a token's {@code sub}, an API key's id and
 *     name, or the one that the owner of a certificate is configured with
 * @param tenant to whom all that the caller sees and sends belongs
 * @param roles at least one
 * @param credential by what the caller is known
 * @param scopes to what of the roles' rights the credential is narrowed
 * @param allowance how many notifications the credential may send; null for no limit of its own
 */
public record Caller(
    String subject,
    String tenant,
    Set<Role> roles,
    Credential credential,
    Scopes scopes,
    @Nullable Allowance allowance) {
  /** Copies the roles. */
  public Caller {
    roles = Set.copyOf(roles);
  }

  /** A caller that is known by a token. */
  public Caller(String subject, String tenant, Set<Role> roles) {
    this(subject, tenant, roles, Credential.TOKEN);
  }

  /** A caller that its roles alone bound. */
  public Caller(String subject, String tenant, Set<Role> roles, Credential credential) {
    this(subject, tenant, roles, credential, Scopes.ALL, null);
  }

  /** A caller that is known by a token, and that scopes bound too. */
  public Caller(String subject, String tenant, Set<Role> roles, Scopes scopes) {
    this(subject, tenant, roles, Credential.TOKEN, scopes, null);
  }

  /** Whether the caller is of the tenant that operates the gateway. */
  public boolean operates() {
    return tenant.equals(SendNotification.DEFAULT_TENANT);
  }

  /**
   * Who it was, for records: a token's subject as it is, and otherwise the kind of the credential,
   * a colon and the subject. No token names a subject of that form.
   */
  public String actor() {
    return credential == Credential.TOKEN ? subject : credential.prefix() + subject;
  }

  /**
   * How many notifications a credential may send; 0 for as many as one likes.
   *
   * @param key the id of the API key
   */
  public record Allowance(String key, long perDay, long perMonth) {}

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
