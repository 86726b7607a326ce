package io.signalbox.provider.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.toolkit.signature.TimestampTolerance;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VonageSignatureTest {
  private static final Map<String, String> METHODS =
      Map.of(
          "MD5HASH", "md5hash",
          "MD5HMAC", "md5",
          "SHA1HMAC", "sha1",
          "SHA256HMAC", "sha256",
          "SHA512HMAC", "sha512");

  static Stream<Vectors.Vector> sig() {
    return Vectors.of("vonage-sms-sig");
  }

  static Stream<Vectors.Vector> jwt() {
    return Vectors.of("vonage");
  }

  @ParameterizedTest
  @MethodSource("sig")
  void agreesWithVectorsOfSig(Vectors.Vector vector) {
    String secret = vector.key().getString("signature_secret");
    String method = METHODS.get(vector.key().getString("algorithm"));
    WebhookResult result = webhooks(new JsonArray().add(secret), method).receive(vector.request());
    expect(vector, result);
  }

  @ParameterizedTest
  @MethodSource("sig")
  void acceptsOldSecretWhileRotating(Vectors.Vector vector) {
    JsonArray secrets =
        new JsonArray().add("a newer one").add(vector.key().getString("signature_secret"));
    String method = METHODS.get(vector.key().getString("algorithm"));
    expect(vector, webhooks(secrets, method).receive(vector.request()));
  }

  @ParameterizedTest
  @MethodSource("sig")
  void refusesSigOfAnotherMethod(Vectors.Vector vector) {
    JsonArray secret = new JsonArray().add(vector.key().getString("signature_secret"));
    String method = METHODS.get(vector.key().getString("algorithm"));
    for (SigMethod other : SigMethod.values()) {
      if (!other.wireName().equals(method)) {
        assertThat(webhooks(secret, other.wireName()).receive(vector.request()))
            .isInstanceOf(WebhookResult.Refused.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("jwt")
  void agreesWithVectorsOfToken(Vectors.Vector vector) {
    Secret secret = new Secret(vector.key().getString("signature_secret"));
    String authorization = vector.request().header("Authorization");
    if (vector.name().startsWith("documented")) {
      // These have neither hash nor time: they show the token's own signature only.
      var jwt = new JwtSignature(List.of(secret), "abcd1234", TimestampTolerance.ANY_TIME);
      assertThat(jwt.claims(authorization).isPresent()).isEqualTo(vector.valid());
      assertThat(jwt.verify(authorization, vector.request().body(), vector.request().receivedAt()))
          .matches(check -> !check.genuine());
    } else {
      expect(
          vector,
          webhooks(new JsonArray().add(secret.reveal()), "md5hash").receive(vector.request()));
    }
  }

  @Test
  void refusesTokenOfAnotherAccount() {
    Vectors.Vector vector = jwt().filter(v -> v.valid()).findFirst().orElseThrow();
    Secret secret = new Secret(vector.key().getString("signature_secret"));
    var jwt =
        new JwtSignature(List.of(secret), "other", TimestampTolerance.of(Duration.ofMinutes(5)));
    assertThat(
            jwt.verify(
                    vector.request().header("Authorization"),
                    vector.request().body(),
                    vector.request().receivedAt())
                .genuine())
        .isFalse();
  }

  private static void expect(Vectors.Vector vector, WebhookResult result) {
    if (vector.valid()) {
      assertThat(result).isInstanceOf(WebhookResult.Verified.class);
    } else {
      assertThat(result)
          .isInstanceOfSatisfying(
              WebhookResult.Refused.class,
              refused ->
                  assertThat(refused.refusal())
                      .isEqualTo(
                          vector.name().contains("old ")
                              ? Refusal.STALE
                              : Refusal.UNAUTHENTICATED));
    }
  }

  private static VonageWebhooks webhooks(JsonArray secrets, String method) {
    JsonObject config =
        new JsonObject()
            .put("api_key", "abcd1234")
            .put("api_secret", "s")
            .put("from", "AcmeInc")
            .put("signature_secret", secrets)
            .put("signature_method", method);
    return new VonageWebhooks(VonageConfig.read(new ConfigReader(config, "config.")));
  }
}
