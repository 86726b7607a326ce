package io.signalbox.provider.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.testkit.BaseWebhookTest;
import io.signalbox.testkit.Webhooks;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VonageWebhookTest extends BaseWebhookTest {
  private static final String KEY = "abcd1234";
  private static final String SECRET = "sigsecret0123456";
  private static final Map<String, String> METHODS =
      Map.of(
          "MD5HASH", "md5hash",
          "MD5HMAC", "md5",
          "SHA1HMAC", "sha1",
          "SHA256HMAC", "sha256",
          "SHA512HMAC", "sha512");
  private static final Pattern SEPARATOR = Pattern.compile("[&=]");
  private static final Buffer RECEIPT =
      Buffer.buffer("messageId=0A1&status=delivered&api-key=abcd1234&client-ref=m-1");

  private final VonageSigner signer = new VonageSigner(SECRET);

  @Override
  protected ProviderFactory factory() {
    return new VonageFactory();
  }

  @Override
  protected JsonObject config() {
    return config(new JsonObject().put("signature_secret", SECRET));
  }

  @Override
  protected JsonObject config(JsonObject vectorKey) {
    return unsignedConfig()
        .put("signature_secret", vectorKey.getString("signature_secret"))
        .put("signature_method", METHODS.get(vectorKey.getString("algorithm", "SHA256HMAC")));
  }

  /**
   * Vonage signs receipts of our account; what is none can only be given a token, as what has a
   * name with a separator in it, which the receiver refuses whoever signed it.
   */
  @Override
  protected WebhookRequest sign(WebhookRequest unsigned, Instant at) {
    boolean ourReceipt =
        SigParameters.of(unsigned)
            .filter(found -> found.find("messageId") != null)
            .filter(found -> found.values().keySet().stream().noneMatch(SEPARATOR.asPredicate()))
            .filter(found -> found.values().getOrDefault("api-key", KEY).equals(KEY))
            .isPresent();
    return ourReceipt ? signer.withSig(unsigned, at) : signer.withToken(unsigned, at);
  }

  /** The first fixtures are of the Messages API; a delivery receipt has its sig in the body. */
  @Override
  protected List<String> signatureHeaders() {
    return List.of("Authorization");
  }

  @Override
  protected Buffer unknownEvent() {
    return Buffer.buffer("{\"messageId\":\"0A1\",\"status\":\"teleported\"}");
  }

  @Test
  void readsReceiptsAsForms() {
    WebhookRequest form = Webhooks.unsigned("form", RECEIPT, NOW);
    assertDelivered(webhooks(config()).receive(signer.withSig(form, NOW)));
  }

  @Test
  void refusesEverythingWhileNothingIsConfigured() {
    WebhookRequest form = Webhooks.unsigned("form", RECEIPT, NOW);
    VonageWebhooks closed = webhooks(unsignedConfig());
    assertRefused(closed.receive(form));
    assertRefused(closed.receive(signer.withSig(form, NOW)));
    assertRefused(closed.receive(signer.withToken(form, NOW)));
  }

  @Test
  void believesUnsignedReceiptsOfOurAccountWhenOpened() {
    VonageWebhooks open = webhooks(unsignedConfig().put("webhook_unsigned", true));
    assertDelivered(open.receive(Webhooks.unsigned("form", RECEIPT, NOW)));
    assertRefused(
        open.receive(
            Webhooks.unsigned(
                "form", Buffer.buffer("messageId=0A1&status=delivered&api-key=other"), NOW)));
  }

  @Test
  void refusesSignedReceiptOfAnotherAccount() {
    WebhookRequest foreign =
        Webhooks.unsigned(
            "json",
            Buffer.buffer("{\"messageId\":\"1\",\"status\":\"sent\",\"api-key\":\"other\"}"),
            NOW);
    assertRefused(webhooks(config()).receive(signer.withSig(foreign, NOW)));
  }

  @Test
  void refusesRepeatedAndAmbiguousParameters() {
    VonageWebhooks webhooks = webhooks(config());
    WebhookRequest good = signer.withSig(Webhooks.unsigned("form", RECEIPT, NOW), NOW);
    assertDelivered(webhooks.receive(good));
    Buffer twice = good.body().copy().appendString("&status=delivered");
    assertRefused(webhooks.receive(Webhooks.withBody(good, twice)));
    // The same signed text, read as fewer parameters: "client-ref=m-1&messageId" with a value.
    Buffer merged =
        Buffer.buffer(
            good.body()
                .toString()
                .replace("client-ref=m-1&messageId=", "client-ref%3Dm-1%26messageId="));
    assertThat(merged).isNotEqualTo(good.body());
    assertRefused(webhooks.receive(Webhooks.withBody(good, merged)));
  }

  private static void assertDelivered(WebhookResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            WebhookResult.Verified.class,
            verified ->
                assertThat(verified.receipts())
                    .singleElement()
                    .satisfies(
                        receipt -> {
                          assertThat(receipt.status()).isEqualTo(ReceiptStatus.DELIVERED);
                          assertThat(receipt.attemptId()).isEqualTo("m-1");
                        }));
  }

  private static void assertRefused(WebhookResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            WebhookResult.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNAUTHENTICATED));
  }

  private static VonageWebhooks webhooks(JsonObject config) {
    return new VonageWebhooks(VonageConfig.read(new ConfigReader(config, "config.")));
  }

  private static JsonObject unsignedConfig() {
    return new JsonObject().put("api_key", KEY).put("api_secret", "s").put("from", "AcmeInc");
  }
}
