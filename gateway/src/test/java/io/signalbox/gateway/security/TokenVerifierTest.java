package io.signalbox.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.SecuritySettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class TokenVerifierTest {
  private static final Caller SENDER = new Caller("shop", "acme", Set.of(Role.SENDER));
  private static final String HEAD = "{\"typ\":\"JWT\",\"alg\":\"HS256\"}";

  @TempDir private Path dir;
  private SigningKey key;
  private TokenVerifier verifier;
  private TokenIssuer issuer;

  @BeforeEach
  void start(Vertx vertx) throws Exception {
    key = SigningKey.loadOrCreate(dir.resolve("jwt.key"), new SecureRandom());
    verifier = opened(vertx, Clock.systemUTC());
    issuer = new TokenIssuer(key, Clock.systemUTC());
  }

  @Test
  void knowsTheCallerOfItsOwnToken() {
    String token = issuer.issue(SENDER, Duration.ofMinutes(5));
    assertThat(end(verifier.verify(token)).result()).isEqualTo(SENDER);
    assertThat(verifier.remembered(token)).isEqualTo(SENDER);
  }

  @Test
  void acceptsATokenSignedElsewhereWithTheKey() throws Exception {
    assertThat(end(verifier.verify(token(HEAD, claims(), key.reveal(), "HmacSHA256"))).result())
        .isEqualTo(new Caller("other", "default", Set.of(Role.MANAGER)));
  }

  @Test
  void refusesForgedTokens() throws Exception {
    String good = issuer.issue(SENDER, Duration.ofMinutes(5));
    String[] parts = good.split("\\.", -1);
    String admin =
        base64("{\"sub\":\"x\",\"iss\":\"signalbox\",\"exp\":99999999999,\"roles\":[\"admin\"]}");
    SignInFailure forged = SignInFailure.SIGNATURE;
    SignInFailure none = SignInFailure.MALFORMED;
    refused(parts[0] + "." + admin + "." + parts[2], forged);
    String foreign = "another key of sufficient length, no doubt";
    refused(token(HEAD, claims(), foreign, "HmacSHA256"), forged);
    refused(base64("{\"typ\":\"JWT\",\"alg\":\"none\"}") + "." + admin + ".", none);
    refused(base64("{\"alg\":\"none\"}") + "." + admin + "." + parts[2], none);
    refused(token("{\"alg\":\"HS512\"}", claims(), key.reveal(), "HmacSHA512"), none);
    refused(token("{\"alg\":\"HS384\"}", claims(), key.reveal(), "HmacSHA384"), none);
    refused(good.substring(0, good.length() - 4), forged);
    refused(good + "=x", none);
    refused("nonsense", none);
    refused("..", none);
    refused("", none);
    refused("x".repeat(10_000), none);
  }

  @Test
  void refusesTokensOutsideTheirTimeAndOfOthers() throws Exception {
    long now = System.currentTimeMillis() / 1000;
    refusedClaims(claims().put("exp", now - 60), SignInFailure.EXPIRED);
    refusedClaims(claims().put("nbf", now + 600), SignInFailure.NOT_YET);
    refusedClaims(claims().put("iat", now + 600), SignInFailure.NOT_YET);
    refusedClaims(claims().put("iss", "someone-else"), SignInFailure.ISSUER);
    refusedClaims(without("exp"), SignInFailure.CLAIMS);
    refusedClaims(without("iss"), SignInFailure.ISSUER);
    refusedClaims(without("sub"), SignInFailure.CLAIMS);
    refusedClaims(without("roles"), SignInFailure.ROLES);
    refusedClaims(claims().put("roles", new JsonArray().add("king")), SignInFailure.ROLES);
    refusedClaims(claims().put("roles", 7), SignInFailure.ROLES);
    refusedClaims(claims().put("sub", "api_key:abcdefghijkl:shop"), SignInFailure.CLAIMS);
    refusedClaims(claims().put("exp", "soon"), SignInFailure.CLAIMS);
    refusedClaims(claims().put("tenant", " "), SignInFailure.TENANT);
    refusedClaims(claims().put("sub", "other\u0000"), SignInFailure.CLAIMS);
    refusedClaims(claims().put("tenant", "a\nb"), SignInFailure.TENANT);
  }

  @Test
  void forgetsATokenWhenItEnds(Vertx vertx) throws Exception {
    Instant end = Instant.ofEpochSecond(System.currentTimeMillis() / 1000 + 300);
    String token =
        token(HEAD, claims().put("exp", end.getEpochSecond()), key.reveal(), "HmacSHA256");
    SettableClock clock = new SettableClock(end.minusSeconds(1));
    TokenVerifier later = opened(vertx, clock);
    assertThat(end(later.verify(token)).succeeded()).isTrue();
    assertThat(later.remembered(token)).isNotNull();
    RecentTokens recent = later.recent();
    assertThat(recent.of(token)).isNotNull();
    // Clocks may differ by 5 s.
    clock.now = end.plusSeconds(4);
    assertThat(later.remembered(token)).isNotNull();
    assertThat(recent.of(token)).isNotNull();
    clock.now = end.plusSeconds(5);
    assertThat(later.remembered(token)).isNull();
    assertThat(recent.of(token)).isNull();
    assertThat(end(later.verify(token)).failed()).isTrue();
  }

  @Test
  void anEventLoopKnowsWhoTheVerifierKnows() {
    RecentTokens recent = verifier.recent();
    assertThat(recent.of("nonsense")).isNull();
    List<Caller> callers =
        IntStream.range(0, 9)
            .mapToObj(i -> new Caller("shop-" + i, "acme", Set.of(Role.SENDER)))
            .toList();
    List<String> tokens =
        callers.stream().map(each -> issuer.issue(each, Duration.ofMinutes(5))).toList();
    tokens.forEach(token -> assertThat(recent.of(token)).isNull());
    tokens.forEach(token -> end(verifier.verify(token)));
    for (int i = 0; i < 3 * tokens.size(); i++) {
      int which = i % tokens.size();
      for (int again = 0; again < 2; again++) {
        Future<Caller> known = recent.of(tokens.get(which));
        assertThat(known).isNotNull();
        assertThat(known.result()).isEqualTo(callers.get(which));
      }
    }
  }

  @Test
  void onlyTheRolesOfTheTableMayCall() {
    assertThat(Access.SEND.allows(SENDER)).isTrue();
    assertThat(Access.DEAD_LETTERS_CHANGE.allows(SENDER)).isFalse();
    Caller viewer = new Caller("v", "default", Set.of(Role.VIEWER));
    assertThat(Access.TIMELINE.allows(viewer)).isTrue();
    assertThat(Access.SEND.allows(viewer)).isFalse();
    assertThat(Access.EXPLAIN.allows(SENDER)).isTrue();
    assertThat(Access.EXPLAIN.allows(viewer)).isFalse();
    assertThat(Access.PROVIDERS_CONTROL.allows(viewer)).isFalse();
    assertThat(Access.METRICS.allows(viewer)).isFalse();
    for (Access access : Access.values()) {
      assertThat(access.allows(new Caller("a", "default", Set.of(Role.ADMIN)))).isTrue();
    }
  }

  private TokenVerifier opened(Vertx vertx, Clock clock) {
    SecuritySettings settings =
        ConfigLoader.load(Optional.empty(), Map.of(), Map.of("data.dir", dir.toString()))
            .security();
    return end(TokenVerifier.open(vertx, settings, clock)).result();
  }

  private static JsonObject claims() {
    return new JsonObject()
        .put("sub", "other")
        .put("iss", "signalbox")
        .put("exp", System.currentTimeMillis() / 1000 + 300)
        .put("roles", new JsonArray().add("manager"));
  }

  private static JsonObject without(String name) {
    JsonObject claims = claims();
    claims.remove(name);
    return claims;
  }

  private void refusedClaims(JsonObject claims, SignInFailure why) throws Exception {
    refused(token(HEAD, claims, key.reveal(), "HmacSHA256"), why);
  }

  private void refused(String token, SignInFailure why) {
    Future<Caller> verified = end(verifier.verify(token));
    assertThat(verified.failed()).as(token).isTrue();
    assertThat(verified.cause())
        .isInstanceOfSatisfying(
            SignInException.class, refusal -> assertThat(refusal.failure()).isEqualTo(why));
  }

  private static <T> Future<T> end(Future<T> future) {
    Patience.await().until(future::isComplete);
    return future;
  }

  private static String token(String head, JsonObject claims, String secret, String algorithm)
      throws Exception {
    String signed = base64(head) + "." + base64(claims.encode());
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
    byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
