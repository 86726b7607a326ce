package io.signalbox.simulator.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.simulator.BasePluginTest;
import io.signalbox.simulator.Reply;
import io.signalbox.simulator.Vectors;
import io.signalbox.simulator.WebhookCatcher;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WhatsAppApiTest extends BasePluginTest {
  private static final String VERSION = "/v23.0/";

  @Override
  protected String plugin() {
    return "whatsapp";
  }

  @Override
  protected String recipient() {
    return "16505551234";
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
        "POST", messages(), headers(), textMessage(recipient, text).encode(), timeout);
  }

  @Override
  protected boolean isAccepted(Reply reply) {
    return reply.status() == 200;
  }

  @Override
  protected void assertInternalError(Reply reply) {
    assertError(reply, 500, 131000);
  }

  @Override
  protected void assertThrottled(Reply reply, int retryAfterSeconds) {
    assertError(reply, 400, 130429);
    assertThat(minutes(reply)).isEqualTo(retryAfterSeconds / 60);
  }

  @Override
  protected void assertRecipientRefused(Reply reply) {
    assertError(reply, 400, 131026);
  }

  @Test
  void tellsTheWaitInMinutes() throws Exception {
    simulator.set(
        plugin(), new JsonObject().put("mode", "throttle").put("retry_after_seconds", 150));
    assertThat(minutes(send("lost"))).isEqualTo(2);
  }

  @Test
  void answersAsDocumented() throws Exception {
    JsonObject answer = send("+16505551234", "x", Duration.ofSeconds(30)).json();
    assertThat(answer.getString("messaging_product")).isEqualTo("whatsapp");
    JsonObject contact = answer.getJsonArray("contacts").getJsonObject(0);
    assertThat(contact.getString("input")).isEqualTo("+16505551234");
    assertThat(contact.getString("wa_id")).isEqualTo("16505551234");
    assertThat(answer.getJsonArray("messages").getJsonObject(0).getString("id"))
        .startsWith("wamid.");
  }

  @Test
  void refusesWrongCredentialsAndNumbers() throws Exception {
    String body = textMessage(recipient(), "x").encode();
    Map<String, String> wrong = Map.of("Authorization", "Bearer nope");
    assertError(simulator.call("POST", messages(), wrong, body), 401, 190);
    assertError(simulator.call("POST", messages(), Map.of(), body), 401, 190);
    String other = url + VERSION + "999/messages";
    assertError(simulator.call("POST", other, headers(), body), 400, 100);
    assertError(simulator.call("GET", messages(), headers(), ""), 400, 100);
  }

  @Test
  void showsItsNumber() throws Exception {
    String number = account.getString("phone_number_id");
    Reply reply = simulator.call("GET", url + VERSION + number + "?fields=id", headers(), "");
    assertThat(reply.json().getString("id")).isEqualTo(number);
  }

  @Test
  void refusesBadBodies() throws Exception {
    assertError(simulator.call("POST", messages(), headers(), "{"), 400, 100);
    assertError(post(textMessage(recipient(), "x").put("messaging_product", "x")), 400, 100);
    assertError(post(textMessage("", "x")), 400, 131008);
    assertError(post(textMessage(recipient(), "")), 400, 131008);
    assertError(post(textMessage(recipient(), "x".repeat(4097))), 400, 100);
    assertError(post(textMessage(recipient(), "x").put("type", "video")), 400, 131051);
    assertError(post(textMessage("nobody", "x")), 400, 131026);
    assertError(post(textMessage("16500000001", "x")), 400, 131026);
    assertError(
        post(textMessage(recipient(), "x").put("biz_opaque_callback_data", "x".repeat(513))),
        400,
        100);
  }

  @Test
  void refusesBadTemplates() throws Exception {
    assertError(post(template(recipient(), "", "en", "x")), 400, 131008);
    assertError(post(template(recipient(), "order", "", "x")), 400, 131008);
    assertError(post(template(recipient(), "order", "en", "")), 400, 131008);
    assertError(post(template(recipient(), "order", "en", "a\nb")), 400, 100);
    assertError(post(template(recipient(), "order", "en", "a     b")), 400, 100);
    assertThat(post(template(recipient(), "order", "en", "a    b")).status()).isEqualTo(200);
  }

  @Test
  void takesOnlyTemplatesOutsideTheWindow() throws Exception {
    assertError(send("16500000003", "x"), 400, 131047);
    JsonObject answer = post(template("16500000003", "order", "en", "A-100")).json();
    assertThat(answer.getJsonArray("messages").getJsonObject(0).getString("message_status"))
        .isEqualTo("accepted");
    assertThat(simulator.received(plugin()).get(0).getString("text")).contains("order", "A-100");
  }

  @Test
  void sendsSignedBatchesOfStatuses() throws Exception {
    String id = send("x").json().getJsonArray("messages").getJsonObject(0).getString("id");
    send("16500000002", "x");
    await().atMost(Duration.ofSeconds(60)).until(() -> statuses().size() >= 3);

    for (WebhookCatcher.Caught webhook : catcher.caught()) {
      assertThat(webhook.header("X-Hub-Signature-256"))
          .isEqualTo("sha256=" + signature(account.getString("app_secret"), webhook.body()));
    }
    assertThat(statuses())
        .filteredOn(status -> status.getString("id").equals(id))
        .extracting(status -> status.getString("status"))
        .containsExactlyInAnyOrder("sent", "delivered");
    assertThat(statuses())
        .allMatch(status -> status.getString("biz_opaque_callback_data").equals(reference()));
    JsonObject failed =
        statuses().stream()
            .filter(status -> status.getString("status").equals("failed"))
            .findFirst()
            .orElseThrow();
    assertThat(failed.getString("recipient_id")).isEqualTo("16500000002");
    assertThat(failed.getJsonArray("errors").getJsonObject(0).getInteger("code")).isEqualTo(131026);
  }

  @Test
  void signsAsDocumented() throws Exception {
    List<JsonObject> vectors =
        Vectors.of(plugin())
            .filter(vector -> vector.getString("name").equals("status delivered"))
            .toList();
    assertThat(vectors).hasSize(1);
    JsonObject request = vectors.get(0).getJsonObject("request");
    String secret = vectors.get(0).getJsonObject("key").getString("app_secret");
    assertThat("sha256=" + signature(secret, request.getString("body")))
        .isEqualTo(request.getJsonObject("headers").getString("X-Hub-Signature-256"));
  }

  private List<JsonObject> statuses() {
    List<JsonObject> statuses = new ArrayList<>();
    for (WebhookCatcher.Caught webhook : catcher.caught()) {
      for (JsonObject entry : objects(new JsonObject(webhook.body()).getJsonArray("entry"))) {
        for (JsonObject change : objects(entry.getJsonArray("changes"))) {
          JsonObject value = change.getJsonObject("value");
          assertThat(value.getJsonObject("metadata").getString("phone_number_id"))
              .isEqualTo(account.getString("phone_number_id"));
          statuses.addAll(objects(value.getJsonArray("statuses")));
        }
      }
    }
    return statuses;
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  private String messages() {
    return url + VERSION + account.getString("phone_number_id") + "/messages";
  }

  private Map<String, String> headers() {
    return Map.of(
        "Content-Type",
        "application/json",
        "Authorization",
        "Bearer " + account.getString("access_token"));
  }

  private Reply post(JsonObject body) throws Exception {
    return simulator.call("POST", messages(), headers(), body.encode());
  }

  private JsonObject textMessage(String recipient, String text) {
    return message(recipient, "text").put("text", new JsonObject().put("body", text));
  }

  private JsonObject template(String recipient, String name, String language, String parameter) {
    JsonObject text = new JsonObject().put("type", "text").put("text", parameter);
    JsonObject body =
        new JsonObject().put("type", "body").put("parameters", new JsonArray().add(text));
    return message(recipient, "template")
        .put(
            "template",
            new JsonObject()
                .put("name", name)
                .put("language", new JsonObject().put("code", language))
                .put("components", new JsonArray().add(body)));
  }

  private JsonObject message(String recipient, String type) {
    return new JsonObject()
        .put("messaging_product", "whatsapp")
        .put("recipient_type", "individual")
        .put("to", recipient)
        .put("type", type)
        .put("biz_opaque_callback_data", reference());
  }

  private static int minutes(Reply reply) {
    JsonObject report = new JsonObject(reply.header("X-Business-Use-Case-Usage"));
    return report
        .getJsonArray(report.fieldNames().iterator().next())
        .getJsonObject(0)
        .getInteger("estimated_time_to_regain_access");
  }

  private static void assertError(Reply reply, int status, int code) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().getJsonObject("error").getInteger("code")).isEqualTo(code);
  }

  private static String signature(String secret, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }
}
