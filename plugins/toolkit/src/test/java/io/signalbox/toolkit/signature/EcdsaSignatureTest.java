package io.signalbox.toolkit.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.signalbox.spi.WebhookResult.Refusal;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcdsaSignatureTest {
  private static final String HEADER = "X-Twilio-Email-Event-Webhook-";

  static Stream<SignatureVector> vectors() {
    // Times are the caller's affair: this class only sees the signed bytes.
    return SignatureVector.of("sendgrid").filter(v -> !v.name().startsWith("old timestamp"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void agreesWithVectors(SignatureVector vector) {
    var signature =
        new EcdsaSignature(List.of(vector.key().getString("public_key_spki_der_base64")));
    SignatureCheck check =
        signature.verify(
            vector.headers().get(HEADER + "Signature"),
            vector.headers().get(HEADER + "Timestamp").getBytes(UTF_8),
            vector.body().getBytes());
    assertThat(check.genuine()).isEqualTo(vector.valid());
  }

  @Test
  void acceptsAnyOfSeveralKeys() throws Exception {
    KeyPair first = pair("secp256r1");
    KeyPair second = pair("secp256r1");
    var signature = new EcdsaSignature(List.of(spki(first), spki(second)));
    assertThat(signature.verify(sign(second, "body"), "body".getBytes(UTF_8)).genuine()).isTrue();
    assertThat(signature.verify(sign(second, "body"), "b0dy".getBytes(UTF_8)).refusal().refusal())
        .isEqualTo(Refusal.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "AAAA", "MAYCAQACAQA=", "MEUCIQ=="})
  void refusesGarbageWithoutThrowing(String garbage) throws Exception {
    var signature = new EcdsaSignature(List.of(spki(pair("secp256r1"))));
    assertThat(signature.verify(garbage, "body".getBytes(UTF_8)).genuine()).isFalse();
    assertThat(signature.verify(null, "body".getBytes(UTF_8)).genuine()).isFalse();
  }

  @Test
  void refusesKeysThatAreNotOfTheCurve() throws Exception {
    assertThat(EcdsaSignature.isPublicKey(spki(pair("secp256r1")))).isTrue();
    assertThat(EcdsaSignature.isPublicKey(spki(pair("secp384r1")))).isFalse();
    assertThat(EcdsaSignature.isPublicKey("")).isFalse();
    assertThat(EcdsaSignature.isPublicKey("AAAA")).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new EcdsaSignature(List.of("AAAA")));
    assertThatIllegalArgumentException().isThrownBy(() -> new EcdsaSignature(List.of()));
  }

  private static KeyPair pair(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  private static String spki(KeyPair pair) {
    return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
  }

  private static String sign(KeyPair pair, String text) throws Exception {
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(pair.getPrivate());
    signer.update(text.getBytes(UTF_8));
    return Base64.getEncoder().encodeToString(signer.sign());
  }
}
