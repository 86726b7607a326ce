package io.signalbox.gateway.cli;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.SigningKey;
import io.signalbox.gateway.security.TokenIssuer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;

/** Makes tokens with the key in the data directory. Blocks. */
final class LocalTokens {
  private LocalTokens() {}

  static String issue(GatewayConfig config, Caller caller, Duration ttl) {
    SigningKey key;
    try {
      key = SigningKey.loadOrCreate(config.security().jwtKeyFile(), new SecureRandom());
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.FAILED,
          "the key " + config.security().jwtKeyFile() + " cannot be read or made: " + e);
    }
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    try {
      return new TokenIssuer(vertx, key).issue(caller, ttl);
    } finally {
      Waiting.upTo(Duration.ofSeconds(5), vertx.close());
    }
  }
}
