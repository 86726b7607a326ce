package io.signalbox.gateway.security;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/** Makes tokens (RFC 7519, signed by HS256). Needs no Vert.x instance. Thread-safe. */
public final class TokenIssuer {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final HmacSha256 key;
  private final Clock clock;

  /** Makes an issuer that signs with a key. */
  public TokenIssuer(SigningKey key, Clock clock) {
    this.key = new HmacSha256(key.reveal().getBytes(StandardCharsets.UTF_8));
    this.clock = clock;
  }

  /**
   * Makes a token.
   *
   * @param caller whom it names, with its tenant, roles and scopes
   * @param ttl how long it lives, at least a second
   */
  public String issue(Caller caller, Duration ttl) {
    JsonArray roles = new JsonArray();
    caller.roles().stream().map(Role::wireName).sorted().forEach(roles::add);
    long now = clock.instant().getEpochSecond();
    JsonObject claims =
        new JsonObject()
            .put(TokenFormat.TENANT, caller.tenant())
            .put(TokenFormat.ROLES, roles)
            .put("iss", TokenFormat.ISSUER)
            .put("sub", caller.subject())
            .put("iat", now)
            .put("exp", now + ttl.toSeconds());
    if (!caller.scopes().unbounded()) {
      claims.put(TokenFormat.SCOPE, String.join(" ", caller.scopes().words()));
    }
    JsonObject head = new JsonObject().put("typ", "JWT").put("alg", TokenFormat.ALGORITHM);
    String signed = encoded(head) + '.' + encoded(claims);
    return signed + '.' + BASE64.encodeToString(key.of(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String encoded(JsonObject part) {
    return BASE64.encodeToString(part.encode().getBytes(StandardCharsets.UTF_8));
  }
}
