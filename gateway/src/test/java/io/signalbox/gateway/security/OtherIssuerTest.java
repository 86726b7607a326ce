package io.signalbox.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.SecuritySettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of another issuer, by public keys in files and at an address. */
@ExtendWith(VertxExtension.class)
class OtherIssuerTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final KeyPair RSA = TestTokens.pair("RSA");
  private static final KeyPair EC = TestTokens.pair("EC");
  private static final KeyPair ED = TestTokens.pair("Ed25519");

  @TempDir private Path dir;
  private final SettableClock clock = new SettableClock(NOW);
  private final AtomicInteger asked = new AtomicInteger();
  private volatile int status = 200;
  private volatile JsonObject published = new JsonObject();
  private Vertx vertx;

  @BeforeEach
  void begin(Vertx its) {
    vertx = its;
  }

  @Test
  void acceptsWhatTheThreeKindsOfKeysSign() throws Exception {
    TokenVerifier verifier = withFiles(RSA, EC, ED);
    for (KeyPair pair : List.of(RSA, EC, ED)) {
      String token = TestTokens.sign(pair, null, claims());
      assertThat(end(verifier.verify(token)).result())
          .isEqualTo(new Caller("alex", "acme", Set.of(Role.SENDER)));
    }
    assertThat(failure(verifier, TestTokens.sign(TestTokens.pair("EC"), null, claims())))
        .isEqualTo(SignInFailure.SIGNATURE);
  }

  @Test
  void anAlgorithmThatIsNotTheKeysIsRefused() throws Exception {
    TokenVerifier verifier = withFiles(RSA, EC, ED);
    String pem = Files.readString(dir.resolve("0.pem"));
    for (byte[] secret :
        List.of(
            pem.getBytes(StandardCharsets.US_ASCII),
            pem.strip().getBytes(StandardCharsets.US_ASCII),
            RSA.getPublic().getEncoded())) {
      assertThat(failure(verifier, TestTokens.hmac(secret, claims())))
          .isEqualTo(SignInFailure.SIGNATURE);
    }
    for (String algorithm : List.of("none", "None", "HS384", "RS512", "PS256", "ES384", "")) {
      String forged = TestTokens.withAlgorithm(algorithm, TestTokens.sign(RSA, null, claims()));
      assertThat(failure(verifier, forged)).as(algorithm).isEqualTo(SignInFailure.MALFORMED);
    }
    for (String algorithm : List.of("HS256", "ES256", "EdDSA")) {
      String forged = TestTokens.withAlgorithm(algorithm, TestTokens.sign(RSA, null, claims()));
      assertThat(failure(verifier, forged)).as(algorithm).isEqualTo(SignInFailure.SIGNATURE);
    }
    String unsigned = TestTokens.sign(RSA, null, claims());
    assertThat(failure(verifier, unsigned.substring(0, unsigned.lastIndexOf('.') + 1)))
        .isEqualTo(SignInFailure.MALFORMED);
    assertThat(failure(verifier, unsigned.substring(0, unsigned.lastIndexOf('.'))))
        .isEqualTo(SignInFailure.MALFORMED);
  }

  @Test
  void withoutKeysOfAnotherIssuerOnlyOurOwnTokensCount() throws Exception {
    TokenVerifier verifier = open(Map.of());
    assertThat(failure(verifier, TestTokens.sign(RSA, null, claims())))
        .isEqualTo(SignInFailure.KEY);
    assertThat(failure(verifier, TestTokens.withAlgorithm("none", "e30.e30.e30")))
        .isEqualTo(SignInFailure.MALFORMED);
  }

  @Test
  void claimsMustBeAsTheyAreAskedFor() throws Exception {
    TokenVerifier verifier = withFiles(ED);
    long now = NOW.getEpochSecond();
    refused(verifier, claims().put("iss", "signalbox"), SignInFailure.ISSUER);
    refused(verifier, claims().put("aud", "others"), SignInFailure.AUDIENCE);
    refused(verifier, without("aud"), SignInFailure.AUDIENCE);
    refused(verifier, claims().put("exp", now - 5), SignInFailure.EXPIRED);
    refused(verifier, without("exp"), SignInFailure.CLAIMS);
    refused(verifier, claims().put("nbf", now + 6), SignInFailure.NOT_YET);
    refused(verifier, without("tenant"), SignInFailure.TENANT);
    refused(verifier, claims().put("tenant", 7), SignInFailure.TENANT);
    refused(verifier, claims().put("roles", new JsonArray().add("king")), SignInFailure.ROLES);
    refused(verifier, without("sub"), SignInFailure.CLAIMS);
    refused(verifier, claims().put("exp", "soon"), SignInFailure.CLAIMS);
    JsonObject within =
        claims()
            .put("exp", now - 4)
            .put("nbf", now + 5)
            .put("aud", new JsonArray().add("others").add("signalbox"))
            .put("roles", "openid viewer");
    assertThat(end(verifier.verify(TestTokens.sign(ED, null, within))).result().roles())
        .containsExactly(Role.VIEWER);
  }

  @Test
  void claimsMayHaveOtherNames() throws Exception {
    write(ED, 0);
    TokenVerifier verifier =
        open(
            Map.of(
                "security.jwt_public_keys", dir.resolve("0.pem").toString(),
                "security.jwt_issuer", "https://id.example",
                "security.jwt_roles_claim", "realm_access.roles",
                "security.jwt_tenant_claim", "https://id.example/org",
                "security.jwt_default_tenant", "shop"));
    JsonObject claims = without("tenant");
    claims.remove("roles");
    claims.put("realm_access", new JsonObject().put("roles", new JsonArray().add("manager")));
    assertThat(end(verifier.verify(TestTokens.sign(ED, null, claims))).result())
        .isEqualTo(new Caller("alex", "shop", Set.of(Role.MANAGER)));
    claims.put("https://id.example/org", "acme");
    assertThat(end(verifier.verify(TestTokens.sign(ED, null, claims))).result().tenant())
        .isEqualTo("acme");
  }

  @Test
  void aFileThatChangesIsReadAgainAndAPoorOneLeavesTheKeyInForce() throws Exception {
    TokenVerifier verifier = withFiles(ED);
    String old = TestTokens.sign(ED, null, claims());
    assertThat(end(verifier.verify(old)).succeeded()).isTrue();
    Files.writeString(dir.resolve("0.pem"), "no key");
    KeyPair next = TestTokens.pair("EC");
    String other = TestTokens.sign(next, null, claims());
    assertThat(end(verifier.verify(other)).failed()).isTrue();
    assertThat(end(verifier.verify(old)).succeeded()).isTrue();
    write(next, 0);
    Awaitility.await().until(() -> end(verifier.verify(other)).succeeded());
    // Also what was remembered of the old key is forgotten.
    assertThat(end(verifier.verify(old)).failed()).isTrue();
  }

  @Test
  void aPublishedSetIsReadAgainForAKeyThatIsNotKnownAndNotTooOften() throws Exception {
    published = set(TestTokens.webKey(RSA, "one"), TestTokens.webKey(EC, "two"));
    TokenVerifier verifier = withAddress("1d");
    assertThat(asked).hasValue(1);
    assertThat(end(verifier.verify(TestTokens.sign(RSA, "one", claims()))).succeeded()).isTrue();
    assertThat(end(verifier.verify(TestTokens.sign(EC, "two", claims()))).succeeded()).isTrue();
    assertThat(failure(verifier, TestTokens.sign(EC, "one", claims())))
        .isEqualTo(SignInFailure.KEY);
    assertThat(asked).hasValue(1);

    published = set(TestTokens.webKey(ED, "three"));
    String rotated = TestTokens.sign(ED, "three", claims());
    assertThat(end(verifier.verify(rotated)).succeeded()).isTrue();
    assertThat(asked).hasValue(2);
    // A key that was taken back counts no more, also for what was remembered.
    assertThat(failure(verifier, TestTokens.sign(RSA, "one", claims())))
        .isEqualTo(SignInFailure.KEY);
    for (int i = 0; i < 20; i++) {
      assertThat(failure(verifier, TestTokens.sign(RSA, "made-up-" + i, claims())))
          .isEqualTo(SignInFailure.KEY);
    }
    assertThat(asked).hasValue(2);
    clock.now = NOW.plusSeconds(10);
    assertThat(end(verifier.verify(TestTokens.sign(RSA, "four", claims()))).failed()).isTrue();
    assertThat(asked).hasValue(3);
  }

  @Test
  void theLastSetStaysWhileItsAddressIsAwayAndTheGatewayStartsWithoutIt() throws Exception {
    status = 503;
    TokenVerifier verifier = withAddress("100ms");
    String token = TestTokens.sign(ED, "one", claims());
    assertThat(failure(verifier, token)).isEqualTo(SignInFailure.KEY);
    published = set(TestTokens.webKey(ED, "one"));
    status = 200;
    Awaitility.await().until(() -> end(verifier.verify(token)).succeeded());
    status = 503;
    int before = asked.get();
    Awaitility.await().until(() -> asked.get() > before + 1);
    published = set();
    status = 200;
    int empty = asked.get();
    Awaitility.await().until(() -> asked.get() > empty + 1);
    assertThat(end(verifier.verify(TestTokens.sign(ED, "one", claims().put("n", 1)))).succeeded())
        .isTrue();
  }

  private TokenVerifier withFiles(KeyPair... pairs) throws Exception {
    StringBuilder files = new StringBuilder();
    for (int i = 0; i < pairs.length; i++) {
      write(pairs[i], i);
      files.append(dir.resolve(i + ".pem")).append(',');
    }
    return open(
        Map.of(
            "security.jwt_public_keys",
            files.toString(),
            "security.jwt_issuer",
            "https://id.example"));
  }

  private TokenVerifier withAddress(String refresh) throws Exception {
    HttpServer server =
        end(vertx
                .createHttpServer()
                .requestHandler(
                    request -> {
                      asked.incrementAndGet();
                      request
                          .response()
                          .setStatusCode(status)
                          .end(published.encode())
                          .onFailure(gone -> {});
                    })
                .listen(0, "127.0.0.1"))
            .result();
    return open(
        Map.of(
            "security.jwks_url",
            "http://127.0.0.1:" + server.actualPort() + "/keys",
            "security.jwks_refresh",
            refresh,
            "security.jwt_issuer",
            "https://id.example"));
  }

  private TokenVerifier open(Map<String, String> keys) {
    Map<String, String> all = new HashMap<>(keys);
    all.put("data.dir", dir.toString());
    SecuritySettings settings = ConfigLoader.load(Optional.empty(), Map.of(), all).security();
    return end(TokenVerifier.open(vertx, settings, clock)).result();
  }

  private void write(KeyPair pair, int number) throws Exception {
    Files.writeString(dir.resolve(number + ".pem"), TestTokens.pem(pair));
  }

  private static JsonObject set(JsonObject... keys) {
    // What cannot be used does no harm.
    JsonArray list =
        new JsonArray()
            .add(new JsonObject().put("kty", "oct").put("k", "c2VjcmV0").put("alg", "HS256"))
            .add(new JsonObject().put("kty", "EC").put("crv", "P-521").put("x", "AA"))
            .add(new JsonObject().put("kty", "RSA").put("n", "!"));
    List.of(keys).forEach(list::add);
    return new JsonObject().put("keys", list);
  }

  private static JsonObject claims() {
    return new JsonObject()
        .put("sub", "alex")
        .put("iss", "https://id.example")
        .put("aud", "signalbox")
        .put("exp", NOW.getEpochSecond() + 300)
        .put("tenant", "acme")
        .put("roles", new JsonArray().add("sender").add("something"));
  }

  private static JsonObject without(String name) {
    JsonObject claims = claims();
    claims.remove(name);
    return claims;
  }

  private void refused(TokenVerifier verifier, JsonObject claims, SignInFailure expected)
      throws Exception {
    assertThat(failure(verifier, TestTokens.sign(ED, null, claims)))
        .as(claims.encode())
        .isEqualTo(expected);
  }

  private static SignInFailure failure(TokenVerifier verifier, String token) {
    Throwable cause = end(verifier.verify(token)).cause();
    assertThat(cause).isInstanceOf(SignInException.class);
    return ((SignInException) cause).failure();
  }

  private static <T> Future<T> end(Future<T> future) {
    Awaitility.await().until(future::isComplete);
    return future;
  }
}
