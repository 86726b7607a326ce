package io.signalbox.toolkit.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookResult.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HmacSignatureTest {
  private static final byte[] MESSAGE = "&a=alphabet&b=bananas&timestamp=2100".getBytes(UTF_8);
  private static final Secret SECRET = new Secret("abcde");

  static Stream<SignatureVector> whatsapp() {
    return SignatureVector.of("whatsapp").filter(v -> v.headers().contains("X-Hub-Signature-256"));
  }

  static Stream<SignatureVector> calcom() {
    return SignatureVector.of("calcom");
  }

  @ParameterizedTest
  @MethodSource("whatsapp")
  void agreesWithVectorsOfPrefixedHex(SignatureVector vector) {
    String header = vector.headers().get("X-Hub-Signature-256");
    String signature = header.startsWith("sha256=") ? header.substring(7) : null;
    assertThat(
            hex(HmacAlgorithm.SHA256, vector.key().getString("app_secret"))
                .verify(signature, vector.body().getBytes())
                .genuine())
        .isEqualTo(vector.valid());
  }

  @ParameterizedTest
  @MethodSource("calcom")
  void agreesWithVectorsOfHex(SignatureVector vector) {
    String header = vector.headers().get("X-Cal-Signature-256");
    assertThat(
            hex(HmacAlgorithm.SHA256, vector.key().getString("secret"))
                .verify(header, vector.body().getBytes())
                .genuine())
        .isEqualTo(vector.valid());
  }

  @ParameterizedTest
  @CsvSource({
    "MD5, e0afe267aefd6dd18a848c1681517a19",
    "SHA1, b7f749de27b4adcf736cc95c9a7e059a16c85127",
    "SHA256, 8d1b0428276b6a070578225914c3502cc0687a454dfbbbb370c76a14234cb546",
    "SHA512, 1c834a1f6a377d4473971387b065cb38e2ad6c4869ba77b7b53e207a344e87ba"
        + "04b456dfc697b371a2d1ce476d01dafd4394aa97525eff23badad39d2389a710"
  })
  void agreesWithDocumentedExamplesOfEveryAlgorithm(HmacAlgorithm algorithm, String expected) {
    HmacSignature signature = hex(algorithm, SECRET.reveal());
    assertThat(signature.sign(MESSAGE)).isEqualTo(expected);
    assertThat(signature.verify(expected.toUpperCase(Locale.ROOT), MESSAGE).genuine()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(SignatureEncoding.class)
  void readsWhatItWritesInEveryEncoding(SignatureEncoding encoding) {
    var signature = new HmacSignature(HmacAlgorithm.SHA1, encoding, List.of(SECRET));
    assertThat(signature.matches(signature.sign(MESSAGE), MESSAGE)).isTrue();
  }

  @Test
  void signsPartsAsIfTheyWereOne() {
    HmacSignature signature = hex(HmacAlgorithm.SHA256, "k");
    assertThat(signature.sign("a".getBytes(UTF_8), "bc".getBytes(UTF_8)))
        .isEqualTo(signature.sign("abc".getBytes(UTF_8)));
  }

  @Test
  void acceptsOldAndNewSecretWhileRotating() {
    var rotating =
        new HmacSignature(
            HmacAlgorithm.SHA256,
            SignatureEncoding.HEX,
            List.of(new Secret("new"), new Secret("old")));
    assertThat(rotating.matches(hex(HmacAlgorithm.SHA256, "old").sign(MESSAGE), MESSAGE)).isTrue();
    assertThat(rotating.matches(hex(HmacAlgorithm.SHA256, "new").sign(MESSAGE), MESSAGE)).isTrue();
    assertThat(rotating.matches(hex(HmacAlgorithm.SHA256, "x").sign(MESSAGE), MESSAGE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "zz", "abc", "ab", "é", "8d1b0428", "\u0000"})
  void refusesGarbageWithoutThrowing(String garbage) {
    for (SignatureEncoding encoding : SignatureEncoding.values()) {
      var signature = new HmacSignature(HmacAlgorithm.SHA256, encoding, List.of(SECRET));
      assertThat(signature.verify(garbage, MESSAGE).refusal().refusal())
          .isEqualTo(Refusal.UNAUTHENTICATED);
    }
  }

  @Test
  void refusesMissingSignature() {
    SignatureCheck check = hex(HmacAlgorithm.SHA256, "k").verify(null, MESSAGE);
    assertThat(check.genuine()).isFalse();
    assertThat(check.refusal().refusal()).isEqualTo(Refusal.UNAUTHENTICATED);
  }

  @Test
  void needsSecrets() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HmacSignature(HmacAlgorithm.SHA1, SignatureEncoding.HEX, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> hex(HmacAlgorithm.SHA1, ""));
  }

  private static HmacSignature hex(HmacAlgorithm algorithm, String secret) {
    return new HmacSignature(algorithm, SignatureEncoding.HEX, List.of(new Secret(secret)));
  }
}
