package io.signalbox.provider.postmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.testkit.BaseWebhookTest;
import io.signalbox.testkit.Webhooks;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostmarkWebhookTest extends BaseWebhookTest {
  private static final Buffer DELIVERY =
      Buffer.buffer("{\"RecordType\":\"Delivery\",\"MessageID\":\"m-1\"}");

  @Override
  protected ProviderFactory factory() {
    return new PostmarkFactory();
  }

  @Override
  protected JsonObject config() {
    return least().put("webhook_credentials", "hook:p4ss:wörd");
  }

  @Override
  protected JsonObject config(JsonObject vectorKey) {
    return least()
        .put(
            "webhook_credentials",
            vectorKey.getString("username") + ":" + vectorKey.getString("password"));
  }

  @Override
  protected WebhookRequest sign(WebhookRequest unsigned, Instant at) {
    return withBasic(unsigned, "hook:p4ss:wörd");
  }

  @Override
  protected List<String> signatureHeaders() {
    return List.of("Authorization");
  }

  @Override
  protected Buffer unknownEvent() {
    return Buffer.buffer("{\"RecordType\":\"Teleport\",\"MessageID\":\"m-1\"}");
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
  void duringARotationAllCredentialsAreGood() {
    JsonObject config =
        least().put("webhook_credentials", new JsonArray().add("new:1").add("old:2"));

    assertThat(received(config, withBasic(posted(DELIVERY), "new:1")))
        .isInstanceOf(WebhookResult.Verified.class);
    assertThat(received(config, withBasic(posted(DELIVERY), "old:2")))
        .isInstanceOf(WebhookResult.Verified.class);
    refused(received(config, withBasic(posted(DELIVERY), "old:1")), Refusal.UNAUTHENTICATED);
  }

  @Test
  void headerWithASecretIsEnough() {
    JsonObject config =
        least()
            .put("webhook_header", "X-Hook-Token")
            .put("webhook_header_value", new JsonArray().add("new").add("old"));

    for (String value : List.of("new", "old")) {
      assertThat(received(config, Webhooks.withHeader(posted(DELIVERY), "x-hook-token", value)))
          .isInstanceOf(WebhookResult.Verified.class);
    }
    refused(
        received(config, Webhooks.withHeader(posted(DELIVERY), "X-Hook-Token", "older")),
        Refusal.UNAUTHENTICATED);
    refused(received(config, posted(DELIVERY)), Refusal.UNAUTHENTICATED);
  }

  @Test
  void eitherOfTheTwoWaysIsEnough() {
    JsonObject config =
        config().put("webhook_header", "X-Hook-Token").put("webhook_header_value", "t");

    assertThat(received(config, sign(posted(DELIVERY), NOW)))
        .isInstanceOf(WebhookResult.Verified.class);
    assertThat(received(config, Webhooks.withHeader(posted(DELIVERY), "X-Hook-Token", "t")))
        .isInstanceOf(WebhookResult.Verified.class);
  }

  @Test
  void withoutCredentialsEveryWebhookIsRefused() {
    refused(received(least(), sign(posted(DELIVERY), NOW)), Refusal.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic ", "Bearer aG9vazpwNHNz", "Basic %%%", "basic"})
  void headersThatAreNoCredentialsAreRefused(String header) {
    refused(
        received(config(), Webhooks.withHeader(posted(DELIVERY), "Authorization", header)),
        Refusal.UNAUTHENTICATED);
  }

  @Test
  void mailThatCameInIsNoReceipt() {
    Buffer inbound = Buffer.buffer("{\"RecordType\":\"Inbound\",\"MessageID\":\"m-1\"}");

    assertThat(received(config(), sign(posted(inbound), NOW)))
        .isEqualTo(new WebhookResult.Verified(List.of()));
  }

  private WebhookResult received(JsonObject config, WebhookRequest request) {
    return create(config).receive(request);
  }

  private static void refused(WebhookResult result, Refusal refusal) {
    assertThat(result)
        .isInstanceOfSatisfying(
            WebhookResult.Refused.class, r -> assertThat(r.refusal()).isEqualTo(refusal));
  }

  private static WebhookRequest posted(Buffer body) {
    return Webhooks.unsigned("json", body, NOW);
  }

  private static WebhookRequest withBasic(WebhookRequest request, String pair) {
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return Webhooks.withHeader(request, "Authorization", "Basic " + encoded);
  }

  private static JsonObject least() {
    return new JsonObject().put("server_token", "t").put("from", "orders@example.com");
  }
}
