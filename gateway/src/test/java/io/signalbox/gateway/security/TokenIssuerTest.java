package io.signalbox.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class TokenIssuerTest {
  @TempDir private Path dir;

  /** Another code reads the token, so that both must have understood the standard. */
  @Test
  void makesTokensThatOthersCanRead(Vertx vertx) throws Exception {
    SigningKey key = SigningKey.loadOrCreate(dir.resolve("jwt.key"), new SecureRandom());
    String token =
        new TokenIssuer(key, Clock.systemUTC())
            .issue(
                new Caller(
                    "shöp \"1\"",
                    "acme",
                    Set.of(Role.SENDER, Role.VIEWER),
                    Scopes.of(List.of("notifications:write"))),
                Duration.ofMinutes(5));

    JWTAuth other =
        JWTAuth.create(
            vertx,
            new JWTAuthOptions()
                .addPubSecKey(new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(key.reveal()))
                .setJWTOptions(new JWTOptions().setIssuer("signalbox")));
    User user =
        other
            .authenticate(new TokenCredentials(token))
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
    JsonObject claims = user.principal();

    assertThat(claims.getString("sub")).isEqualTo("shöp \"1\"");
    assertThat(claims.getString("tenant")).isEqualTo("acme");
    assertThat(claims.getJsonArray("roles")).isEqualTo(new JsonArray().add("sender").add("viewer"));
    assertThat(claims.getString("scope")).isEqualTo("notifications:write");
    JsonObject times = user.attributes();
    assertThat(times.getLong("exp") - times.getLong("iat")).isEqualTo(300);
  }
}
