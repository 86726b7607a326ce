package io.signalbox.simulator.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.simulator.BasePluginTest;
import io.signalbox.simulator.Reply;
import io.signalbox.simulator.WebhookCatcher;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SendGridApiTest extends BasePluginTest {
  private Instant postedAt = Instant.EPOCH;

  @Override
  protected String plugin() {
    return "sendgrid";
  }

  @Override
  protected String recipient() {
    return "alex@example.com";
  }

  @Override
  protected String reference() {
    return "a-1";
  }

  @Override
  protected int webhooksPerMessage() {
    return 2;
  }

  private static JsonObject body(String recipient, String text) {
    return new JsonObject()
        .put(
            "personalizations",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("to", new JsonArray().add(new JsonObject().put("email", recipient)))
                        .put("custom_args", new JsonObject().put("signalbox_attempt", "a-1"))))
        .put("from", new JsonObject().put("email", "orders@example.com"))
        .put("subject", text)
        .put(
            "content",
            new JsonArray().add(new JsonObject().put("type", "text/plain").put("value", "Hello")));
  }

  @Override
  protected Reply send(String recipient, String text, Duration timeout) throws Exception {
    return post(account.getString("api_key"), body(recipient, text).encode(), timeout);
  }

  private Reply post(String key, String body, Duration timeout) throws Exception {
    Map<String, String> headers =
        Map.of("Authorization", "Bearer " + key, "Content-Type", "application/json");
    postedAt = Clock.systemUTC().instant();
    return simulator.call("POST", url + "/v3/mail/send", headers, body, timeout);
  }

  private Reply post(JsonObject body) throws Exception {
    return post(account.getString("api_key"), body.encode(), Duration.ofSeconds(30));
  }

  @Override
  protected boolean isAccepted(Reply reply) {
    return reply.status() == 202
        && reply.body().isEmpty()
        && reply.header("X-Message-Id").length() == 22;
  }

  @Override
  protected void assertInternalError(Reply reply) {
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.json().getJsonArray("errors")).hasSize(1);
  }

  @Override
  protected void assertThrottled(Reply reply, int retryAfterSeconds) {
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.json().encode())
        .isEqualTo("{\"errors\":[{\"field\":null,\"message\":\"too many requests\"}]}");
    long reset = Long.parseLong(reply.header("X-RateLimit-Reset"));
    long now = Clock.systemUTC().instant().getEpochSecond();
    assertThat(reset - retryAfterSeconds).isBetween(postedAt.getEpochSecond(), now);
    assertThat(reply.header("Retry-After")).isEmpty();
  }

  @Override
  protected void assertRecipientRefused(Reply reply) {
    assertThat(reply.status()).isEqualTo(400);
    JsonObject error = reply.json().getJsonArray("errors").getJsonObject(0);
    assertThat(error.getString("message")).isEqualTo("Does not contain a valid address.");
    assertThat(error.getString("field")).isEqualTo("personalizations.0.to.0.email");
    assertThat(error.getString("help"))
        .isEqualTo(
            "http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html"
                + "#message.personalizations.to");
  }

  @Test
  void refusesWrongKey() throws Exception {
    Reply reply = post("SG.wrong", body(recipient(), "x").encode(), Duration.ofSeconds(30));
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.json().getJsonArray("errors").getJsonObject(0).getString("message"))
        .isEqualTo("The provided authorization grant is invalid, expired, or revoked");
  }

  @Test
  void remembersWhoSentItAndWhereAnswersGo() throws Exception {
    JsonObject one = new JsonObject().put("email", "help@example.org");
    JsonArray list =
        new JsonArray()
            .add(one)
            .add(new JsonObject().put("email", "b@example.net").put("name", "B"));
    JsonObject body = body(recipient(), "x").put("reply_to_list", list);
    body.getJsonObject("from").put("name", "Orders");

    assertThat(post(body).status()).isEqualTo(202);
    assertThat(fields(post(body.put("reply_to", one)))).containsExactly("reply_to");
    body.remove("reply_to_list");
    assertThat(post(body).status()).isEqualTo(202);

    assertThat(simulator.received("sendgrid"))
        .extracting(entry -> entry.getString("from"))
        .containsOnly("Orders <orders@example.com>");
    assertThat(simulator.received("sendgrid"))
        .extracting(entry -> entry.getJsonArray("reply_to").encode())
        .containsExactly("[\"help@example.org\",\"B <b@example.net>\"]", "[\"help@example.org\"]");
  }

  @Test
  void refusesBadBodies() throws Exception {
    assertThat(post(account.getString("api_key"), "{", Duration.ofSeconds(30)).status())
        .isEqualTo(400);
    assertThat(fields(post(new JsonObject())))
        .contains("personalizations", "from.email", "content");
    JsonObject twice = body(recipient(), "x");
    JsonArray to = twice.getJsonArray("personalizations").getJsonObject(0).getJsonArray("to");
    to.add(to.getJsonObject(0).copy());
    assertThat(fields(post(twice))).containsExactly("personalizations.0.to.1.email");
    assertThat(fields(post(body("nobody", "x")))).containsExactly("personalizations.0.to.0.email");
    assertThat(fields(post(body("a.blocked@example.com", "x")))).hasSize(1);
    assertThat(fields(post(body(recipient(), "x").put("send_at", 99_999_999_999L))))
        .containsExactly("send_at");
    assertThat(simulator.received("sendgrid")).isEmpty();
  }

  @Test
  void refusesOtherPathsMethodsAndTypes() throws Exception {
    Map<String, String> auth = Map.of("Authorization", "Bearer " + account.getString("api_key"));
    assertThat(simulator.call("POST", url + "/v3/other", auth, "").status()).isEqualTo(404);
    assertThat(simulator.call("GET", url + "/v3/mail/send", auth, "").status()).isEqualTo(405);
    assertThat(simulator.call("POST", url + "/v3/mail/send", auth, "{}").status()).isEqualTo(415);
  }

  @Test
  void sandboxModeValidatesWithoutSending() throws Exception {
    JsonObject body =
        body(recipient(), "x")
            .put(
                "mail_settings",
                new JsonObject().put("sandbox_mode", new JsonObject().put("enable", true)));
    assertThat(post(body).status()).isEqualTo(200);
    assertThat(simulator.received("sendgrid")).isEmpty();
  }

  @Test
  void readsCompressedBodies() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body(recipient(), "zipped").encode().getBytes(StandardCharsets.UTF_8));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/v3/mail/send"))
            .header("Authorization", "Bearer " + account.getString("api_key"))
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes.toByteArray()))
            .build();
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(202);
  }

  private static List<String> fields(Reply reply) {
    assertThat(reply.status()).isEqualTo(400);
    return reply.json().getJsonArray("errors").stream()
        .map(error -> ((JsonObject) error).getString("field"))
        .collect(Collectors.toList());
  }

  @Test
  void sendsSignedBatchesOfEvents() throws Exception {
    String id = send("good news").header("X-Message-Id");
    await().atMost(Duration.ofSeconds(60)).until(() -> events().size() == 2);

    for (WebhookCatcher.Caught webhook : catcher.caught()) {
      assertThat(isSigned(webhook, webhook.body())).isTrue();
      assertThat(isSigned(webhook, webhook.body() + " ")).isFalse();
      assertThat(webhook.body()).endsWith("]\r\n");
    }
    assertThat(events())
        .extracting(event -> event.getString("event"))
        .containsExactly("processed", "delivered");
    for (JsonObject event : events()) {
      assertThat(event.getString("email")).isEqualTo("alex@example.com");
      assertThat(event.getString("signalbox_attempt")).isEqualTo("a-1");
      assertThat(event.getString("sg_message_id")).startsWith(id + ".");
      assertThat(event.getString("sg_event_id")).isNotEmpty();
      assertThat(event.getLong("timestamp"))
          .isCloseTo(Instant.now(Clock.systemUTC()).getEpochSecond(), Offset.offset(60L));
    }
  }

  @Test
  void batchesEventsOfManyMessages() throws Exception {
    simulator.set("sendgrid", new JsonObject().put("receipt_delay_ms", 400));
    for (int i = 0; i < 20; i++) {
      send("text " + i);
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> events().size() == 40);
    assertThat(catcher.caught().size()).isLessThan(40);
  }

  @Test
  void tellsOfBouncesAndComplaints() throws Exception {
    send("a.bounce@example.com", "x");
    await().atMost(Duration.ofSeconds(60)).until(() -> events().size() == 2);
    assertThat(events().get(1).getString("event")).isEqualTo("bounce");
    assertThat(events().get(1).getString("type")).isEqualTo("bounce");
    send("complain@example.com", "x");
    await().atMost(Duration.ofSeconds(60)).until(() -> events().size() == 5);
    assertThat(events().get(4).getString("event")).isEqualTo("spamreport");
  }

  private List<JsonObject> events() {
    return catcher.caught().stream()
        .flatMap(webhook -> new JsonArray(webhook.body()).stream())
        .map(JsonObject.class::cast)
        .collect(Collectors.toList());
  }

  private boolean isSigned(WebhookCatcher.Caught webhook, String body) throws Exception {
    byte[] spki = Base64.getDecoder().decode(account.getString("webhook_public_key"));
    PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(key);
    String timestamp = webhook.header("X-Twilio-Email-Event-Webhook-Timestamp");
    verifier.update((timestamp + body).getBytes(StandardCharsets.UTF_8));
    String signature = webhook.header("X-Twilio-Email-Event-Webhook-Signature");
    return verifier.verify(Base64.getDecoder().decode(signature));
  }
}
