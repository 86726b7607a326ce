package io.signalbox.provider.twilio;

import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.testkit.BaseWebhookTest;
import io.signalbox.testkit.SampleRequests;
import io.signalbox.testkit.Webhooks;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.signature.HmacAlgorithm;
import io.signalbox.toolkit.signature.HmacSignature;
import io.signalbox.toolkit.signature.SignatureEncoding;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

class TwilioWebhookTest extends BaseWebhookTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @Override
  protected ProviderFactory factory() {
    return new TwilioFactory();
  }

  @Override
  protected JsonObject config() {
    return config(new JsonObject().put("auth_token", TOKEN));
  }

  @Override
  protected JsonObject config(JsonObject vectorKey) {
    return new JsonObject()
        .put("account_sid", "AC1")
        .put("auth_token", vectorKey.getString("auth_token"))
        .put("from", "+15017250604");
  }

  /** Signs the parameters of a form, and anything else by the hash of its body. */
  @Override
  protected WebhookRequest sign(WebhookRequest unsigned, Instant at) {
    String url = unsigned.url() + "?attempt=" + SampleRequests.ATTEMPT_ID;
    Optional<FormBody> form =
        unsigned.header("Content-Type").contains("form")
            ? FormBody.parse(unsigned.body())
            : Optional.empty();
    if (form.isEmpty()) {
      url += "&bodySHA256=" + sha256(unsigned.body());
    }
    String parameters =
        form.map(found -> found.fields().stream()).stream()
            .flatMap(fields -> fields)
            .distinct()
            .sorted(Comparator.comparing(FormBody.Field::name).thenComparing(FormBody.Field::value))
            .map(field -> field.name() + field.value())
            .collect(Collectors.joining());
    String signature =
        new HmacSignature(HmacAlgorithm.SHA1, SignatureEncoding.BASE64, List.of(new Secret(TOKEN)))
            .sign((url + parameters).getBytes(StandardCharsets.UTF_8));
    WebhookRequest called =
        new WebhookRequest(
            unsigned.method(),
            url,
            url.substring(url.indexOf('?') + 1),
            unsigned.headers(),
            unsigned.body(),
            unsigned.receivedAt());
    return Webhooks.withHeader(called, "X-Twilio-Signature", signature);
  }

  @Override
  protected List<String> signatureHeaders() {
    return List.of("X-Twilio-Signature");
  }

  @Override
  protected Buffer unknownEvent() {
    return Buffer.buffer("MessageSid=SM1&MessageStatus=teleported&To=%2B15558675310");
  }

  @Override
  protected String kind() {
    return "form";
  }

  @Override
  protected boolean timeIsSigned() {
    return false;
  }

  private static String sha256(Buffer body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
