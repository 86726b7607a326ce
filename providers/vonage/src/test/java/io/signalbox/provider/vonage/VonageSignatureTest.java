package io.signalbox.provider.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Secret;
import io.signalbox.toolkit.signature.TimestampTolerance;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the signature vectors of the webhook kit do not show. */
class VonageSignatureTest {
  private static final TimestampTolerance TOLERANCE = TimestampTolerance.of(Duration.ofMinutes(5));
  private static final Instant NOW = Instant.ofEpochSecond(2100);

  @Test
  void acceptsOldSecretWhileRotating() {
    List<Secret> both = List.of(new Secret("newer"), new Secret("abcde"));
    assertThat(verify(SigMethod.MD5HASH, both, "7d43241108912b32cc315b48ce681acf")).isTrue();
    assertThat(verify(SigMethod.MD5, both, "E0AFE267AEFD6DD18A848C1681517A19")).isTrue();
    assertThat(verify(SigMethod.MD5, both.subList(0, 1), "e0afe267aefd6dd18a848c1681517a19"))
        .isFalse();
  }

  @Test
  void acceptsSignatureOfConfiguredMethodOnly() {
    for (SigMethod method : SigMethod.values()) {
      assertThat(verify(method, List.of(new Secret("abcde")), "7d43241108912b32cc315b48ce681acf"))
          .isEqualTo(method == SigMethod.MD5HASH);
    }
  }

  /** These tokens name neither a body nor an account: the check of the token alone is shown. */
  @Test
  void agreesWithDocumentedTokens() throws IOException {
    for (Object item : tokenVectors()) {
      JsonObject vector = (JsonObject) item;
      Secret secret = new Secret(vector.getJsonObject("key").getString("signature_secret"));
      String authorization =
          vector.getJsonObject("request").getJsonObject("headers").getString("Authorization");
      var jwt = new JwtSignature(List.of(secret), "abcd1234", TimestampTolerance.ANY_TIME);
      assertThat(jwt.claims(authorization).isPresent())
          .as(vector.getString("name"))
          .isEqualTo("valid".equals(vector.getString("expected")));
      assertThat(jwt.verify(authorization, Buffer.buffer(), NOW).genuine()).isFalse();
    }
  }

  private static boolean verify(SigMethod method, List<Secret> secrets, String sig) {
    var values = new TreeMap<String, String>();
    values.put("a", "alphabet");
    values.put("b", "bananas");
    values.put("timestamp", "2100");
    values.put("sig", sig);
    return new SigSignature(method, secrets, TOLERANCE)
        .verify(new SigParameters(values), NOW)
        .genuine();
  }

  private static JsonArray tokenVectors() throws IOException {
    try (InputStream in = VonageSignatureTest.class.getResourceAsStream("/token-vectors.json")) {
      return new JsonArray(Buffer.buffer(in.readAllBytes()));
    }
  }
}
