package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.deploy.ApiClient.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks at a running gateway: those of the simulator, and some that it would never send. */
@Timeout(240)
class WebhookIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir static Path data;
  private static SimulatorProcess simulator;
  private static GatewayProcess gateway;
  private static ApiClient api;
  private static ApiClient nobody;
  private static String secret;

  @BeforeAll
  static void start() {
    simulator = SimulatorProcess.start();
    secret = simulator.describe("resend").getJsonObject("account").getString("webhook_secret");
    gateway = GatewayProcess.start(GatewaySettings.in(data).against(simulator));
    api = gateway.admin();
    nobody = new ApiClient(gateway.url(), "");
  }

  @AfterAll
  static void stop() {
    try (SimulatorProcess endsSecond = simulator;
        GatewayProcess endsFirst = gateway) {
      assertThat(endsSecond).isNotNull();
      assertThat(endsFirst).isNotNull();
    }
  }

  @BeforeEach
  void reset() {
    simulator.reset();
    await("the webhooks of the test before are all taken")
        .atMost(LIMIT)
        .until(
            () ->
                SimulatorProcess.PLUGINS.stream()
                    .allMatch(plugin -> simulator.webhooks(plugin).getInteger("pending") == 0));
  }

  @Test
  void forgedWebhooksChangeNothing() {
    Timeline sent = sentInSilence(1);
    String body = event(sent, "email.delivered");
    Map<String, String> headers = signed("msg_forged1", CLOCK.instant(), body);

    Map<String, String> wrongSignature = new HashMap<>(headers);
    wrongSignature.put("svix-signature", "v1," + Base64.getEncoder().encodeToString(new byte[32]));
    Map<String, String> unsigned = new HashMap<>(headers);
    unsigned.remove("svix-signature");

    assertThat(webhook(body, wrongSignature).status()).isIn(401, 403);
    assertThat(webhook(body, unsigned).status()).isIn(401, 403);
    assertThat(webhook(body.replace("delivered", "bounced"), headers).status()).isIn(401, 403);
    assertThat(nobody.post("/webhooks/sendgrid", new JsonObject()).status()).isIn(401, 403);
    assertThat(nobody.post("/webhooks/twilio", new JsonObject()).status()).isIn(401, 403);
    assertThat(nobody.post("/webhooks/vonage", new JsonObject()).status()).isIn(401, 403);
    assertThat(nobody.post("/webhooks/telegram", new JsonObject()).status()).isIn(401, 403);
    assertThat(nobody.post("/webhooks/nobody", new JsonObject()).status()).isEqualTo(404);
    assertUnchanged(sent);
  }

  @Test
  void staleWebhooksChangeNothing() {
    Timeline sent = sentInSilence(2);
    String body = event(sent, "email.delivered");
    Instant now = CLOCK.instant();

    assertThat(webhook(body, signed("msg_old", now.minusSeconds(3_600), body)).status())
        .isIn(401, 403);
    assertThat(webhook(body, signed("msg_early", now.plusSeconds(3_600), body)).status())
        .isIn(401, 403);
    assertUnchanged(sent);
  }

  @Test
  void aRepeatedWebhookChangesNothing() {
    Timeline sent = sentInSilence(3);
    String body = event(sent, "email.delivered");
    Map<String, String> headers = signed("msg_repeated", CLOCK.instant(), body);
    assertProcessed(() -> webhook(body, headers));
    Timeline delivered = settled(sent.id());
    assertThat(delivered.state()).isEqualTo("delivered");
    assertThat(delivered.receipts()).hasSize(1);

    assertProcessed(() -> webhook(body, headers));

    assertUnchanged(delivered);
  }

  @Test
  void lateNewsMovesNoStateBack() {
    Timeline sent = sentInSilence(4);
    for (String type : List.of("email.delivered", "email.sent", "email.delivery_delayed")) {
      String body = event(sent, type);
      assertProcessed(() -> webhook(body, signed("msg_late_" + type, CLOCK.instant(), body)));
    }

    Timeline after =
        Settling.awaitAll(api, List.of(sent.id()), LIMIT, seen -> seen.receipts().size() >= 3)
            .get(0);
    assertThat(after.state()).isEqualTo("delivered");
    assertThat(after.receipts())
        .extracting(receipt -> receipt.getString("status"))
        .containsExactlyInAnyOrder("delivered", "sent", "deferred");
  }

  /** The first provider's bounce closes the address; the second one must be tried all the same. */
  @Test
  void bouncesEndAsFailedWithTheirReceipt() {
    for (String provider : List.of("sendgrid", "resend")) {
      String id =
          api.send(
              Messages.email(5)
                  .put("provider", provider)
                  .put("ignore_suppression", true)
                  .put("recipient_email", "bounce.five@example.com"));
      Timeline ended = settled(id);

      assertThat(ended.state()).as("%s", ended).isEqualTo("failed");
      assertThat(ended.receipts())
          .as("%s", ended)
          .anyMatch(receipt -> "bounced".equals(receipt.getString("status")));
    }
  }

  @Test
  void undeliverableTextsEndAsFailedWithTheirReceipt() {
    for (String provider : List.of("twilio", "vonage")) {
      String id =
          api.send(
              Messages.sms(6)
                  .put("provider", provider)
                  .put("ignore_suppression", true)
                  .put("recipient_phone", "+4915112340002"));
      Timeline ended = settled(id);

      assertThat(ended.state()).as("%s", ended).isEqualTo("failed");
      assertThat(ended.receipts()).as("%s", ended).isNotEmpty();
    }
  }

  /** A webhook takes effect after its answer. */
  private static void assertProcessed(Supplier<Answer> webhook) {
    String processed = "signalbox_webhook_bodies_processed_total{provider=\"resend\"}";
    long before = api.metric(processed);
    assertThat(webhook.get().status()).isEqualTo(200);
    await("processed").atMost(LIMIT).until(() -> api.metric(processed) > before);
  }

  private static Timeline settled(String id) {
    return Settling.awaitAll(api, List.of(id), LIMIT, Timeline::isOver).get(0);
  }

  /** A mail that a provider took, of which nothing is heard. */
  private static Timeline sentInSilence(int number) {
    simulator.mode("resend", "silent");
    String id = api.send(Messages.email(number).put("provider", "resend"));
    return Settling.awaitAll(api, List.of(id), LIMIT, t -> "sent".equals(t.state())).get(0);
  }

  private static void assertUnchanged(Timeline before) {
    assertThat(api.timeline(before.id()).json()).isEqualTo(before.json());
  }

  private static Answer webhook(String body, Map<String, String> headers) {
    return nobody.call("POST", "/webhooks/resend", body, headers);
  }

  private static String event(Timeline sent, String type) {
    return new JsonObject()
        .put("type", type)
        .put("created_at", CLOCK.instant().toString())
        .put(
            "data",
            new JsonObject()
                .put("email_id", sent.attempts().get(0).providerMessageId())
                .put("to", new JsonArray().add("user@example.com")))
        .encode();
  }

  /** Signs as Resend documents it: HMAC-SHA256 over id, time and body. */
  private static Map<String, String> signed(String id, Instant at, String body) {
    try {
      byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String signed = id + "." + at.getEpochSecond() + "." + body;
      byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return Map.of(
          "Content-Type",
          "application/json",
          "svix-id",
          id,
          "svix-timestamp",
          Long.toString(at.getEpochSecond()),
          "svix-signature",
          "v1," + Base64.getEncoder().encodeToString(signature));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
