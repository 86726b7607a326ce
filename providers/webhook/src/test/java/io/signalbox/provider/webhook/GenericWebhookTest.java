package io.signalbox.provider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.testkit.BaseWebhookTest;
import io.signalbox.testkit.HostedProvider;
import io.signalbox.testkit.Webhooks;
import io.signalbox.toolkit.signature.HmacAlgorithm;
import io.signalbox.toolkit.signature.HmacSignature;
import io.signalbox.toolkit.signature.SignatureEncoding;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GenericWebhookTest extends BaseWebhookTest {
  private static final String SECRET = "a-shared-secret";
  private static final String STANDARD_KEY = "a-standard-webhooks-key!";
  private static final String STANDARD_SECRET =
      "whsec_" + Base64.getEncoder().encodeToString(STANDARD_KEY.getBytes(StandardCharsets.UTF_8));
  private static final Buffer EVENT = Buffer.buffer("{\"events\":[{\"id\":\"e\"}]}");

  @Override
  protected ProviderFactory factory() {
    return new WebhookFactory();
  }

  @Override
  protected JsonObject config() {
    return config(new JsonObject().put("secret", SECRET));
  }

  @Override
  protected JsonObject config(JsonObject vectorKey) {
    return config(
        new JsonObject()
            .put("type", "hmac")
            .put("header", "X-Signature")
            .put("prefix", "sha256=")
            .mergeIn(vectorKey),
        "/events");
  }

  @Override
  protected WebhookRequest sign(WebhookRequest unsigned, Instant at) {
    return Webhooks.withHeader(
        unsigned, "X-Signature", "sha256=" + hmac(SECRET).sign(unsigned.body().getBytes()));
  }

  @Override
  protected List<String> signatureHeaders() {
    return List.of("X-Signature");
  }

  @Override
  protected Buffer unknownEvent() {
    return Buffer.buffer("{\"events\":[{\"id\":\"e\",\"state\":\"teleported\",\"msg\":\"m\"}]}");
  }

  @Override
  protected boolean timeIsSigned() {
    return false;
  }

  @Test
  void believesEverySecretOfARotation() {
    HostedProvider provider =
        create(config(new JsonObject().put("secret", new JsonArray().add("new").add(SECRET))));
    WebhookRequest unsigned = Webhooks.unsigned("json", EVENT, NOW);

    assertThat(provider.receive(sign(unsigned, NOW))).isInstanceOf(WebhookResult.Verified.class);
    provider.close();
  }

  @Test
  void believesTokens() {
    HostedProvider provider =
        create(
            config(
                new JsonObject()
                    .put("type", "token")
                    .put("header", "Authorization")
                    .put("prefix", "Bearer ")
                    .put("secret", SECRET),
                "/events"));
    WebhookRequest unsigned = Webhooks.unsigned("json", EVENT, NOW);

    assertThat(provider.receive(Webhooks.withHeader(unsigned, "Authorization", "Bearer " + SECRET)))
        .isInstanceOf(WebhookResult.Verified.class);
    for (String wrong : List.of(SECRET, "Bearer x", "Bearer ", "")) {
      unauthenticated(provider, Webhooks.withHeader(unsigned, "Authorization", wrong));
    }
    unauthenticated(provider, unsigned);
    provider.close();
  }

  @Test
  void believesStandardWebhooksOfItsTime() {
    HostedProvider provider =
        create(
            config(
                new JsonObject().put("type", "standard_webhooks").put("secret", STANDARD_SECRET),
                "/events"));

    assertThat(provider.receive(standard(NOW))).isInstanceOf(WebhookResult.Verified.class);
    assertThat(provider.receive(standard(NOW.minus(Duration.ofHours(1)))))
        .isInstanceOfSatisfying(
            WebhookResult.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.STALE));
    unauthenticated(provider, Webhooks.withHeader(standard(NOW), "webhook-id", "other"));
    provider.close();
  }

  @Test
  void refusesAllWebhooksWhereNoneAreConfigured() {
    HostedProvider provider = create(new JsonObject().put("url", "https://a.example"));
    unauthenticated(provider, sign(Webhooks.unsigned("json", EVENT, NOW), NOW));
    provider.close();
  }

  @Test
  void readsListsAtTheTopAndSingleEvents() {
    JsonObject signature =
        new JsonObject().put("type", "hmac").put("header", "X-Signature").put("secret", SECRET);
    HostedProvider provider = create(config(signature.put("prefix", "sha256="), null));

    for (String body : List.of("[{\"id\":\"1\"},{\"id\":\"2\"}]", "{\"id\":\"1\"}")) {
      WebhookResult result =
          provider.receive(sign(Webhooks.unsigned("json", Buffer.buffer(body), NOW), NOW));
      assertThat(((WebhookResult.Verified) result).receipts().get(0).eventId()).isEqualTo("1");
    }
    provider.close();
  }

  private static JsonObject config(JsonObject signature, @Nullable String events) {
    JsonObject webhook =
        new JsonObject(
                """
                {
                  "event_id": "/id",
                  "message_id": "/msg",
                  "attempt_id": "/meta/ref",
                  "status": "/state",
                  "code": "/error/code",
                  "text": "/error/text",
                  "recipient": "/to",
                  "timestamp": "/at",
                  "statuses": {
                    "DELIVRD": "delivered",
                    "UNDELIV": "bounced",
                    "REJECTD": "rejected",
                    "STOP": "unsubscribed"
                  },
                  "reasons": {"404": "hard_bounce", "REJECTD": "blocked"}
                }
                """)
            .put("signature", signature);
    if (events != null) {
      webhook.put("events", events);
    }
    return new JsonObject().put("url", "https://a.example/send").put("webhook", webhook);
  }

  private static WebhookRequest standard(Instant at) {
    WebhookRequest unsigned = Webhooks.unsigned("json", EVENT, NOW);
    String head = "msg_1." + at.getEpochSecond() + ".";
    String signature =
        new HmacSignature(
                HmacAlgorithm.SHA256, SignatureEncoding.BASE64, List.of(new Secret(STANDARD_KEY)))
            .sign(head.getBytes(StandardCharsets.UTF_8), EVENT.getBytes());
    WebhookRequest named = Webhooks.withHeader(unsigned, "webhook-id", "msg_1");
    WebhookRequest timed =
        Webhooks.withHeader(named, "webhook-timestamp", Long.toString(at.getEpochSecond()));
    return Webhooks.withHeader(timed, "webhook-signature", "v1," + signature);
  }

  private static HmacSignature hmac(String secret) {
    return new HmacSignature(
        HmacAlgorithm.SHA256, SignatureEncoding.HEX, List.of(new Secret(secret)));
  }

  private static void unauthenticated(HostedProvider provider, WebhookRequest request) {
    assertThat(provider.receive(request))
        .isInstanceOfSatisfying(
            WebhookResult.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNAUTHENTICATED));
  }
}
