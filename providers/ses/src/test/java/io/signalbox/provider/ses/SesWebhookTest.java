package io.signalbox.provider.ses;

import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.testkit.BaseWebhookTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

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

  /** The signature stands in the body. */
  @Override
  protected List<String> signatureHeaders() {
    return List.of();
  }

  @Override
  protected Buffer unknownEvent() {
    return Buffer.buffer("{\"eventType\":\"Teleported\",\"mail\":{}}");
  }
}
