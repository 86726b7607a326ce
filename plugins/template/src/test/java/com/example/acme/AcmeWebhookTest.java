package com.example.acme;

import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.testkit.BaseWebhookTest;
import io.signalbox.testkit.Webhooks;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class AcmeWebhookTest extends BaseWebhookTest {
  private static final String SECRET = "hook-secret";

  @Override
  protected ProviderFactory factory() {
    return new AcmeFactory();
  }

  @Override
  protected JsonObject config() {
    return config(new JsonObject().put("secret", SECRET));
  }

  @Override
  protected JsonObject config(JsonObject vectorKey) {
    return new JsonObject()
        .put("api_key", TestAccount.KEY)
        .put("from", "orders@example.com")
        .put("webhook_secret", vectorKey.getString("secret"));
  }

  /** Written from the documents: a call of the provider's own classes would prove nothing. */
  @Override
  protected WebhookRequest sign(WebhookRequest unsigned, Instant at) {
    String timestamp = Long.toString(at.getEpochSecond());
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
      String code = HexFormat.of().formatHex(mac.doFinal(unsigned.body().getBytes()));
      return Webhooks.withHeader(
          Webhooks.withHeader(unsigned, "Acme-Timestamp", timestamp), "Acme-Signature", code);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected List<String> signatureHeaders() {
    return List.of("Acme-Timestamp", "Acme-Signature");
  }

  @Override
  protected Buffer unknownEvent() {
    return Buffer.buffer("{\"id\":\"m-1\",\"status\":\"teleported\"}");
  }
}
