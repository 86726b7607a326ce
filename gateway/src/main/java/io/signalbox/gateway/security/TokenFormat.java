package io.signalbox.gateway.security;

import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuthOptions;

/** What this gateway's tokens look like. */
final class TokenFormat {
  static final String ALGORITHM = "HS256";
  static final String ISSUER = "signalbox";
  static final String TENANT = "tenant";
  static final String ROLES = "roles";

  /** As in RFC 9068. */
  static final String SCOPE = "scope";

  private TokenFormat() {}

  static JWTAuthOptions options(SigningKey key) {
    return new JWTAuthOptions()
        .addPubSecKey(new PubSecKeyOptions().setAlgorithm(ALGORITHM).setBuffer(key.reveal()))
        .setJWTOptions(new JWTOptions().setAlgorithm(ALGORITHM).setIssuer(ISSUER));
  }
}
