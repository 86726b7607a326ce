package io.signalbox.provider.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.testkit.BaseWebhookTest;
import io.signalbox.testkit.Webhooks;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class SendGridWebhookTest extends BaseWebhookTest {
  private static final String SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";
  private static final String TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";
  private static final KeyPair KEYS = keyPair();

  @Override
  protected ProviderFactory factory() {
    return new SendGridFactory();
  }

  @Override
  protected JsonObject config() {
    return config(Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded()));
  }

  @Override
  protected JsonObject config(JsonObject vectorKey) {
    return config(vectorKey.getString("public_key_spki_der_base64"));
  }

  @Override
  protected Instant timeOf(JsonObject vector) {
    // SendGrid's own vectors name no time of verification: they are judged when they were signed.
    return vector.containsKey("verify_at")
        ? super.timeOf(vector)
        : Instant.ofEpochSecond(
            Long.parseLong(
                vector.getJsonObject("request").getJsonObject("headers").getString(TIMESTAMP)));
  }

  @Override
  protected WebhookRequest sign(WebhookRequest unsigned, Instant at) {
    String timestamp = Long.toString(at.getEpochSecond());
    try {
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(KEYS.getPrivate());
      signer.update(timestamp.getBytes(StandardCharsets.US_ASCII));
      signer.update(unsigned.body().getBytes());
      String signature = Base64.getEncoder().encodeToString(signer.sign());
      return Webhooks.withHeader(
          Webhooks.withHeader(unsigned, SIGNATURE, signature), TIMESTAMP, timestamp);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected List<String> signatureHeaders() {
    return List.of(SIGNATURE, TIMESTAMP);
  }

  @Override
  protected Buffer unknownEvent() {
    return Buffer.buffer("[{\"event\":\"teleported\",\"sg_event_id\":\"e-1\",\"timestamp\":1}]");
  }

  @Test
  void refusesAKeyThatIsNone() {
    Assertions.assertThatThrownBy(() -> create(config("not a key")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("webhook_public_key");
  }

  @Test
  void duringARotationBothKeysAreGood() {
    String other = Base64.getEncoder().encodeToString(keyPair().getPublic().getEncoded());
    String current = config().getString("webhook_public_key");
    JsonObject both = config().put("webhook_public_key", new JsonArray().add(other).add(current));

    assertThat(receivedWith(both)).isTrue();
    assertThat(receivedWith(config(other))).isFalse();
  }

  @Test
  void withoutAKeyEveryWebhookIsRefused() {
    JsonObject keyless = config();
    keyless.remove("webhook_public_key");

    assertThat(receivedWith(keyless)).isFalse();
  }

  private boolean receivedWith(JsonObject config) {
    WebhookRequest unsigned = Webhooks.unsigned("json", Buffer.buffer("[]"), NOW);
    return create(config).receive(sign(unsigned, NOW))
        instanceof io.signalbox.spi.WebhookResult.Verified;
  }

  private static JsonObject config(String publicKey) {
    return new JsonObject()
        .put("api_key", "SG.secret-key")
        .put("from", "orders@example.com")
        .put("webhook_public_key", publicKey);
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
