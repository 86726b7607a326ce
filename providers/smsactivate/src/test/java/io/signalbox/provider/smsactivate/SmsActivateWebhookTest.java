package io.signalbox.provider.smsactivate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.RentalNews;
import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.testkit.BaseWebhookTest;
import io.signalbox.testkit.Webhooks;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmsActivateWebhookTest extends BaseWebhookTest {
  private static final String SECRET = "wh secret/1";

  @Override
  protected ProviderFactory factory() {
    return new SmsActivateFactory();
  }

  @Override
  protected JsonObject config() {
    return config(new JsonObject().put("secret", SECRET));
  }

  @Override
  protected JsonObject config(JsonObject vectorKey) {
    return TestAccount.config("https://sms.example.com")
        .put("webhook_secret", vectorKey.getString("secret"));
  }

  @Override
  protected WebhookRequest sign(WebhookRequest unsigned, Instant at) {
    return withQuery(unsigned, "x=1&secret=wh+secret%2F1");
  }

  private static WebhookRequest withQuery(WebhookRequest request, String query) {
    return new WebhookRequest(
        request.method(),
        request.url() + "?" + query,
        query,
        request.headers(),
        request.body(),
        request.receivedAt());
  }

  @Override
  protected List<String> signatureHeaders() {
    return List.of();
  }

  @Override
  protected List<WebhookRequest> withSpoiledSignature(WebhookRequest signed) {
    return List.of(
        withQuery(signed, ""),
        withQuery(signed, "secret="),
        withQuery(signed, "secret=wh+secret%2F2"),
        withQuery(signed, "secret=%zz"),
        withQuery(signed, "other=wh+secret%2F1"));
  }

  @Override
  protected Buffer unknownEvent() {
    return Buffer.buffer("{\"activationId\":1,\"kind\":\"hologram\"}");
  }

  @Override
  protected boolean bodyIsSigned() {
    return false;
  }

  @Override
  protected boolean timeIsSigned() {
    return false;
  }

  private static WebhookRequest event(JsonObject body) {
    return withQuery(Webhooks.unsigned("json", body.toBuffer(), NOW), "secret=s");
  }

  private static RentalNews news(SmsActivateWebhooks webhooks, JsonObject body) {
    WebhookResult result = webhooks.receive(event(body));
    assertThat(result).isInstanceOf(WebhookResult.Verified.class);
    return ((WebhookResult.Verified) result).rentals().get(0);
  }

  @Test
  void refusesEverythingWhileNoSecretIsConfigured() {
    assertThat(new SmsActivateWebhooks(List.of(), ZoneOffset.UTC).receive(event(new JsonObject())))
        .isInstanceOf(WebhookResult.Refused.class);
  }

  @Test
  void readsTheZoneOfTheServiceAndTellsCodesApart() {
    List<Secret> secrets = List.of(new Secret("new"), new Secret("s"));
    SmsActivateWebhooks webhooks = new SmsActivateWebhooks(secrets, ZoneId.of("Europe/Moscow"));
    JsonObject body =
        new JsonObject()
            .put("activationId", "7")
            .put("code", "123456")
            .put("receivedAt", "2026-01-01 03:00:00");

    RentalNews first = news(webhooks, body);
    RentalNews second = news(webhooks, body.copy().put("code", "654321"));

    assertThat(first.occurredAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(first.text()).isNull();
    assertThat(second.eventId()).isNotEqualTo(first.eventId());
    assertThat(first.toString() + first.eventId()).doesNotContain("123456");
    assertThat(news(webhooks, body.copy().putNull("receivedAt")).occurredAt()).isEqualTo(NOW);
  }
}
