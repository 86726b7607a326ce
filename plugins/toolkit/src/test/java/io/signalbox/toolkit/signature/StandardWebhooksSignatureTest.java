package io.signalbox.toolkit.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookResult.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardWebhooksSignatureTest {
  private static final TimestampTolerance TOLERANCE = TimestampTolerance.of(Duration.ofMinutes(5));

  /** The example in the documents of Svix. */
  private static final Secret SECRET = new Secret("whsec_plJ3nmyCDGBKInavdOK15jsl");

  private static final Instant SIGNED_AT = Instant.ofEpochSecond(1731705121);
  private static final Buffer BODY =
      Buffer.buffer("{\"event_type\":\"ping\",\"data\":{\"success\":true}}");
  private static final String SIGNATURE = "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=";

  static Stream<SignatureVector> vectors() {
    return Stream.concat(SignatureVector.of("resend"), SignatureVector.of("standard-webhooks"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void agreesWithVectors(SignatureVector vector) {
    var signature =
        new StandardWebhooksSignature(
            List.of(new Secret(vector.key().getString("secret"))), TOLERANCE);
    SignatureCheck check = signature.verify(vector.headers(), vector.body(), vector.verifyAt());
    assertThat(check.genuine()).isEqualTo(vector.valid());
    if (!vector.valid()) {
      assertThat(check.refusal().refusal())
          .isEqualTo(
              vector.name().equals("old timestamp") ? Refusal.STALE : Refusal.UNAUTHENTICATED);
    }
  }

  @Test
  void toleratesFiveMinutesInBothDirectionsAndNoMore() {
    assertThat(verifyAt(SIGNED_AT.plusSeconds(300)).genuine()).isTrue();
    assertThat(verifyAt(SIGNED_AT.minusSeconds(300)).genuine()).isTrue();
    assertThat(verifyAt(SIGNED_AT.plusSeconds(301)).refusal().refusal()).isEqualTo(Refusal.STALE);
    assertThat(verifyAt(SIGNED_AT.minusSeconds(301)).refusal().refusal()).isEqualTo(Refusal.STALE);
  }

  @Test
  void acceptsAnyTimeWhenToldSo() {
    var signature = new StandardWebhooksSignature(List.of(SECRET), TimestampTolerance.ANY_TIME);
    assertThat(signature.verify(headers(SIGNATURE), BODY, Instant.EPOCH).genuine()).isTrue();
  }

  @Test
  void acceptsAnyOfSeveralSecrets() {
    var signature =
        new StandardWebhooksSignature(
            List.of(new Secret("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"), SECRET), TOLERANCE);
    assertThat(signature.verify(headers(SIGNATURE), BODY, SIGNED_AT).genuine()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"svix-id", "svix-timestamp", "svix-signature"})
  void refusesMissingHeader(String name) {
    MultiMap headers = headers(SIGNATURE).remove(name);
    assertThat(verify(headers).refusal().refusal()).isEqualTo(Refusal.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "-1", "1.5", "99999999999999999999", "9223372036854775807", "١٢٣"})
  void refusesTimestampThatIsNone(String timestamp) {
    MultiMap headers = headers(SIGNATURE).set("svix-timestamp", timestamp);
    assertThat(verify(headers).refusal().refusal()).isEqualTo(Refusal.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "v1", "v1,", "v1,%%%", ",", "v1a,xx v2,yy", "v1,AAAA   v1,"})
  void refusesSignatureThatIsNone(String signature) {
    assertThat(verify(headers(signature)).refusal().refusal()).isEqualTo(Refusal.UNAUTHENTICATED);
  }

  @Test
  void findsMessageIdUnderBothNames() {
    assertThat(StandardWebhooksSignature.messageId(headers(SIGNATURE)))
        .isEqualTo("msg_loFOjxBNrRLzqYUf");
    assertThat(
            StandardWebhooksSignature.messageId(
                MultiMap.caseInsensitiveMultiMap()
                    .set("Webhook-Id", "m1")
                    .set("Webhook-Signature", "v1,x")))
        .isEqualTo("m1");
    assertThat(StandardWebhooksSignature.messageId(MultiMap.caseInsensitiveMultiMap())).isNull();
  }

  @Test
  void knowsSecretsFromOtherTexts() {
    assertThat(StandardWebhooksSignature.isSecret(SECRET)).isTrue();
    assertThat(StandardWebhooksSignature.isSecret(new Secret("plJ3nmyCDGBKInavdOK15jsl"))).isTrue();
    assertThat(StandardWebhooksSignature.isSecret(new Secret("whsec_"))).isFalse();
    assertThat(StandardWebhooksSignature.isSecret(new Secret("whsec_!"))).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StandardWebhooksSignature(List.of(new Secret("whsec_!")), TOLERANCE))
        .withMessageNotContaining("whsec_!");
  }

  private static SignatureCheck verifyAt(Instant now) {
    return new StandardWebhooksSignature(List.of(SECRET), TOLERANCE)
        .verify(headers(SIGNATURE), BODY, now);
  }

  private static SignatureCheck verify(MultiMap headers) {
    return new StandardWebhooksSignature(List.of(SECRET), TOLERANCE)
        .verify(headers, BODY, SIGNED_AT);
  }

  private static MultiMap headers(String signature) {
    return MultiMap.caseInsensitiveMultiMap()
        .set("svix-id", "msg_loFOjxBNrRLzqYUf")
        .set("svix-timestamp", "1731705121")
        .set("svix-signature", signature);
  }
}
