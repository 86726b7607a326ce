package io.signalbox.gateway.security;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import java.time.Duration;

/** Makes tokens. Thread-safe. */
public final class TokenIssuer {
  private final JWTAuth signer;

  /** Makes an issuer that signs with a key. */
  public TokenIssuer(Vertx vertx, SigningKey key) {
    this.signer = JWTAuth.create(vertx, TokenFormat.options(key));
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
    JsonObject claims =
        new JsonObject().put(TokenFormat.TENANT, caller.tenant()).put(TokenFormat.ROLES, roles);
    if (!caller.scopes().unbounded()) {
      claims.put(TokenFormat.SCOPE, String.join(" ", caller.scopes().words()));
    }
    return signer.generateToken(
        claims,
        new JWTOptions()
            .setAlgorithm(TokenFormat.ALGORITHM)
            .setIssuer(TokenFormat.ISSUER)
            .setSubject(caller.subject())
            .setExpiresInSeconds(Math.toIntExact(ttl.toSeconds())));
  }
}
