package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.decimal;
import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.optional;
import static io.signalbox.gateway.config.ValueTypes.path;
import static io.signalbox.gateway.config.ValueTypes.text;
import static io.signalbox.gateway.config.ValueTypes.texts;

import io.signalbox.gateway.config.SecuritySettings.OtherIssuer;
import io.signalbox.gateway.config.SecuritySettings.RequestRates;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of the section {@code security}. */
final class SecurityKeys {
  static final KeyGroup GROUP = new KeyGroup("security");

  static final ConfigKey<Path> JWT_KEY_FILE =
      GROUP.key(
          "jwt_key_file",
          path(),
          "${data.dir}/jwt.key",
          "File with the keys of tokens, one a line: the first signs, all verify; made at the first"
              + " start, read again on change.");

  static final ConfigKey<Duration> TOKEN_TTL =
      GROUP.key(
          "token_ttl",
          duration("1m", "3650d"),
          "30d",
          "How long tokens live that this gateway makes.");

  static final ConfigKey<Duration> JWT_LEEWAY =
      GROUP.key(
          "jwt_leeway",
          duration("0s", "5m"),
          "5s",
          "By how much the clocks of those who make tokens may differ from this one's.");

  static final ConfigKey<List<Path>> JWT_PUBLIC_KEYS =
      GROUP.key(
          "jwt_public_keys",
          ValueTypes.type(
              "list",
              "paths",
              "must be a list of paths, such as keys/issuer.pem",
              text -> ValueTypes.list(text, path()::parse)),
          "",
          "PEM files, at most 8, with the public keys of another issuer of tokens: RSA (RS256), P-256"
              + " (ES256) or Ed25519 (EdDSA); read again on change.");

  static final ConfigKey<Optional<String>> JWKS_URL =
      GROUP.key(
          "jwks_url",
          optional(
              ValueTypes.type(
                  "URL",
                  "https, or http to this machine",
                  "must be a URL that begins with https://, or http:// to this machine",
                  SecurityKeys::jwksUrl)),
          "",
          "Where another issuer of tokens publishes its public keys as a JSON Web Key Set.");

  static final ConfigKey<Duration> JWKS_REFRESH =
      GROUP.key(
          "jwks_refresh",
          duration("100ms", "1d"),
          "5m",
          "How often that set is read; besides, when no key fits a token.");

  static final ConfigKey<Optional<String>> JWT_ISSUER =
      GROUP.key(
          "jwt_issuer",
          optional(text()),
          "",
          "What iss of the other issuer's tokens must be; needed where it has keys.");

  static final ConfigKey<List<String>> JWT_AUDIENCES =
      GROUP.key(
          "jwt_audiences",
          texts("names", "signalbox"),
          "signalbox",
          "One of which aud of the other issuer's tokens must name.");

  static final ConfigKey<String> JWT_ROLES_CLAIM =
      GROUP.key(
          "jwt_roles_claim",
          text(),
          "roles",
          "Claim of the other issuer's tokens with the roles: a list, or a text with spaces between"
              + " them; a name with dots also leads into objects.");

  static final ConfigKey<String> JWT_SCOPE_CLAIM =
      GROUP.key(
          "jwt_scope_claim",
          text(),
          "scope",
          "Claim of the other issuer's tokens with the scopes to which they are narrowed, in the"
              + " same form as the roles; a token that names no area of ours there is not narrowed.");

  static final ConfigKey<String> JWT_TENANT_CLAIM =
      GROUP.key(
          "jwt_tenant_claim",
          text(),
          "tenant",
          "Claim of the other issuer's tokens with the tenant.");

  static final ConfigKey<Optional<String>> JWT_DEFAULT_TENANT =
      GROUP.key(
          "jwt_default_tenant",
          optional(text()),
          "",
          "Tenant of the other issuer's tokens without that claim; empty: they are refused.");

  static final ConfigKey<Optional<Path>> CLIENT_CERTIFICATES =
      GROUP.key(
          "client_certificates",
          optional(path()),
          "",
          "YAML file that says who the owners of certificates are, where http.tls_client_auth asks"
              + " for them; read again on change. See [security](security.md).");

  static final ConfigKey<Double> RATE_PER_TENANT =
      GROUP.key(
          "rate_per_tenant",
          decimal(0, 1_000_000),
          "0",
          "Requests that all callers of a tenant together may make in a second at this gateway; 0"
              + " for no limit.");

  static final ConfigKey<Double> RATE_PER_CALLER =
      GROUP.key(
          "rate_per_caller",
          decimal(0, 1_000_000),
          "0",
          "Requests that one subject or API key may make in a second at this gateway; 0 for no"
              + " limit.");

  static final ConfigKey<Optional<Path>> ENCRYPTION_KEYS =
      GROUP.key(
          "encryption_keys",
          optional(path()),
          "",
          "File with a line `ID: env:NAME` or `ID: file:/path` for each key that personal data in the"
              + " ledger are encrypted with, the current one first; read again on change. Empty: they"
              + " are stored as they are.");

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private SecurityKeys() {}

  static SecuritySettings read(ConfigValues v) {
    OtherIssuer other =
        new OtherIssuer(
            v.get(JWT_PUBLIC_KEYS),
            v.get(JWKS_URL),
            v.get(JWKS_REFRESH),
            v.get(JWT_ISSUER),
            v.get(JWT_AUDIENCES),
            v.get(JWT_ROLES_CLAIM),
            v.get(JWT_SCOPE_CLAIM),
            v.get(JWT_TENANT_CLAIM),
            v.get(JWT_DEFAULT_TENANT));
    if (other.isConfigured() && other.issuer().isEmpty()) {
      v.mistake(JWT_ISSUER, "must be given where another issuer's keys are");
    }
    if (other.isConfigured() && other.audiences().isEmpty()) {
      v.mistake(JWT_AUDIENCES, "must name at least one where another issuer's keys are");
    }
    if (other.publicKeys().size() > OtherIssuer.MOST_TRIED_KEYS) {
      v.mistake(JWT_PUBLIC_KEYS, "must name at most " + OtherIssuer.MOST_TRIED_KEYS + " files");
    }
    return new SecuritySettings(
        v.get(JWT_KEY_FILE),
        v.get(TOKEN_TTL),
        v.get(JWT_LEEWAY),
        other,
        v.get(CLIENT_CERTIFICATES),
        new RequestRates(v.get(RATE_PER_TENANT), v.get(RATE_PER_CALLER)),
        v.get(ENCRYPTION_KEYS));
  }

  private static Optional<String> jwksUrl(String text) {
    try {
      URI uri = new URI(text);
      String host = uri.getHost();
      boolean near = "http".equals(uri.getScheme()) && host != null && THIS_MACHINE.contains(host);
      boolean safe = "https".equals(uri.getScheme()) && host != null;
      return near || safe ? Optional.of(text) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
