package io.signalbox.provider.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.testkit.BaseWebhookTest;
import io.signalbox.testkit.Webhooks;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelegramWebhookTest extends BaseWebhookTest {
  private static final String HEADER = "X-Telegram-Bot-Api-Secret-Token";
  private static final String SECRET = "S3cret_token-1";

  @Override
  protected ProviderFactory factory() {
    return new TelegramFactory();
  }

  @Override
  protected JsonObject config() {
    return config(new JsonObject().put("secret_token", SECRET));
  }

  @Override
  protected JsonObject config(JsonObject vectorKey) {
    return new JsonObject()
        .put("bot_token", "1:a")
        .put("secret_token", vectorKey.getString("secret_token"));
  }

  @Override
  protected WebhookRequest sign(WebhookRequest unsigned, Instant at) {
    return Webhooks.withHeader(unsigned, HEADER, SECRET);
  }

  @Override
  protected List<String> signatureHeaders() {
    return List.of(HEADER);
  }

  @Override
  protected Buffer unknownEvent() {
    return Buffer.buffer("{\"update_id\":1,\"hologram\":{\"chat\":{\"id\":7}}}");
  }

  @Override
  protected boolean bodyIsSigned() {
    return false;
  }

  @Override
  protected boolean timeIsSigned() {
    return false;
  }

  @Test
  void refusesEverythingWhileNoSecretIsConfigured() {
    WebhookRequest request = sign(Webhooks.unsigned("json", unknownEvent(), NOW), NOW);
    assertThat(new TelegramWebhooks(List.of()).receive(request))
        .isInstanceOf(WebhookResult.Refused.class);
  }

  @Test
  void acceptsOldSecretWhileRotating() {
    WebhookRequest request = sign(Webhooks.unsigned("json", unknownEvent(), NOW), NOW);
    assertThat(
            new TelegramWebhooks(List.of(new Secret("new"), new Secret(SECRET))).receive(request))
        .isInstanceOf(WebhookResult.Verified.class);
  }
}
