package io.signalbox.provider.resend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.testkit.BaseWebhookTest;
import io.signalbox.testkit.Webhooks;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ResendWebhookTest extends BaseWebhookTest {
  private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";
  private static final String EVENT_ID = "msg_fixture";

  @Override
  protected ProviderFactory factory() {
    return new ResendFactory();
  }

  @Override
  protected JsonObject config() {
    return config("whsec_" + KEY);
  }

  @Override
  protected JsonObject config(JsonObject vectorKey) {
    return config(vectorKey.getString("secret"));
  }

  @Override
  protected WebhookRequest sign(WebhookRequest unsigned, Instant at) {
    return sign("svix-", unsigned, at);
  }

  @Override
  protected List<String> signatureHeaders() {
    return List.of("svix-id", "svix-timestamp", "svix-signature");
  }

  @Override
  protected Buffer unknownEvent() {
    return Buffer.buffer("{\"type\":\"email.teleported\",\"data\":{}}");
  }

  @Test
  void eventIdIsTheDeliverysId() {
    WebhookResult result =
        create(config()).receive(sign("webhook-", unsigned(unknownEvent()), NOW));

    assertThat(((WebhookResult.Verified) result).receipts())
        .extracting(Receipt::eventId)
        .containsExactly(EVENT_ID);
  }

  @Test
  void duringARotationBothSecretsAreGood() {
    String other =
        "whsec_" + Base64.getEncoder().encodeToString("another".getBytes(StandardCharsets.UTF_8));
    JsonObject both =
        config().put("webhook_secret", new JsonArray().add(other).add("whsec_" + KEY));

    assertThat(believed(both)).isTrue();
    assertThat(believed(config(other))).isFalse();
  }

  @Test
  void withoutASecretEveryWebhookIsRefused() {
    JsonObject secretless = config();
    secretless.remove("webhook_secret");

    assertThat(believed(secretless)).isFalse();
  }

  @Test
  void refusesASecretThatIsNone() {
    assertThatThrownBy(() -> create(config("whsec_%%%")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("webhook_secret")
        .hasMessageNotContaining("%%%");
  }

  private boolean believed(JsonObject config) {
    return create(config).receive(sign(unsigned(unknownEvent()), NOW))
        instanceof WebhookResult.Verified;
  }

  private static WebhookRequest unsigned(Buffer body) {
    return Webhooks.unsigned("json", body, NOW);
  }

  private static JsonObject config(String secret) {
    return new JsonObject()
        .put("api_key", "re_secret-key")
        .put("from", "orders@example.com")
        .put("webhook_secret", secret);
  }

  private static WebhookRequest sign(String prefix, WebhookRequest unsigned, Instant at) {
    String head = EVENT_ID + "." + at.getEpochSecond() + ".";
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
      mac.update(head.getBytes(StandardCharsets.UTF_8));
      byte[] code = mac.doFinal(unsigned.body().getBytes());
      WebhookRequest named = Webhooks.withHeader(unsigned, prefix + "id", EVENT_ID);
      WebhookRequest timed =
          Webhooks.withHeader(named, prefix + "timestamp", Long.toString(at.getEpochSecond()));
      return Webhooks.withHeader(
          timed, prefix + "signature", "v1," + Base64.getEncoder().encodeToString(code));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
