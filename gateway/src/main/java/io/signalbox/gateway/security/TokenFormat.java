package io.signalbox.gateway.security;

import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuthOptions;

/** What issuer and verifier agree on. */
final class TokenFormat {
  static final String ALGORITHM = "HS256";
  static final String ISSUER = "signalbox";
  static final String TENANT = "tenant";
  static final String ROLES = "roles";

  /** Clocks of machines differ a little. */
  private static final int LEEWAY_SECONDS = 5;

  private TokenFormat() {}

  static JWTAuthOptions options(SigningKey key) {
    return new JWTAuthOptions()
        .addPubSecKey(new PubSecKeyOptions().setAlgorithm(ALGORITHM).setBuffer(key.reveal()))
        .setJWTOptions(
            new JWTOptions().setAlgorithm(ALGORITHM).setIssuer(ISSUER).setLeeway(LEEWAY_SECONDS));
  }
}
