package io.signalbox.provider.ses;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.testkit.BaseWebhookTest;
import io.signalbox.testkit.Webhooks;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SesWebhookTest extends BaseWebhookTest {
  private static SnsHost sns;

  @BeforeAll
  static void startHost() {
    sns = SnsHost.start();
  }

  @AfterAll
  static void stopHost() {
    sns.close();
  }

  @Override
  protected ProviderFactory factory() {
    return new SesFactory();
  }

  @Override
  protected JsonObject config() {
    return sns.config();
  }

  /** The certificates of the vectors are younger than the time that their envelopes name. */
  @Override
  protected JsonObject config(JsonObject vectorKey) {
    String certificate = vectorKey.getString("signing_cert_pem");
    sns.serve(certificate);
    return sns.config()
        .put("topic_arns", vectorKey.getString("expected_topic_arn"))
        .put("sns_trusted_certificates", certificate)
        .put("webhook_tolerance", "365d");
  }

  @Override
  protected Instant timeOf(JsonObject vector) {
    return Instant.parse("2026-12-01T00:00:00Z");
  }

  @Override
  protected WebhookRequest sign(WebhookRequest unsigned, Instant at) {
    sns.serve(SnsHost.CERTIFICATE);
    return SnsSender.sign(unsigned, at);
  }

  @Override
  protected List<String> signatureHeaders() {
    return List.of();
  }

  @Override
  protected boolean signatureIsInBody() {
    return true;
  }

  @Override
  protected List<WebhookRequest> withSpoiledSignature(WebhookRequest signed) {
    JsonObject envelope = signed.body().toJsonObject();
    return Stream.of(
            envelope.copy().putNull("Signature"),
            envelope.copy().put("Signature", ""),
            envelope.copy().put("Signature", "%%%"),
            envelope.copy().put("Signature", "AAAA"),
            envelope.copy().put("Signature", new JsonObject()),
            envelope.copy().putNull("SignatureVersion"),
            envelope.copy().put("SignatureVersion", 2),
            envelope.copy().putNull("SigningCertURL"))
        .map(spoiled -> Webhooks.withBody(signed, spoiled.toBuffer()))
        .toList();
  }

  /** Not all of it: SNS leaves out such fields as the URL that unsubscribes. */
  @Override
  protected boolean bodyIsSigned() {
    return false;
  }

  @ParameterizedTest
  @ValueSource(strings = {"Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"})
  void changedFieldOfThoseThatAreSignedIsRefused(String field) {
    JsonObject envelope = SnsSender.notification("{}").put("Subject", "Event");
    JsonObject changed = SnsSender.signed(envelope).put(field, envelope.getString(field) + "1");

    assertThat(create(config()).receive(SnsSender.post(changed, NOW)))
        .isInstanceOfSatisfying(
            WebhookResult.Refused.class,
            refused ->
                assertThat(refused.refusal()).isEqualTo(WebhookResult.Refusal.UNAUTHENTICATED));
  }

  @Test
  void descriptorNamesTheStatusOfUnknownEvents() {
    JsonObject envelope =
        SnsSender.signed(SnsSender.notification(unknownEvent().toString(StandardCharsets.UTF_8)));

    assertThat(create(config()).receive(SnsSender.post(envelope, NOW)))
        .isInstanceOfSatisfying(
            WebhookResult.Verified.class,
            verified ->
                assertThat(factory().descriptor().webhookEvents())
                    .containsAll(verified.receipts().stream().map(Receipt::status).toList())
                    .contains(ReceiptStatus.UNKNOWN));
  }

  @Override
  protected Buffer unknownEvent() {
    return Buffer.buffer("{\"eventType\":\"Teleported\",\"mail\":{}}");
  }
}
