package io.signalbox.provider.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.Receipt;
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
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhatsAppWebhookTest extends BaseWebhookTest {
  private static final String SECRET = "1234567890abcdef1234567890abcdef";
  private static final String TOKEN = "meatyhamhock";
  private static final String NUMBER = "106540352242922";

  @Override
  protected ProviderFactory factory() {
    return new WhatsAppFactory();
  }

  @Override
  protected JsonObject config() {
    return config(new JsonObject().put("app_secret", SECRET).put("verify_token", TOKEN));
  }

  @Override
  protected JsonObject config(JsonObject vectorKey) {
    return new JsonObject()
        .put("phone_number_id", NUMBER)
        .put("access_token", "t")
        .mergeIn(vectorKey);
  }

  /** A GET is not signed: it gets the good token, whatever its query says. */
  @Override
  protected WebhookRequest sign(WebhookRequest unsigned, Instant at) {
    if (unsigned.method().equals("GET")) {
      String query = "hub.verify_token=" + TOKEN + "&" + unsigned.rawQuery();
      return new WebhookRequest(
          "GET",
          Webhooks.URL + "?" + query,
          query,
          unsigned.headers(),
          unsigned.body(),
          unsigned.receivedAt());
    }
    return signedWith(SECRET, unsigned);
  }

  @Override
  protected List<String> signatureHeaders() {
    return List.of("X-Hub-Signature-256");
  }

  @Override
  protected Buffer unknownEvent() {
    return batch(change(NUMBER, "statuses", status("wamid.A", "teleported"))).toBuffer();
  }

  @Override
  protected boolean timeIsSigned() {
    return false;
  }

  @Test
  void readsEveryStatusOfNestedBatches() {
    JsonObject two = change(NUMBER, "statuses", status("A", "sent"), status("B", "read"));
    JsonObject one = change(NUMBER, "statuses", status("C", "delivered"));
    JsonObject body = batch(two, one);
    body.getJsonArray("entry").add(entry(change(NUMBER, "statuses", status("D", "failed"))));

    assertThat(receipts(body))
        .extracting(Receipt::eventId)
        .containsExactly("A:sent", "B:read", "C:delivered", "D:failed");
  }

  @Test
  void leavesOutOtherNumbersOfTheApp() {
    JsonObject foreign = change("999", "statuses", status("A", "sent"));
    JsonObject own = change(NUMBER, "statuses", status("B", "sent"));

    assertThat(receipts(batch(foreign, own)))
        .extracting(Receipt::providerMessageId)
        .containsExactly("B");
  }

  @Test
  void acceptsEverySecretOfARotation() {
    JsonObject config = config().put("app_secret", new JsonArray().add("new").add(SECRET));
    HostedProvider provider = create(config);
    WebhookRequest unsigned = Webhooks.unsigned("json", unknownEvent(), NOW);

    assertThat(provider.receive(signedWith(SECRET, unsigned)))
        .isInstanceOf(WebhookResult.Verified.class);
    assertThat(provider.receive(signedWith("new", unsigned)))
        .isInstanceOf(WebhookResult.Verified.class);
    assertThat(provider.receive(signedWith("other", unsigned)))
        .isInstanceOfSatisfying(
            WebhookResult.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNAUTHENTICATED));
    provider.close();
  }

  @Test
  void refusesEverythingWithoutSecrets() {
    HostedProvider provider = create(config(new JsonObject()));
    WebhookRequest post = Webhooks.unsigned("json", unknownEvent(), NOW);
    WebhookRequest get =
        Webhooks.unsigned(
            "query", Buffer.buffer("hub.mode=subscribe&hub.challenge=1&hub.verify_token="), NOW);

    for (WebhookRequest request : List.of(signedWith("x", post), get)) {
      assertThat(provider.receive(request)).isInstanceOf(WebhookResult.Refused.class);
    }
    provider.close();
  }

  @Test
  void notesMarketingStopOnlyWhereConfigured() {
    JsonObject stop =
        new JsonObject()
            .put("wa_id", "16505551234")
            .put("category", "marketing_messages")
            .put("value", "stop");
    JsonObject body = batch(change(NUMBER, "user_preferences", stop));
    HostedProvider noting = create(config().put("on_marketing_stop", "note"));

    assertThat(receipts(body))
        .extracting(receipt -> receipt.status().wireName())
        .containsExactly("unsubscribed");
    WebhookResult noted =
        noting.receive(signedWith(SECRET, Webhooks.unsigned("json", body.toBuffer(), NOW)));
    assertThat(((WebhookResult.Verified) noted).receipts())
        .extracting(receipt -> receipt.status().wireName())
        .containsExactly("unknown");
    noting.close();
  }

  @Test
  void aRefusalAfterMarketingStopIsABlockWhereItIsOnlyNoted() {
    JsonObject error = new JsonObject().put("code", 131050);
    JsonObject failed = status("A", "failed").put("errors", new JsonArray().add(error));
    Buffer body = batch(change(NUMBER, "statuses", failed)).toBuffer();
    HostedProvider noting = create(config().put("on_marketing_stop", "note"));

    WebhookResult noted = noting.receive(signedWith(SECRET, Webhooks.unsigned("json", body, NOW)));

    assertThat(((WebhookResult.Verified) noted).receipts())
        .extracting(receipt -> receipt.status() + " " + receipt.reason())
        .containsExactly("REJECTED BLOCKED");
    noting.close();
  }

  private List<Receipt> receipts(JsonObject body) {
    HostedProvider provider = create(config());
    WebhookResult result =
        provider.receive(signedWith(SECRET, Webhooks.unsigned("json", body.toBuffer(), NOW)));
    provider.close();
    return ((WebhookResult.Verified) result).receipts();
  }

  private static WebhookRequest signedWith(String secret, WebhookRequest unsigned) {
    String signature =
        new HmacSignature(HmacAlgorithm.SHA256, SignatureEncoding.HEX, List.of(new Secret(secret)))
            .sign(unsigned.body().getBytes());
    return Webhooks.withHeader(unsigned, "X-Hub-Signature-256", "sha256=" + signature);
  }

  private static JsonObject batch(JsonObject... changes) {
    return new JsonObject()
        .put("object", "whatsapp_business_account")
        .put("entry", new JsonArray().add(entry(changes)));
  }

  private static JsonObject entry(JsonObject... changes) {
    return new JsonObject().put("id", "1").put("changes", new JsonArray(List.of(changes)));
  }

  private static JsonObject change(String number, String list, JsonObject... items) {
    return new JsonObject()
        .put("field", "messages")
        .put(
            "value",
            new JsonObject()
                .put("metadata", new JsonObject().put("phone_number_id", number))
                .put(list, new JsonArray(List.of(items))));
  }

  private static JsonObject status(String id, String status) {
    return new JsonObject()
        .put("id", id)
        .put("status", status)
        .put("timestamp", "1767225603")
        .put("recipient_id", "16505551234");
  }
}
