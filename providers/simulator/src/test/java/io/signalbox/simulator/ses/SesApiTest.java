package io.signalbox.simulator.ses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.simulator.BasePluginTest;
import io.signalbox.simulator.Reply;
import io.signalbox.simulator.WebhookCatcher;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SesApiTest extends BasePluginTest {
  private static final String SEND = "/v2/email/outbound-emails";
  private static final Duration LONG = Duration.ofSeconds(30);

  private JsonObject confirmation;

  @Override
  protected String plugin() {
    return "ses";
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

  @BeforeEach
  void confirmSubscription() throws Exception {
    confirmation = new JsonObject(awaitWebhooks(1).get(0).body());
    assertThat(confirm(confirmation).status()).isEqualTo(200);
    catcher.caught().clear();
  }

  private static JsonObject body(String recipient, String text) {
    JsonObject simple =
        new JsonObject()
            .put("Subject", new JsonObject().put("Data", text))
            .put(
                "Body",
                new JsonObject()
                    .put("Text", new JsonObject().put("Data", "Hello").put("Charset", "UTF-8")));
    JsonObject tag = new JsonObject().put("Name", "signalbox_attempt").put("Value", "a-1");
    return new JsonObject()
        .put("FromEmailAddress", "Acme <sender@example.com>")
        .put("Destination", new JsonObject().put("ToAddresses", new JsonArray().add(recipient)))
        .put("Content", new JsonObject().put("Simple", simple))
        .put("ConfigurationSetName", "signalbox")
        .put("EmailTags", new JsonArray().add(tag));
  }

  @Override
  protected Reply send(String recipient, String text, Duration timeout) throws Exception {
    return post(body(recipient, text), timeout);
  }

  private Reply post(JsonObject body, Duration timeout) throws Exception {
    return post(signer(), body.encode(), body.encode(), timeout);
  }

  private Reply post(AwsSigner signer, String signed, String sent, Duration timeout)
      throws Exception {
    Map<String, String> headers = signer.headers("POST", url + SEND, signed);
    return simulator.call("POST", url + SEND, headers, sent, timeout);
  }

  private AwsSigner signer() {
    return new AwsSigner(
        account.getString("access_key_id"),
        account.getString("secret_access_key"),
        "us-east-1",
        "ses",
        Clock.systemUTC().instant());
  }

  @Override
  protected boolean isAccepted(Reply reply) {
    return reply.status() == 200 && reply.json().getString("MessageId").endsWith("-000000");
  }

  @Override
  protected void assertInternalError(Reply reply) {
    assertError(reply, 500, "InternalServiceErrorException");
  }

  @Override
  protected void assertThrottled(Reply reply, int retryAfterSeconds) {
    assertError(reply, 429, "TooManyRequestsException");
    assertThat(reply.json().getString("message")).isEqualTo("Maximum sending rate exceeded.");
  }

  @Override
  protected void assertRecipientRefused(Reply reply) {
    assertError(reply, 400, "BadRequestException");
  }

  private static void assertError(Reply reply, int status, String type) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.header("x-amzn-errortype")).startsWith(type + ":http");
    assertThat(reply.json().getString("message")).isNotEmpty();
  }

  @Test
  void refusesWhatIsNotSigned() throws Exception {
    String body = body(recipient(), "x").encode();
    assertError(
        simulator.call("POST", url + SEND, Map.of(), body),
        403,
        "MissingAuthenticationTokenException");
    assertError(
        simulator.call("POST", url + SEND, Map.of("Authorization", "Bearer x"), body),
        403,
        "IncompleteSignatureException");
  }

  @ParameterizedTest
  @CsvSource({
    "AKIAOTHER, , us-east-1, ses, 0, UnrecognizedClientException",
    ", other, us-east-1, ses, 0, InvalidSignatureException",
    ", , eu-west-1, ses, 0, InvalidSignatureException",
    ", , us-east-1, email, 0, InvalidSignatureException",
    ", , us-east-1, ses, -600, InvalidSignatureException",
    ", , us-east-1, ses, 600, InvalidSignatureException"
  })
  void refusesOtherSignatures(
      String key, String secret, String region, String service, int seconds, String type)
      throws Exception {
    AwsSigner good = signer();
    Instant at = good.at().plusSeconds(seconds);
    AwsSigner bad =
        new AwsSigner(
            key == null ? good.keyId() : key,
            secret == null ? good.secret() : secret,
            region,
            service,
            at);
    String body = body(recipient(), "x").encode();
    assertError(post(bad, body, body, LONG), 403, type);
    assertThat(simulator.received("ses")).isEmpty();
  }

  @Test
  void refusesAnotherBodyThanTheSignedOne() throws Exception {
    assertError(
        post(signer(), body(recipient(), "x").encode(), body(recipient(), "y").encode(), LONG),
        403,
        "InvalidSignatureException");
  }

  @Test
  void refusesBadBodies() throws Exception {
    JsonObject good = body(recipient(), "x");
    assertError(post(signer(), "[", "[", LONG), 400, "BadRequestException");
    for (String field : List.of("FromEmailAddress", "Destination", "Content")) {
      JsonObject bad = good.copy();
      bad.remove(field);
      assertError(post(bad, LONG), 400, "BadRequestException");
    }
    JsonArray tags = new JsonArray().add(new JsonObject().put("Name", "a b").put("Value", "x"));
    assertError(post(good.copy().put("EmailTags", tags), LONG), 400, "BadRequestException");
    assertError(
        post(good.copy().put("ConfigurationSetName", "other"), LONG), 404, "NotFoundException");
    assertError(send("reject@example.com", "x"), 400, "BadRequestException");
    assertError(send("grüße@example.com", "x"), 400, "BadRequestException");
    assertThat(simulator.received("ses")).isEmpty();
  }

  @Test
  void describesTheAccount() throws Exception {
    String account = url + "/v2/email/account";
    Reply reply = simulator.call("GET", account, signer().headers("GET", account, ""), "");
    assertThat(reply.json().getBoolean("SendingEnabled")).isTrue();
    assertError(
        simulator.call("GET", account, Map.of(), ""), 403, "MissingAuthenticationTokenException");
    assertError(
        simulator.call("GET", url + "/v2/x", Map.of(), ""), 404, "UnknownOperationException");
  }

  @Test
  void publishesSignedEvents() throws Exception {
    String id = send("good news").json().getString("MessageId");
    List<JsonObject> events = awaitEvents(2);
    assertThat(events)
        .extracting(event -> event.getString("eventType"))
        .containsExactly("Send", "Delivery");
    for (JsonObject event : events) {
      JsonObject mail = event.getJsonObject("mail");
      assertThat(mail.getString("messageId")).isEqualTo(id);
      assertThat(mail.getJsonObject("tags").getJsonArray("signalbox_attempt"))
          .isEqualTo(new JsonArray().add("a-1"));
    }
    for (WebhookCatcher.Caught webhook : catcher.caught()) {
      assertThat(webhook.header("x-amz-sns-message-type")).isEqualTo("Notification");
      assertThat(webhook.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
      assertSigned(
          new JsonObject(webhook.body()),
          List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"));
    }
  }

  @Test
  void tellsOfBouncesAndComplaints() throws Exception {
    send("bounce@example.com", "x");
    JsonObject bounce = awaitEvents(2).get(1).getJsonObject("bounce");
    assertThat(bounce.getString("bounceType")).isEqualTo("Permanent");
    assertThat(bounce.getJsonArray("bouncedRecipients").getJsonObject(0).getString("emailAddress"))
        .isEqualTo("bounce@example.com");
    send("complain@example.com", "x");
    assertThat(awaitEvents(5).get(4).getString("eventType")).isEqualTo("Complaint");
  }

  @Test
  void publishesNothingBeforeTheSubscriptionIsConfirmed() throws Exception {
    assertSigned(
        confirmation,
        List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"));
    String elsewhere = catcher.url() + "/elsewhere";
    simulator.set("ses", new JsonObject().put("webhook_url", elsewhere));
    JsonObject asked = new JsonObject(awaitWebhooks(1).get(0).body());
    send("early");
    await()
        .atMost(Duration.ofSeconds(60))
        .during(Duration.ofMillis(300))
        .until(() -> catcher.caught().size() == 1);

    assertThat(confirm(confirmation).status()).as("an old token").isEqualTo(400);
    assertThat(catcher.caught()).hasSize(1);
    assertThat(confirm(asked).status()).isEqualTo(200);
    assertThat(awaitWebhooks(3))
        .extracting(caught -> caught.header("x-amz-sns-message-type"))
        .containsExactly("SubscriptionConfirmation", "Notification", "Notification");
  }

  @Test
  void asksTheSameEndpointOnlyUntilItHasConfirmed() throws Exception {
    simulator.set("ses", new JsonObject().put("webhook_url", catcher.url()));
    send("marker");
    assertThat(awaitWebhooks(2))
        .extracting(caught -> caught.header("x-amz-sns-message-type"))
        .containsOnly("Notification");
  }

  @Test
  void snsRunsOnWhileSesIsDown() throws Exception {
    simulator.set("ses", new JsonObject().put("mode", "error"));
    assertThat(certificate(confirmation).getSubjectX500Principal().getName())
        .isEqualTo("CN=sns.amazonaws.com");
  }

  private Reply confirm(JsonObject message) throws Exception {
    URI asked = URI.create(message.getString("SubscribeURL"));
    assertThat(asked.getScheme() + "://" + asked.getHost())
        .isEqualTo("https://sns.us-east-1.amazonaws.com");
    return simulator.call(
        "GET", url + asked.getRawPath() + "?" + asked.getRawQuery(), Map.of(), "");
  }

  private X509Certificate certificate(JsonObject message) throws Exception {
    URI asked = URI.create(message.getString("SigningCertURL"));
    assertThat(asked.getHost()).isEqualTo("sns.us-east-1.amazonaws.com");
    Reply reply = simulator.call("GET", url + asked.getRawPath(), Map.of(), "");
    assertThat(reply.body()).isEqualTo(account.getString("sns_certificate"));
    byte[] pem = reply.body().getBytes(StandardCharsets.US_ASCII);
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem));
    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity();
    return certificate;
  }

  private void assertSigned(JsonObject message, List<String> fields) throws Exception {
    StringBuilder text = new StringBuilder();
    fields.forEach(field -> text.append(field + "\n" + message.getString(field) + "\n"));
    assertThat(message.getString("SignatureVersion")).isEqualTo("2");
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(certificate(message));
    verifier.update(text.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(verifier.verify(Base64.getDecoder().decode(message.getString("Signature"))))
        .isTrue();
  }

  private List<JsonObject> awaitEvents(int count) {
    return awaitWebhooks(count).stream()
        .map(caught -> new JsonObject(new JsonObject(caught.body()).getString("Message")))
        .toList();
  }
}
