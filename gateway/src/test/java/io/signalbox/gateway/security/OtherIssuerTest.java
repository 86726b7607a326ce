package io.signalbox.gateway.security;

import static io.signalbox.gateway.security.TestIssuer.NOW;
import static io.signalbox.gateway.security.TestIssuer.claims;
import static io.signalbox.gateway.security.TestIssuer.end;
import static io.signalbox.gateway.security.TestIssuer.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.SecuritySettings.OtherIssuer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of another issuer, good and bad. */
@ExtendWith(VertxExtension.class)
class OtherIssuerTest {
  private static final KeyPair RSA = TestTokens.pair("RSA");
  private static final KeyPair EC = TestTokens.pair("EC");
  private static final KeyPair ED = TestTokens.pair("Ed25519");

  @TempDir private Path dir;
  private TestIssuer issuer;

  @BeforeEach
  void begin(Vertx vertx) {
    issuer = new TestIssuer(vertx, dir);
  }

  @Test
  void acceptsWhatTheThreeKindsOfKeysSign() throws Exception {
    TokenVerifier verifier = issuer.withFiles(RSA, EC, ED);
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
    TokenVerifier verifier = issuer.withFiles(RSA, EC, ED);
    String pem = Files.readString(issuer.file(0));
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
  void numbersOutsideTheCurvesOrderAreNoSignature() throws Exception {
    String good = TestTokens.sign(EC, null, claims());
    byte[] signature = Base64.getUrlDecoder().decode(good.substring(good.lastIndexOf('.') + 1));
    byte[] order = TestTokens.bytes(((ECPublicKey) EC.getPublic()).getParams().getOrder(), 32);
    byte[] zero = new byte[32];
    byte[] most = order.clone();
    most[31]--;
    assertThat(TokenAlgorithm.ES256.mayVerify(signature)).isTrue();
    assertThat(TokenAlgorithm.ES256.mayVerify(pair(most, most))).isTrue();
    // The first is what Java 17.0.0 to 17.0.2 takes for whatever is above it (CVE-2022-21449).
    TokenVerifier verifier = issuer.withFiles(EC);
    for (byte[] forged :
        List.of(
            pair(zero, zero),
            pair(zero, most),
            pair(most, zero),
            pair(order, most),
            pair(most, order),
            Arrays.copyOf(signature, 63),
            Arrays.copyOf(signature, 65),
            new byte[0])) {
      assertThat(TokenAlgorithm.ES256.mayVerify(forged)).isFalse();
      if (forged.length > 0) {
        String token = good.substring(0, good.lastIndexOf('.') + 1) + TestTokens.base64(forged);
        assertThat(failure(verifier, token)).isEqualTo(SignInFailure.SIGNATURE);
      }
    }
  }

  @Test
  void aTokenThatNamesNoKeyIsTriedWithAFewOnly() throws Exception {
    List<JsonObject> keys = new ArrayList<>();
    KeyPair last = null;
    for (int i = 0; i <= OtherIssuer.MOST_TRIED_KEYS; i++) {
      last = TestTokens.pair("EC");
      keys.add(TestTokens.webKey(last, "key-" + i));
    }
    issuer.published = TestIssuer.set(keys.toArray(JsonObject[]::new));
    TokenVerifier verifier = issuer.withAddress("1d");
    assertThat(failure(verifier, TestTokens.sign(last, null, claims())))
        .isEqualTo(SignInFailure.SIGNATURE);
    String named = TestTokens.sign(last, "key-" + OtherIssuer.MOST_TRIED_KEYS, claims());
    assertThat(TestIssuer.accepts(verifier, named)).isTrue();
  }

  @Test
  void withoutKeysOfAnotherIssuerOnlyOurOwnTokensCount() throws Exception {
    TokenVerifier verifier = issuer.open(Map.of());
    assertThat(failure(verifier, TestTokens.sign(RSA, null, claims())))
        .isEqualTo(SignInFailure.KEY);
    assertThat(failure(verifier, TestTokens.withAlgorithm("none", "e30.e30.e30")))
        .isEqualTo(SignInFailure.MALFORMED);
  }

  @Test
  void claimsMustBeAsTheyAreAskedFor() throws Exception {
    TokenVerifier verifier = issuer.withFiles(ED);
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
    refused(verifier, claims().put("sub", "alex\nroot"), SignInFailure.CLAIMS);
    refused(verifier, claims().put("tenant", "acme\u0007"), SignInFailure.TENANT);
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
    issuer.write(ED, 0);
    TokenVerifier verifier =
        issuer.open(
            Map.of(
                "security.jwt_public_keys", issuer.file(0).toString(),
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
  void scopesOfOursNarrowAndOthersDoNot() throws Exception {
    TokenVerifier verifier = issuer.withFiles(ED);
    assertThat(scopes(verifier, "openid email profile").unbounded()).isTrue();
    assertThat(scopes(verifier, "openid notifications:write audit:read").words())
        .containsExactly("notifications:write", "audit:read");
    assertThat(scopes(verifier, new JsonArray().add("notifications:write:sms")).words())
        .containsExactly("notifications:write:sms");
    // A mistyped one of ours opens nothing.
    Scopes mistyped = scopes(verifier, "notifications:wrte");
    assertThat(mistyped.unbounded()).isFalse();
    assertThat(mistyped.words()).isEmpty();
    assertThat(scopes(verifier, "Notifications:Write").unbounded()).isFalse();
    for (Object claim : List.of(7, true, new JsonObject(), new JsonArray().add("openid").add(7))) {
      refused(verifier, claims().put("scope", claim), SignInFailure.CLAIMS);
    }
  }

  private static Scopes scopes(TokenVerifier verifier, Object claim) throws Exception {
    String token = TestTokens.sign(ED, null, claims().put("scope", claim));
    return end(verifier.verify(token)).result().scopes();
  }

  private static byte[] pair(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
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
}
