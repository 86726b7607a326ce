package io.signalbox.simulator.messageapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.simulator.BasePluginTest;
import io.signalbox.simulator.Reply;
import io.signalbox.simulator.WebhookCatcher;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class MessageApiTest extends BasePluginTest {
  @Override
  protected String plugin() {
    return "webhook";
  }

  @Override
  protected String recipient() {
    return "+15558675310";
  }

  @Override
  protected String reference() {
    return "m-0001";
  }

  @Override
  protected int webhooksPerMessage() {
    return 2;
  }

  @Override
  protected Reply send(String recipient, String text, Duration timeout) throws Exception {
    return simulator.call(
        "POST", url + "/messages", headers(), body(recipient, text).encode(), timeout);
  }

  @Override
  protected boolean isAccepted(Reply reply) {
    return reply.status() == 202;
  }

  @Override
  protected void assertInternalError(Reply reply) {
    assertError(reply, 500, "internal");
  }

  @Override
  protected void assertThrottled(Reply reply, int retryAfterSeconds) {
    assertError(reply, 429, "too_many_requests");
    assertThat(reply.header("Retry-After")).isEqualTo(Integer.toString(retryAfterSeconds));
  }

  @Override
  protected void assertRecipientRefused(Reply reply) {
    assertError(reply, 422, "unknown_recipient");
  }

  @Test
  void refusesStrangersAndOtherPaths() throws Exception {
    String body = body(recipient(), "x").encode();
    assertError(simulator.call("POST", url + "/messages", Map.of(), body), 401, "unauthorized");
    assertError(simulator.call("POST", url + "/messages/1", headers(), body), 404, "not_found");
    assertError(simulator.call("GET", url + "/messages", headers(), ""), 404, "not_found");
    assertThat(simulator.call("GET", url + "/account", headers(), "").status()).isEqualTo(200);
  }

  @Test
  void refusesBadBodies() throws Exception {
    assertError(simulator.call("POST", url + "/messages", headers(), "{"), 400, "invalid_json");
    assertError(post(body("", "x")), 422, "missing_field");
    assertError(post(body(recipient(), "")), 422, "missing_field");
    assertError(post(body("nobody", "x")), 422, "invalid_recipient");
    assertError(post(body("+15550000001", "x")), 422, "unknown_recipient");
    assertError(post(body("blocked@example.com", "x")), 422, "unknown_recipient");
    assertError(post(body(recipient(), "x".repeat(4097))), 422, "text_too_long");
    assertError(
        post(body(recipient(), "x").put("reference", "x".repeat(65))), 422, "invalid_reference");
    assertError(
        post(body(recipient(), "x").put("callback_url", "nowhere")), 422, "invalid_callback");
    assertThat(post(body("alex@example.com", "x")).status()).isEqualTo(202);
  }

  @Test
  void postsSignedEvents() throws Exception {
    String id = send("x").json().getString("id");
    send("+15550000002", "x");
    await().atMost(Duration.ofSeconds(60)).until(() -> catcher.caught().size() >= 4);

    for (WebhookCatcher.Caught webhook : catcher.caught()) {
      assertThat(webhook.header("X-Signature")).isEqualTo("sha256=" + signature(webhook.body()));
    }
    assertThat(events())
        .filteredOn(event -> event.getString("message_id").equals(id))
        .extracting(event -> event.getString("status"))
        .containsExactlyInAnyOrder("sent", "delivered");
    assertThat(events()).extracting(event -> event.getString("id")).doesNotHaveDuplicates();
    assertThat(events()).allMatch(event -> event.getString("reference").equals(reference()));
    assertThat(events())
        .filteredOn(event -> event.getString("status").equals("undelivered"))
        .extracting(event -> event.getString("reason"))
        .containsExactly("unknown_number");
  }

  @Test
  void postsToTheAddressOfTheMessage() throws Exception {
    post(body(recipient(), "x").put("callback_url", catcher.url() + "/own"));
    assertThat(awaitWebhooks(1).get(0).uri()).isEqualTo("/webhooks/p/own");
  }

  private List<JsonObject> events() {
    return catcher.caught().stream()
        .map(webhook -> new JsonObject(webhook.body()).getJsonArray("events").getJsonObject(0))
        .toList();
  }

  private Map<String, String> headers() {
    return Map.of(
        "Content-Type",
        "application/json",
        "Authorization",
        "Bearer " + account.getString("token"));
  }

  private Reply post(JsonObject body) throws Exception {
    return simulator.call("POST", url + "/messages", headers(), body.encode());
  }

  private JsonObject body(String recipient, String text) {
    return new JsonObject().put("to", recipient).put("text", text).put("reference", reference());
  }

  private static void assertError(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().getJsonObject("error").getString("code")).isEqualTo(code);
  }

  private String signature(String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = account.getString("signing_secret").getBytes(StandardCharsets.UTF_8);
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }
}
