package io.signalbox.provider.mailgun;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.testkit.BaseWebhookTest;
import io.signalbox.testkit.HostedProvider;
import io.signalbox.testkit.Webhooks;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.HmacAlgorithm;
import io.signalbox.toolkit.signature.HmacSignature;
import io.signalbox.toolkit.signature.SignatureEncoding;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MailgunWebhookTest extends BaseWebhookTest {
  private static final String KEY = "6e7ab1ce2aae9e9a58ca6d4fcc1c8a6f";

  @Override
  protected ProviderFactory factory() {
    return new MailgunFactory();
  }

  @Override
  protected JsonObject config() {
    return config(KEY);
  }

  @Override
  protected JsonObject config(JsonObject vectorKey) {
    return config(vectorKey.getString("webhook_signing_key"));
  }

  /** The vector of an old time is of a policy of five minutes; Mailgun documents none. */
  @Override
  protected Instant timeOf(JsonObject vector) {
    Instant at = super.timeOf(vector);
    return "old timestamp (policy)".equals(vector.getString("name"))
        ? at.plus(MailgunConfig.DEFAULT_TOLERANCE)
        : at;
  }

  @Override
  protected WebhookRequest sign(WebhookRequest unsigned, Instant at) {
    return signed(unsigned, token(), at);
  }

  private static WebhookRequest signed(WebhookRequest unsigned, String token, Instant at) {
    Optional<JsonObject> body = JsonBody.object(unsigned.body());
    if (body.isEmpty()) {
      return unsigned;
    }
    String timestamp = Long.toString(at.getEpochSecond());
    String signature =
        new HmacSignature(HmacAlgorithm.SHA256, SignatureEncoding.HEX, List.of(new Secret(KEY)))
            .sign((timestamp + token).getBytes(StandardCharsets.UTF_8));
    JsonObject triple =
        new JsonObject()
            .put("timestamp", timestamp)
            .put("token", token)
            .put("signature", signature);
    return Webhooks.withBody(unsigned, body.get().put("signature", triple).toBuffer());
  }

  private static String token() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  @Override
  protected List<String> signatureHeaders() {
    return List.of();
  }

  @Override
  protected List<WebhookRequest> withSpoiledSignature(WebhookRequest signed) {
    List<WebhookRequest> spoiled = new ArrayList<>();
    for (String field : List.of("timestamp", "token", "signature")) {
      JsonObject triple = signed.body().toJsonObject().getJsonObject("signature");
      triple.remove(field);
      spoiled.add(with(signed, triple));
      for (Object rubbish : List.of("", "rubbish", -1, new JsonObject(), new JsonArray().add(1))) {
        spoiled.add(with(signed, triple.copy().put(field, rubbish)));
      }
    }
    spoiled.add(with(signed, null));
    spoiled.add(with(signed, "signature"));
    return spoiled;
  }

  private static WebhookRequest with(WebhookRequest request, Object signature) {
    return Webhooks.withBody(
        request, request.body().toJsonObject().put("signature", signature).toBuffer());
  }

  @Override
  protected Buffer unknownEvent() {
    return event("teleported");
  }

  @Override
  protected boolean bodyIsSigned() {
    return false;
  }

  @Override
  protected boolean signatureIsInBody() {
    return true;
  }

  @Test
  void tokenIsGoodForOneEventOnly() {
    HostedProvider provider = create(config());
    String token = token();
    WebhookRequest first = signed(posted(event("delivered")), token, NOW);
    WebhookRequest other = signed(posted(event("failed")), token, NOW);

    assertThat(provider.receive(first)).isInstanceOf(WebhookResult.Verified.class);
    assertThat(provider.receive(first)).isEqualTo(provider.receive(first));
    refused(provider.receive(other), Refusal.UNAUTHENTICATED);
    assertThat(provider.receive(first)).isInstanceOf(WebhookResult.Verified.class);
  }

  @Test
  void malformedEventDoesNotUseUpItsToken() {
    HostedProvider provider = create(config());
    String token = token();

    refused(provider.receive(signed(posted(Buffer.buffer("{}")), token, NOW)), Refusal.MALFORMED);
    assertThat(provider.receive(signed(posted(event("delivered")), token, NOW)))
        .isInstanceOf(WebhookResult.Verified.class);
  }

  @Test
  void duringARotationAllKeysAreGood() {
    JsonArray both = new JsonArray().add("another").add(KEY);

    assertThat(receivedWith(config("another").put("webhook_signing_key", both))).isTrue();
    assertThat(receivedWith(config("another"))).isFalse();
  }

  @Test
  void withoutAKeyEveryWebhookIsRefused() {
    JsonObject keyless = config();
    keyless.remove("webhook_signing_key");

    assertThat(receivedWith(keyless)).isFalse();
  }

  @Test
  void repeatsOfADayAreBelievedUnlessTheToleranceIsSmaller() {
    Instant hoursAgo = NOW.minus(Duration.ofHours(23));
    WebhookRequest late = sign(posted(event("delivered")), hoursAgo);

    assertThat(create(config()).receive(late)).isInstanceOf(WebhookResult.Verified.class);
    refused(create(config().put("webhook_tolerance", "5m")).receive(late), Refusal.STALE);
  }

  private boolean receivedWith(JsonObject config) {
    return create(config).receive(sign(posted(event("delivered")), NOW))
        instanceof WebhookResult.Verified;
  }

  private static void refused(WebhookResult result, Refusal refusal) {
    assertThat(result)
        .isInstanceOfSatisfying(
            WebhookResult.Refused.class, r -> assertThat(r.refusal()).isEqualTo(refusal));
  }

  private static WebhookRequest posted(Buffer body) {
    return Webhooks.unsigned("json", body, NOW);
  }

  private static Buffer event(String type) {
    return new JsonObject()
        .put(
            "event-data",
            new JsonObject().put("event", type).put("id", "e-1").put("timestamp", 1767225600.5))
        .toBuffer();
  }

  private static JsonObject config(String signingKey) {
    return new JsonObject()
        .put("api_key", "key-1")
        .put("domain", "mg.example.com")
        .put("from", "orders@mg.example.com")
        .put("webhook_signing_key", signingKey);
  }
}
