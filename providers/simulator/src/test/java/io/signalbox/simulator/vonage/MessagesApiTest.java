package io.signalbox.simulator.vonage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.simulator.BasePluginTest;
import io.signalbox.simulator.Reply;
import io.signalbox.simulator.WebhookCatcher;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesApiTest extends BasePluginTest {
  private static final Base64.Encoder URL_SAFE = Base64.getUrlEncoder().withoutPadding();

  @Override
  protected String plugin() {
    return "vonage";
  }

  @Override
  protected String recipient() {
    return "447700900000";
  }

  @Override
  protected String reference() {
    return "a-1";
  }

  @Override
  protected int webhooksPerMessage() {
    return 2;
  }

  @Override
  protected Reply send(String recipient, String text, Duration timeout) throws Exception {
    Map<String, String> headers = Map.of("Authorization", "Basic " + basic());
    return simulator.call(
        "POST", url + "/v1/messages", headers, body(recipient, text).encode(), timeout);
  }

  @Override
  protected boolean isAccepted(Reply reply) {
    return reply.status() == 202 && reply.json().getString("message_uuid").length() == 36;
  }

  @Override
  protected void assertInternalError(Reply reply) {
    assertError(reply, 500, "1030");
  }

  @Override
  protected void assertThrottled(Reply reply, int retryAfterSeconds) {
    assertError(reply, 429, "1000");
  }

  @Override
  protected void assertRecipientRefused(Reply reply) {
    assertError(reply, 422, "1050");
  }

  @Test
  void takesTokensThatTheApplicationHasSigned() throws Exception {
    long now = Clock.systemUTC().instant().getEpochSecond();
    JsonObject good =
        new JsonObject()
            .put("application_id", account.getString("application_id"))
            .put("iat", now)
            .put("exp", now + 900)
            .put("jti", "j1");

    assertThat(isAccepted(post(token(good, "RS256")))).isTrue();

    assertError(post(token(good, "HS256")), 401, "unauthorized");
    assertError(post(token(good.copy().put("exp", now - 1), "RS256")), 401, "unauthorized");
    assertError(post(token(good.copy().put("application_id", "x"), "RS256")), 401, "unauthorized");
    assertError(post(token(good, "RS256") + "x"), 401, "unauthorized");
    assertError(post("a.b.c"), 401, "unauthorized");
    assertError(post("%%%"), 401, "unauthorized");
    Map<String, String> wrong = Map.of("Authorization", "Basic d3Jvbmc6d3Jvbmc=");
    assertError(
        simulator.call("POST", url + "/v1/messages", wrong, body(recipient(), "x").encode()),
        401,
        "unauthorized");
  }

  @ParameterizedTest
  @CsvSource({
    "message_type, image, 1020",
    "channel, viber_service, 1020",
    "to, +447700900000, 1020",
    "to, 447700000001, 1170",
    "from, much too long a name, 1120",
    "webhook_url, nowhere, 1020",
    "webhook_version, v0.1, 1020",
    "ttl, 5, 1130"
  })
  void refusesBadFields(String field, String value, String code) throws Exception {
    assertError(post(body(recipient(), "x").put(field, value)), 422, code);
  }

  @Test
  void refusesMissingFieldsAndLongTexts() throws Exception {
    JsonObject body = body(recipient(), "x");
    body.remove("to");
    Reply missing = post(body);
    assertError(missing, 422, "1020");
    assertThat(missing.json().getJsonArray("invalid_parameters").getJsonObject(0).getString("name"))
        .isEqualTo("to");
    assertError(post(body(recipient(), "x".repeat(1001))), 422, "1090");
    assertError(post(body(recipient(), "x").put("client_ref", "x".repeat(101))), 422, "1020");
    Map<String, String> headers = Map.of("Authorization", "Basic " + basic());
    assertError(simulator.call("POST", url + "/v1/messages", headers, "{"), 422, "1040");
    assertThat(simulator.call("GET", url + "/v1/messages", headers, "").status()).isEqualTo(405);
    assertThat(simulator.call("GET", url + "/elsewhere", headers, "").status()).isEqualTo(404);
  }

  @Test
  void takesWhatsAppTextsOfANumber() throws Exception {
    JsonObject whatsApp = body(recipient(), "x".repeat(4096)).put("channel", "whatsapp");
    assertError(post(whatsApp), 422, "1120");
    assertThat(isAccepted(post(whatsApp.put("from", "447700900001").put("ttl", 60)))).isTrue();
    assertThat(awaitStatuses(2).get(0).getString("channel")).isEqualTo("whatsapp");
  }

  @Test
  void postsSignedStatuses() throws Exception {
    String id = send("good news").json().getString("message_uuid");

    List<JsonObject> statuses = awaitStatuses(2);

    assertThat(statuses)
        .extracting(status -> status.getString("status"))
        .containsExactly("submitted", "delivered");
    for (WebhookCatcher.Caught webhook : catcher.caught()) {
      JsonObject status = new JsonObject(webhook.body());
      assertThat(status.getString("message_uuid")).isEqualTo(id);
      assertThat(status.getString("to")).isEqualTo(recipient());
      assertThat(status.getString("client_ref")).isEqualTo(reference());
      assertThat(Instant.parse(status.getString("timestamp"))).isNotNull();
      JsonObject claims = verified(webhook.header("Authorization"));
      assertThat(claims.getString("iss")).isEqualTo("Vonage");
      assertThat(claims.getString("api_key")).isEqualTo(account.getString("api_key"));
      assertThat(claims.getString("payload_hash")).isEqualTo(sha256(webhook.body()));
      assertThat(claims.getString("jti")).isNotEmpty();
    }
  }

  @Test
  void tellsOfUndeliverableMessages() throws Exception {
    send("447700000002", "x");

    JsonObject last = awaitStatuses(2).get(1);

    assertThat(last.getString("status")).isEqualTo("undeliverable");
    assertThat(last.getJsonObject("error").getString("title")).isEqualTo("1260");
    assertThat(last.getJsonObject("error").getString("type")).endsWith("#1260");
  }

  private List<JsonObject> awaitStatuses(int count) {
    await().atMost(Duration.ofSeconds(60)).until(() -> catcher.caught().size() == count);
    return catcher.caught().stream()
        .map(webhook -> new JsonObject(webhook.body()))
        .collect(Collectors.toList());
  }

  private JsonObject body(String recipient, String text) {
    return new JsonObject()
        .put("message_type", "text")
        .put("channel", "sms")
        .put("to", recipient)
        .put("from", account.getString("from"))
        .put("text", text)
        .put("client_ref", reference())
        .put("webhook_url", catcher.url())
        .put("webhook_version", "v1");
  }

  private Reply post(JsonObject body) throws Exception {
    Map<String, String> headers = Map.of("Authorization", "Basic " + basic());
    return simulator.call("POST", url + "/v1/messages", headers, body.encode());
  }

  private Reply post(String token) throws Exception {
    Map<String, String> headers = Map.of("Authorization", "Bearer " + token);
    return simulator.call("POST", url + "/v1/messages", headers, body(recipient(), "x").encode());
  }

  private String basic() {
    String pair = account.getString("api_key") + ":" + account.getString("api_secret");
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertError(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
    assertThat(reply.json().getString("type")).endsWith("#" + code);
    assertThat(reply.json().getString("detail")).isNotEmpty();
  }

  private String token(JsonObject claims, String algorithm) throws Exception {
    String header = new JsonObject().put("alg", algorithm).put("typ", "JWT").encode();
    String signed = encoded(header) + "." + encoded(claims.encode());
    String base64 =
        account.getString("private_key").replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    Signature signature = Signature.getInstance("SHA256withRSA");
    byte[] der = Base64.getDecoder().decode(base64);
    signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + URL_SAFE.encodeToString(signature.sign());
  }

  private JsonObject verified(String authorization) throws Exception {
    String[] parts = authorization.substring("Bearer ".length()).split("\\.", -1);
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = account.getString("signature_secret").getBytes(StandardCharsets.UTF_8);
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    byte[] hash = mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(parts[2]).isEqualTo(URL_SAFE.encodeToString(hash));
    return new JsonObject(
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
  }

  private static String encoded(String text) {
    return URL_SAFE.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(String body) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }
}
