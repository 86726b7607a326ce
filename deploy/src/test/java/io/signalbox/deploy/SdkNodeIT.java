package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.deploy.SdkProcess.Answer;
import io.signalbox.deploy.SimulatorProcess.Received;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The official SDKs for Node, unmodified, with another URL and another key, and nothing else. */
@Timeout(300)
class SdkNodeIT {
  private static final String ACCOUNT = "AC00000000000000000000000000000000";

  @TempDir static Path data;
  private static SdkStand stand;
  private static SdkProcess node;

  @BeforeAll
  static void start() {
    node = SdkProcess.node(Map.of());
    stand = new SdkStand(data, settings -> settings);
  }

  @AfterAll
  static void stop() {
    try (SdkStand last = stand;
        SdkProcess first = node) {
      assertThat(last).isNotNull();
      assertThat(first).isNotNull();
    }
  }

  private static JsonObject at(String dialect, String key) {
    return new JsonObject().put("url", stand.url(dialect)).put("key", key);
  }

  private static JsonObject at(String dialect) {
    return at(dialect, stand.key());
  }

  @Test
  void resend() {
    JsonObject message =
        new JsonObject()
            .put("from", "Acme <onboarding@resend.dev>")
            .put("to", "one@resend.example")
            .put("replyTo", "Help, please <help@resend.dev>")
            .put("subject", "From the SDK of Resend")
            .put("html", "<p>Hello</p>");
    stand.fail("");
    JsonObject sent = call("resend.send", at("resend").put("message", message));
    assertThat(sent.getJsonObject("error")).isNull();
    String id = sent.getJsonObject("data").getString("id");
    Received arrived = stand.arrived("ses", "one@resend.example");
    assertThat(arrived.text()).contains("Hello");
    assertThat(arrived.replyTo()).containsExactly("\"Help, please\" <help@resend.dev>");
    JsonObject told = call("resend.get", at("resend").put("id", id)).getJsonObject("data");
    assertThat(told.getString("id")).isEqualTo(id);
    assertThat(told.getString("subject")).isEqualTo("From the SDK of Resend");

    JsonObject options = new JsonObject().put("idempotencyKey", "order-7");
    JsonObject again = at("resend").put("message", message).put("options", options);
    assertThat(call("resend.send", again)).isEqualTo(call("resend.send", again));

    JsonArray two =
        new JsonArray()
            .add(message.copy().put("to", "two@resend.example"))
            .add(message.copy().put("to", "three@resend.example"));
    JsonObject batch = call("resend.batch", at("resend").put("messages", two));
    assertThat(batch.getJsonObject("data").getJsonArray("data")).hasSize(2);
    stand.arrived("ses", "two@resend.example");
    stand.arrived("ses", "three@resend.example");

    JsonObject bad = at("resend").put("message", message.copy().put("to", "nobody"));
    JsonObject refused = call("resend.send", bad).getJsonObject("error");
    assertThat(refused.getString("message")).contains("`to`");
    assertThat(refused.getInteger("statusCode")).isEqualTo(422);
    JsonObject stranger = call("resend.send", at("resend", "re_none").put("message", message));
    assertThat(stranger.getJsonObject("error").getInteger("statusCode")).isIn(401, 403);
    assertThat(stranger.getJsonObject("error").getString("name")).contains("api_key");
  }

  @Test
  void sendgrid() {
    stand.fail("");
    JsonObject message =
        new JsonObject()
            .put("from", new JsonObject().put("email", "shop@resend.dev"))
            .put("to", "one@sendgrid.example")
            .put("subject", "From the SDK of SendGrid")
            .put("text", "Hello")
            .put("html", "<p>Hello</p>");
    JsonObject sent = call("sendgrid.send", at("sendgrid").put("message", message));
    assertThat(sent.getInteger("status")).isEqualTo(202);
    assertThat(sent.getString("id")).isNotBlank();
    assertThat(stand.arrived("ses", "one@sendgrid.example").text()).contains("Hello");

    JsonArray several = new JsonArray().add("two@sendgrid.example").add("three@sendgrid.example");
    JsonObject apart = message.copy().put("to", several).put("isMultiple", true);
    call("sendgrid.send", at("sendgrid").put("message", apart));
    stand.arrived("ses", "two@sendgrid.example");
    stand.arrived("ses", "three@sendgrid.example");
    JsonArray mails =
        new JsonArray()
            .add(message.copy().put("to", "four@sendgrid.example"))
            .add(message.copy().put("to", "five@sendgrid.example"));
    JsonArray each =
        answer("sendgrid.batch", at("sendgrid").put("messages", mails)).getJsonArray("value");
    assertThat(each).hasSize(2).doesNotHaveDuplicates();
    stand.arrived("ses", "four@sendgrid.example");
    stand.arrived("ses", "five@sendgrid.example");

    JsonObject bad = at("sendgrid").put("message", message.copy().put("to", "nobody"));
    JsonObject refused = refused("sendgrid.send", bad);
    assertThat(refused.getInteger("code")).isEqualTo(400);
    JsonObject first = refused.getJsonObject("body").getJsonArray("errors").getJsonObject(0);
    assertThat(first.getString("field")).startsWith("personalizations.0.to");
    JsonObject stranger =
        refused("sendgrid.send", at("sendgrid", "SG.none.none").put("message", message));
    assertThat(stranger.getInteger("code")).isEqualTo(401);
    assertThat(stranger.getJsonObject("body").getJsonArray("errors")).hasSize(1);
  }

  @Test
  void mailgun() {
    stand.fail("");
    JsonObject message =
        new JsonObject()
            .put("from", "Shop <shop@resend.dev>")
            .put("to", "one@mailgun.example")
            .put("subject", "From the SDK of Mailgun")
            .put("text", "Hello %recipient.name%");
    JsonObject sent = call("mailgun.send", mailgun(message));
    assertThat(sent.getInteger("status")).isEqualTo(200);
    assertThat(sent.getString("id")).matches("<[0-9a-f]{32}@mg\\.example\\.com>");
    stand.arrived("ses", "one@mailgun.example");

    JsonObject names =
        new JsonObject()
            .put("two@mailgun.example", new JsonObject().put("name", "Two"))
            .put("three@mailgun.example", new JsonObject().put("name", "Three"));
    JsonObject several =
        message
            .copy()
            .put("to", new JsonArray().add("two@mailgun.example").add("three@mailgun.example"))
            .put("recipient-variables", names.encode());
    call("mailgun.send", mailgun(several));
    assertThat(stand.arrived("ses", "two@mailgun.example").text()).contains("Hello Two");
    assertThat(stand.arrived("ses", "three@mailgun.example").text()).contains("Hello Three");

    JsonObject refused = refused("mailgun.send", mailgun(message.copy().put("to", "nobody")));
    assertThat(refused.getInteger("status")).isEqualTo(400);
    assertThat(refused.getString("details")).contains("to parameter is not a valid address");
    JsonObject stranger = refused("mailgun.send", mailgun(message).put("key", "none"));
    assertThat(stranger.getInteger("status")).isEqualTo(401);
  }

  private static JsonObject mailgun(JsonObject message) {
    return at("mailgun").put("domain", "mg.example.com").put("message", message);
  }

  @Test
  void postmark() {
    stand.fail("");
    JsonObject message =
        new JsonObject()
            .put("From", "shop@resend.dev")
            .put("To", "one@postmark.example")
            .put("Subject", "From the SDK of Postmark")
            .put("TextBody", "Hello");
    JsonObject sent = call("postmark.send", at("postmark").put("message", message));
    assertThat(sent.getInteger("ErrorCode")).isZero();
    assertThat(sent.getString("To")).isEqualTo("one@postmark.example");
    assertThat(sent.getString("MessageID")).hasSize(36);
    stand.arrived("ses", "one@postmark.example");

    JsonArray mails =
        new JsonArray()
            .add(message.copy().put("To", "two@postmark.example, three@postmark.example"))
            .add(message.copy().put("To", "nobody"))
            .add(message.copy().put("To", "four@postmark.example"));
    JsonArray each =
        answer("postmark.batch", at("postmark").put("messages", mails)).getJsonArray("value");
    assertThat(each.stream().map(one -> ((JsonObject) one).getInteger("ErrorCode")))
        .containsExactly(0, 300, 0);
    stand.arrived("ses", "two@postmark.example");
    stand.arrived("ses", "three@postmark.example");
    stand.arrived("ses", "four@postmark.example");

    JsonObject bad = at("postmark").put("message", message.copy().put("To", "nobody"));
    JsonObject refused = refused("postmark.send", bad);
    assertThat(refused.getString("name")).isEqualTo("InvalidEmailRequestError");
    assertThat(refused.getInteger("status")).isEqualTo(422);
    assertThat(refused.getInteger("code")).isEqualTo(300);
    assertThat(refused.getString("message")).contains("'To'");
    JsonObject stranger = refused("postmark.send", at("postmark", "none").put("message", message));
    assertThat(stranger.getString("name")).isEqualTo("InvalidAPIKeyError");
    assertThat(stranger.getInteger("code")).isEqualTo(10);
  }

  @Test
  void twilio() {
    stand.fail("twilio");
    JsonObject sent = call("twilio.send", twilio("+14155552345"));
    assertThat(sent.getString("sid")).matches("SM[0-9a-f]{32}");
    assertThat(sent.getString("status")).isEqualTo("queued");
    assertThat(stand.arrived("vonage", "14155552345").text()).isEqualTo("From Twilio's SDK");
    JsonObject told =
        call("twilio.get", at("twilio").put("account", ACCOUNT).put("id", sent.getString("sid")));
    assertThat(told.getString("sid")).isEqualTo(sent.getString("sid"));
    assertThat(told.getString("to")).isEqualTo("+14155552345");

    JsonObject refused = refused("twilio.send", twilio("nobody"));
    assertThat(refused.getInteger("status")).isEqualTo(400);
    assertThat(refused.getInteger("code")).isEqualTo(21_211);
    JsonObject stranger =
        refused("twilio.send", twilio("+14155552345").put("key", "0123456789abcdef"));
    assertThat(stranger.getInteger("status")).isEqualTo(401);
    assertThat(stranger.getInteger("code")).isEqualTo(20_003);
  }

  private static JsonObject twilio(String to) {
    JsonObject message =
        new JsonObject().put("to", to).put("from", "+14155550000").put("body", "From Twilio's SDK");
    return at("twilio").put("account", ACCOUNT).put("message", message);
  }

  @Test
  void vonage() {
    stand.fail("vonage");
    JsonObject sent = call("vonage.sms", vonage("14155553456"));
    assertThat(sent.getJsonArray("messages").getJsonObject(0).getString("status")).isEqualTo("0");
    assertThat(stand.arrived("twilio", "14155553456").text()).isEqualTo("From Vonage's SDK");
    JsonObject message =
        new JsonObject()
            .put("message_type", "text")
            .put("channel", "sms")
            .put("to", "14155554567")
            .put("from", "14155550000")
            .put("text", "From Vonage's SDK");
    JsonObject other = call("vonage.message", at("vonage").put("message", message));
    assertThat(other.encode()).containsPattern("[0-9a-f]{8}-[0-9a-f]{4}-");
    stand.arrived("twilio", "14155554567");

    assertThat(refused("vonage.sms", vonage("nobody")).encode())
        .contains("SMS messages failed to send");
    assertThat(refused("vonage.sms", vonage("14155553456").put("key", "wrong")).encode())
        .contains("SMS messages failed to send");
  }

  private static JsonObject vonage(String to) {
    JsonObject message =
        new JsonObject().put("to", to).put("from", "14155550000").put("text", "From Vonage's SDK");
    return at("vonage").put("message", message);
  }

  @Test
  void telegram() {
    stand.fail("");
    JsonObject message = new JsonObject().put("chat", 7_001).put("text", "From grammY");
    JsonObject sent = call("telegram.send", at("telegram", "123:" + stand.key()).mergeIn(message));
    assertThat(sent.getLong("message_id")).isPositive();
    assertThat(sent.getString("text")).isEqualTo("From grammY");
    assertThat(stand.arrived("telegram", "7001").text()).isEqualTo("From grammY");
    JsonObject stranger = refused("telegram.send", at("telegram", "123:none").mergeIn(message));
    assertThat(stranger.getInteger("code")).isEqualTo(401);
  }

  private static JsonObject call(String what, JsonObject with) {
    return node.call(what, with).value();
  }

  /** For calls that return a list. */
  private static JsonObject answer(String what, JsonObject with) {
    Answer answer = node.call(what, with);
    assertThat(answer.json().containsKey("error")).as("%s", answer).isFalse();
    return answer.json();
  }

  private static JsonObject refused(String what, JsonObject with) {
    return node.call(what, with).error();
  }
}
