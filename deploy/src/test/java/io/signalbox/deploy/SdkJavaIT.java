package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official SDKs for Java, unmodified, with another URL and another key; {@code sendgrid-java}
 * with a host name, since it takes no path. Resend's takes neither: see {@link TransparentIT}.
 */
@Timeout(300)
class SdkJavaIT {
  private static final String ACCOUNT = "AC00000000000000000000000000000000";

  /** Stands for a name that a gateway has for one dialect alone. */
  private static final String NAME = "localhost";

  @TempDir static Path data;
  private static SdkStand stand;
  private static SdkProcess java;

  @BeforeAll
  static void start() {
    java = SdkProcess.java();
    stand = new SdkStand(data, settings -> settings.with("compat.hosts", NAME + "=sendgrid"));
  }

  @AfterAll
  static void stop() {
    try (SdkStand last = stand;
        SdkProcess first = java) {
      assertThat(last).isNotNull();
      assertThat(first).isNotNull();
    }
  }

  private static JsonObject call(String what, JsonObject with) {
    return java.call(what, with).value();
  }

  private static JsonObject refused(String what, JsonObject with) {
    return java.call(what, with).error();
  }

  private static JsonObject at(String dialect) {
    return new JsonObject().put("url", stand.url(dialect)).put("key", stand.key());
  }

  private static JsonObject mail(String to) {
    return new JsonObject()
        .put("from", "shop@resend.dev")
        .put("to", to)
        .put("subject", "From Java")
        .put("text", "Hello from Java");
  }

  private static JsonArray list(String... addresses) {
    return new JsonArray(List.of((Object[]) addresses));
  }

  @Test
  void sendgridByAHostOfItsOwn() {
    stand.fail("");
    int port = URI.create(stand.gateway().url()).getPort();
    JsonObject mail =
        mail("one@sendgrid.example").put("host", NAME + ":" + port).put("key", stand.key());
    JsonObject sent = call("sendgrid.send", mail);
    assertThat(sent.getInteger("status")).isEqualTo(202);
    assertThat(sent.getString("id")).isNotBlank();
    assertThat(stand.arrived("ses", "one@sendgrid.example").text()).contains("Hello from Java");
    JsonObject two = mail.copy().put("to", list("two@sendgrid.example", "three@sendgrid.example"));
    assertThat(call("sendgrid.send", two).getInteger("status")).isEqualTo(202);
    stand.arrived("ses", "two@sendgrid.example");
    stand.arrived("ses", "three@sendgrid.example");

    JsonObject bad = call("sendgrid.send", mail.copy().put("to", "nobody"));
    assertThat(bad.getInteger("status")).isEqualTo(400);
    assertThat(bad.getString("body")).contains("personalizations.0.to");
    JsonObject stranger = call("sendgrid.send", mail.copy().put("key", "SG.none.none"));
    assertThat(stranger.getInteger("status")).isEqualTo(401);
  }

  @Test
  void mailgun() {
    stand.fail("");
    JsonObject mail =
        at("mailgun").put("domain", "mg.example.com").mergeIn(mail("one@mailgun.example"));
    JsonObject sent = call("mailgun.send", mail);
    assertThat(sent.getString("id")).matches("<[0-9a-f]{32}@mg\\.example\\.com>");
    assertThat(stand.arrived("ses", "one@mailgun.example").text()).contains("Hello from Java");
    call(
        "mailgun.send",
        mail.copy().put("to", list("two@mailgun.example", "three@mailgun.example")));
    stand.arrived("ses", "two@mailgun.example");
    stand.arrived("ses", "three@mailgun.example");

    JsonObject bad = refused("mailgun.send", mail.copy().put("to", "nobody"));
    assertThat(bad.getInteger("status")).isEqualTo(400);
    assertThat(bad.getString("details")).contains("to parameter is not a valid address");
    JsonObject stranger = refused("mailgun.send", mail.copy().put("key", "none"));
    assertThat(stranger.getInteger("status")).isEqualTo(401);
  }

  @Test
  void postmark() {
    stand.fail("");
    JsonObject sent = call("postmark.send", at("postmark").mergeIn(mail("one@postmark.example")));
    assertThat(sent.getInteger("code")).isZero();
    assertThat(sent.getString("id")).hasSize(36);
    assertThat(stand.arrived("ses", "one@postmark.example").text()).contains("Hello from Java");
    JsonArray mails =
        new JsonArray()
            .add(mail("").put("to", list("two@postmark.example", "three@postmark.example")))
            .add(mail("nobody"))
            .add(mail("four@postmark.example"));
    JsonObject batch = call("postmark.batch", at("postmark").put("messages", mails));
    assertThat(batch.getJsonArray("messages").stream().map(SdkJavaIT::code))
        .containsExactly(0, 300, 0);
    stand.arrived("ses", "two@postmark.example");
    stand.arrived("ses", "three@postmark.example");
    stand.arrived("ses", "four@postmark.example");

    JsonObject bad = refused("postmark.send", at("postmark").mergeIn(mail("nobody")));
    assertThat(bad.getString("name")).isEqualTo("InvalidMessageException");
    assertThat(code(bad)).isEqualTo(300);
    assertThat(bad.getString("message")).contains("'To'");
    JsonObject stranger = at("postmark").put("key", "none").mergeIn(mail("one@postmark.example"));
    assertThat(refused("postmark.send", stranger).getString("name"))
        .isEqualTo("InvalidAPIKeyException");
  }

  private static Integer code(Object told) {
    return ((JsonObject) told).getInteger("code");
  }

  @Test
  void twilioByAClientOfItsOwn() {
    stand.fail("twilio");
    JsonObject sent = call("twilio.send", twilio("+14155558001"));
    assertThat(sent.getString("sid")).matches("SM[0-9a-f]{32}");
    assertThat(sent.getString("status")).isEqualTo("queued");
    assertThat(stand.arrived("vonage", "14155558001").text()).isEqualTo("From Java's SDK");
    JsonObject told =
        call("twilio.get", at("twilio").put("account", ACCOUNT).put("id", sent.getString("sid")));
    assertThat(told.getString("sid")).isEqualTo(sent.getString("sid"));
    assertThat(told.getString("to")).isEqualTo("+14155558001");

    JsonObject bad = refused("twilio.send", twilio("nobody"));
    assertThat(bad.getInteger("status")).isEqualTo(400);
    assertThat(code(bad)).isEqualTo(21_211);
    JsonObject stranger =
        refused("twilio.send", twilio("+14155558001").put("key", "0123456789abcdef"));
    assertThat(stranger.getString("message")).isNotBlank();
    assertThat(stranger.getInteger("status")).isEqualTo(401);
  }

  private static JsonObject twilio(String to) {
    return at("twilio")
        .put("account", ACCOUNT)
        .put("to", to)
        .put("from", "+14155550000")
        .put("text", "From Java's SDK");
  }

  @Test
  void vonage() {
    stand.fail("vonage");
    JsonObject sent = call("vonage.sms", vonage("14155558002"));
    assertThat(sent.getBoolean("ok")).isTrue();
    assertThat(stand.arrived("twilio", "14155558002").text()).isEqualTo("From Java's SDK");
    JsonObject message = call("vonage.message", vonage("14155558003"));
    assertThat(message.getString("id")).hasSize(36);
    stand.arrived("twilio", "14155558003");

    assertThat(call("vonage.sms", vonage("nobody")).getString("status"))
        .isEqualTo("INVALID_PARAMS");
    JsonObject stranger = vonage("14155558002").put("key", "wrong");
    assertThat(call("vonage.sms", stranger).getString("status")).isEqualTo("INVALID_CREDENTIALS");
    assertThat(refused("vonage.message", stranger).getInteger("status")).isEqualTo(401);
  }

  private static JsonObject vonage(String to) {
    return at("vonage").put("to", to).put("from", "14155550000").put("text", "From Java's SDK");
  }
}
