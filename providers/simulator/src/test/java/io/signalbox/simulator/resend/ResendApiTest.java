package io.signalbox.simulator.resend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.simulator.BasePluginTest;
import io.signalbox.simulator.Reply;
import io.signalbox.simulator.WebhookCatcher;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ResendApiTest extends BasePluginTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Override
  protected String plugin() {
    return "resend";
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
        .put("from", "Acme <onboarding@resend.dev>")
        .put("to", new JsonArray().add(recipient))
        .put("subject", text)
        .put("text", "Hello")
        .put(
            "tags",
            new JsonArray()
                .add(new JsonObject().put("name", "signalbox_attempt").put("value", "a-1")));
  }

  @Override
  protected Reply send(String recipient, String text, Duration timeout) throws Exception {
    return post(body(recipient, text).encode(), Map.of(), timeout);
  }

  private Reply post(String body, Map<String, String> more, Duration timeout) throws Exception {
    Map<String, String> headers = new HashMap<>(more);
    headers.putIfAbsent("Authorization", "Bearer " + account.getString("api_key"));
    headers.put("Content-Type", "application/json");
    return simulator.call("POST", url + "/emails", headers, body, timeout);
  }

  @Override
  protected boolean isAccepted(Reply reply) {
    return reply.status() == 200 && reply.json().getString("id").length() == 36;
  }

  @Override
  protected void assertInternalError(Reply reply) {
    assertError(reply, 500, "internal_server_error");
  }

  @Override
  protected void assertThrottled(Reply reply, int retryAfterSeconds) {
    assertError(reply, 429, "rate_limit_exceeded");
    assertThat(reply.header("retry-after")).isEqualTo(Integer.toString(retryAfterSeconds));
    assertThat(reply.header("ratelimit-reset")).isEqualTo(Integer.toString(retryAfterSeconds));
  }

  @Override
  protected void assertRecipientRefused(Reply reply) {
    assertError(reply, 422, "invalid_parameter");
  }

  private static void assertError(Reply reply, int status, String name) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().getInteger("statusCode")).isEqualTo(status);
    assertThat(reply.json().getString("name")).isEqualTo(name);
    assertThat(reply.json().getString("message")).isNotEmpty();
  }

  @Test
  void refusesMissingAndWrongKeys() throws Exception {
    String body = body(recipient(), "x").encode();
    assertError(
        post(body, Map.of("Authorization", "Bearer re_wrong"), LONG), 403, "invalid_api_key");
    assertError(simulator.call("POST", url + "/emails", Map.of(), body), 401, "missing_api_key");
  }

  @Test
  void refusesBadBodies() throws Exception {
    assertError(post("[", Map.of(), LONG), 400, "validation_error");
    JsonObject good = body(recipient(), "x");
    Reply noTo = post(without(good, "to"), Map.of(), LONG);
    assertError(noTo, 422, "missing_required_field");
    assertThat(noTo.json().getString("message")).isEqualTo("Missing `to` field.");
    assertError(post(without(good, "from"), Map.of(), LONG), 422, "missing_required_field");
    assertError(post(without(good, "subject"), Map.of(), LONG), 422, "missing_required_field");
    assertError(post(without(good, "text"), Map.of(), LONG), 422, "missing_required_field");
    assertError(
        post(good.copy().put("from", "nobody").encode(), Map.of(), LONG),
        422,
        "invalid_from_address");
    JsonArray badTag = new JsonArray().add(new JsonObject().put("name", "a b").put("value", "x"));
    assertError(
        post(good.copy().put("tags", badTag).encode(), Map.of(), LONG), 422, "invalid_parameter");
    assertError(send("reject@example.com", "x"), 422, "invalid_parameter");
    assertThat(simulator.received("resend")).isEmpty();
  }

  private static String without(JsonObject body, String field) {
    JsonObject copy = body.copy();
    copy.remove(field);
    return copy.encode();
  }

  @Test
  void answersTheSameForTheSameIdempotencyKey() throws Exception {
    Map<String, String> key = Map.of("Idempotency-Key", "n-1");
    String body = body(recipient(), "once").encode();
    Reply first = post(body, key, LONG);
    assertThat(post(body, key, LONG).body()).isEqualTo(first.body());
    assertThat(simulator.received("resend")).hasSize(1);
    assertError(
        post(body(recipient(), "other").encode(), key, LONG), 409, "invalid_idempotent_request");
    assertError(
        post(body, Map.of("Idempotency-Key", "x".repeat(257)), LONG),
        400,
        "invalid_idempotency_key");
  }

  @Test
  void refusesTheSameKeyWhileTheFirstRequestRuns() throws Exception {
    simulator.set("resend", new JsonObject().put("mode", "slow").put("latency_ms", 30_000));
    Map<String, String> key = Map.of("Idempotency-Key", "n-2");
    String body = body(recipient(), "once").encode();
    try {
      post(body, key, Duration.ofSeconds(3));
    } catch (HttpTimeoutException expected) {
      simulator.set("resend", new JsonObject().put("mode", "ok"));
    }
    assertError(post(body, key, LONG), 409, "concurrent_idempotent_requests");
  }

  @Test
  void sendsSignedEventsAndAnswersLookUps() throws Exception {
    String id = send("good news").json().getString("id");
    List<JsonObject> events = awaitEvents(2);
    assertThat(events)
        .extracting(event -> event.getString("type"))
        .containsExactly("email.sent", "email.delivered");
    for (JsonObject event : events) {
      JsonObject data = event.getJsonObject("data");
      assertThat(data.getString("email_id")).isEqualTo(id);
      assertThat(data.getJsonObject("tags").getString("signalbox_attempt")).isEqualTo("a-1");
      assertThat(data.getJsonArray("to")).isEqualTo(new JsonArray().add("alex@example.com"));
    }
    for (WebhookCatcher.Caught webhook : catcher.caught()) {
      assertThat(signatureOf(webhook)).isEqualTo(webhook.header("svix-signature"));
    }
    Map<String, String> auth = Map.of("Authorization", "Bearer " + account.getString("api_key"));
    Reply found = simulator.call("GET", url + "/emails/" + id, auth, "");
    assertThat(found.json().getString("last_event")).isEqualTo("delivered");
    assertError(simulator.call("GET", url + "/emails/x", auth, ""), 404, "not_found");
  }

  @Test
  void tellsOfBouncesAndComplaints() throws Exception {
    send("bounce@example.com", "x");
    JsonObject bounced = awaitEvents(2).get(1);
    assertThat(bounced.getString("type")).isEqualTo("email.bounced");
    assertThat(bounced.getJsonObject("data").getJsonObject("bounce").getString("type"))
        .isEqualTo("Permanent");
    send("complain@example.com", "x");
    assertThat(awaitEvents(5).get(4).getString("type")).isEqualTo("email.complained");
  }

  @Test
  void listsMailsWithTheNewestFirst() throws Exception {
    String first = send("one").json().getString("id");
    String second = send("two").json().getString("id");
    Map<String, String> auth = Map.of("Authorization", "Bearer " + account.getString("api_key"));

    JsonObject page = simulator.call("GET", url + "/emails?limit=1", auth, "").json();
    JsonObject rest = simulator.call("GET", url + "/emails?after=" + second, auth, "").json();

    assertThat(page.getBoolean("has_more")).isTrue();
    assertThat(page.getJsonArray("data").getJsonObject(0).getString("id")).isEqualTo(second);
    assertThat(page.getJsonArray("data").getJsonObject(0).containsKey("tags")).isFalse();
    assertThat(rest.getBoolean("has_more")).isFalse();
    assertThat(rest.getJsonArray("data").getJsonObject(0).getString("id")).isEqualTo(first);
    assertThat(rest.getJsonArray("data")).hasSize(1);
    assertThat(
            simulator
                .call("GET", url + "/emails?after=" + first, auth, "")
                .json()
                .getJsonArray("data"))
        .isEmpty();
    assertError(
        simulator.call("GET", url + "/emails?limit=101", auth, ""), 422, "validation_error");
    JsonObject mail = simulator.call("GET", url + "/emails/" + first, auth, "").json();
    assertThat(mail.getJsonArray("tags"))
        .containsExactly(new JsonObject().put("name", "signalbox_attempt").put("value", "a-1"));
  }

  @Test
  void looksUpWhatSilenceAndCutsHaveHidden() throws Exception {
    Map<String, String> auth = Map.of("Authorization", "Bearer " + account.getString("api_key"));
    simulator.set("resend", new JsonObject().put("mode", "silent"));
    String quiet = send("quiet").json().getString("id");
    awaitLastEvent(auth, quiet, "delivered");
    simulator.set("resend", new JsonObject().put("mode", "cut"));
    assertThatThrownBy(() -> send("cut")).isInstanceOf(IOException.class);
    simulator.set("resend", new JsonObject().put("mode", "ok"));

    JsonObject list = simulator.call("GET", url + "/emails", auth, "").json();

    assertThat(list.getJsonArray("data")).hasSize(2);
    assertThat(list.getJsonArray("data").getJsonObject(0).getString("subject")).isEqualTo("cut");
  }

  private void awaitLastEvent(Map<String, String> auth, String id, String event) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                simulator
                    .call("GET", url + "/emails/" + id, auth, "")
                    .json()
                    .getString("last_event")
                    .equals(event));
  }

  private List<JsonObject> awaitEvents(int count) {
    await().atMost(Duration.ofSeconds(60)).until(() -> catcher.caught().size() == count);
    return catcher.caught().stream()
        .map(webhook -> new JsonObject(webhook.body()))
        .collect(Collectors.toList());
  }

  private String signatureOf(WebhookCatcher.Caught webhook) throws Exception {
    String secret = account.getString("webhook_secret").substring("whsec_".length());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));
    String signed =
        String.join(
            ".", webhook.header("svix-id"), webhook.header("svix-timestamp"), webhook.body());
    byte[] hash = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(hash);
  }
}
