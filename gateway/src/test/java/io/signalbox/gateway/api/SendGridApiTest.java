package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.compat.DialectIds;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SendGrid's API over sockets, with the requests that its SDKs make. */
class SendGridApiTest {
  private static final String SEND = "/compat/sendgrid/v3/mail/send";

  /** As @sendgrid/mail sends it. */
  private static final String MAIL =
      "{\"from\":{\"email\":\"from@example.com\"},\"subject\":\"Hi\",\"personalizations\":"
          + "[{\"to\":[{\"email\":\"to@example.com\"}]}],\"categories\":[\"c\"],\"content\":"
          + "[{\"value\":\"Hello\",\"type\":\"text/plain\"},"
          + "{\"value\":\"<b>Hello</b>\",\"type\":\"text/html\"}],\"custom_args\":{\"mid\":\"m1\"}}";

  @TempDir private static Path dir;
  private static DialectGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = new DialectGateway(dir, Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  @Test
  void aMailIsStoredWithWhatIsToldAgain() throws Exception {
    Reply sent = post(with("\"reply_to\":{\"email\":\"help@example.com\",\"name\":\"Help\"}"));
    assertThat(sent.status()).as(sent.text()).isEqualTo(202);
    assertThat(sent.text()).isEmpty();
    JsonObject timeline = gateway.timeline(id(sent));
    JsonObject stored = timeline.getJsonObject("notification");
    assertThat(stored.getString("recipient_email")).isEqualTo("to@example.com");
    assertThat(stored.getString("title")).isEqualTo("Hi");
    assertThat(stored.getString("from_email")).isEqualTo("from@example.com");
    assertThat(stored.getJsonArray("reply_to"))
        .isEqualTo(
            new JsonArray()
                .add(new JsonObject().put("email", "help@example.com").put("name", "Help")));
    assertThat(stored.getString("message")).isEqualTo("Hello");
    assertThat(stored.getString("html")).isEqualTo("<b>Hello</b>");
    JsonObject memo = timeline.getJsonObject("compat");
    assertThat(memo.getString("sender")).isEqualTo("from@example.com");
    assertThat(memo.getJsonObject("custom")).isEqualTo(new JsonObject().put("mid", "m1"));
    assertThat(memo.getJsonArray("labels")).isEqualTo(new JsonArray().add("c"));
  }

  @Test
  void eachRecipientOfEachPersonalizationGetsANotification() throws Exception {
    String several =
        MAIL.replace(
            "[{\"to\":[{\"email\":\"to@example.com\"}]}]",
            "[{\"to\":[{\"email\":\"a@several.test\",\"name\":\"A\"},{\"email\":\"b@several.test\"}],"
                + "\"substitutions\":{\"Hi\":\"Dear A\"}},"
                + "{\"to\":[{\"email\":\"c@several.test\"}],\"subject\":\"Own\","
                + "\"custom_args\":{\"mid\":\"m2\"},\"send_at\":4102444800}]");
    Reply far = post(several);
    assertError(far, 400, "personalizations.1.send_at", "must be less than 366 days ahead");
    assertThat(gateway.countTo("a@several.test")).isZero();
    Reply sent = post(several.replace(",\"send_at\":4102444800", ""));
    JsonObject first = gateway.timeline(id(sent));
    assertThat(first.getJsonObject("notification").getString("title")).isEqualTo("Dear A");
    assertThat(first.getJsonObject("compat").getString("recipient"))
        .isEqualTo("A <a@several.test>");
    assertThat(gateway.countTo("b@several.test")).isEqualTo(1);
    JsonObject third = gateway.timeline(gateway.idTo("c@several.test"));
    assertThat(third.getJsonObject("notification").getString("title")).isEqualTo("Own");
    assertThat(third.getJsonObject("compat").getString("message")).isEqualTo(id(sent));
    assertThat(third.getJsonObject("compat").getJsonObject("custom").getString("mid"))
        .isEqualTo("m2");
  }

  @Test
  void aTemplateOfTheGatewayGivesTheTexts() throws Exception {
    gateway.template(
        "d-0123",
        "{\"default_locale\":\"en\",\"locales\":{\"en\":{\"title\":\"Hello {{name}}\","
            + "\"message\":\"Dear {{name}}\"}}}");
    String mail =
        "{\"from\":{\"email\":\"a@b.test\"},\"template_id\":\"d-0123\",\"personalizations\":"
            + "[{\"to\":[{\"email\":\"t@b.test\"}],\"dynamic_template_data\":{\"name\":\"Alex\"}}]}";
    assertThat(gateway.stored(id(post(mail))).getString("title")).isEqualTo("Hello Alex");
    assertError(post(mail.replace("d-0123", "d-9")), 400, "template_id", "");
    assertError(
        post(mail.replace("\"name\"", "\"x\"")),
        400,
        "personalizations.0.dynamic_template_data",
        "has no value for name");
  }

  @Test
  void theSandboxChecksAndSendsNothing() throws Exception {
    String sandbox =
        with("\"mail_settings\":{\"sandbox_mode\":{\"enable\":true}}")
            .replace("to@example.com", "s@sandbox.test");
    Reply reply = post(sandbox);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEmpty();
    assertThat(gateway.countTo("s@sandbox.test")).isZero();
    assertError(
        post(sandbox.replace("s@sandbox.test", "bad")),
        400,
        "personalizations.0.to.0.email",
        "Does not contain a valid address.");
  }

  @Test
  void mistakesNameTheirFields() throws Exception {
    assertError(
        post(MAIL.replace("to@example.com", "bad")),
        400,
        "personalizations.0.to.0.email",
        "Does not contain a valid address.");
    assertError(post(with("\"attachments\":[{\"content\":\"eA==\"}]")), 400, "attachments", "");
    assertError(
        post(with("\"reply_to\":{\"email\":\"bad\"}")), 400, "reply_to.email", "valid address");
    assertError(
        post(with("\"tracking_settings\":{\"click_tracking\":{\"enable\":true}}")),
        400,
        "tracking_settings.click_tracking",
        "cannot be carried");
    assertError(post(with("\"colour\":1")), 400, "colour", "is not a field");
    assertError(
        post(MAIL.replace("{\"to\":", "{\"cc\":[{\"email\":\"x@y.test\"}],\"to\":")),
        400,
        "personalizations.0.cc",
        "cannot be carried");
    assertError(post(MAIL.replace("\"subject\":\"Hi\",", "")), 400, "subject", "is required");
    assertError(post(MAIL.replace("text/html", "text/x")), 400, "content.1.type", "");
    assertError(post("[]"), 400, null, "");
    // What asks for nothing is no mistake.
    String nothing =
        "\"tracking_settings\":{\"click_tracking\":{\"enable\":false,\"enable_text\":true}},"
            + "\"attachments\":[]";
    assertThat(post(with(nothing)).status()).isEqualTo(202);
  }

  @Test
  void muchIsNotMadeOfLittle() throws Exception {
    String much =
        MAIL.replace("<b>Hello</b>", "a".repeat(100_000))
            .replace(
                "{\"to\":", "{\"substitutions\":{\"a\":\"" + "b".repeat(9_000) + "\"},\"to\":");
    Reply reply = post(much);
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.json().getJsonArray("errors")).isNotEmpty();
  }

  @Test
  void wrongKeysAndPathsAreRefusedInSendGridsForm() throws Exception {
    Reply wrong = gateway.send("POST", SEND, MAIL, "authorization", "Bearer SG.test.key");
    assertError(
        wrong, 401, null, "The provided authorization grant is invalid, expired, or revoked");
    assertError(gateway.send("POST", SEND, MAIL), 401, null, "");
    String auth = "Bearer " + gateway.key();
    assertError(gateway.send("GET", SEND, "", "authorization", auth), 405, null, "");
    assertError(
        gateway.send("GET", "/compat/sendgrid/v3/x", "", "authorization", auth), 404, null, "");
  }

  private static String with(String member) {
    return "{" + member + "," + MAIL.substring(1);
  }

  private static String id(Reply sent) {
    assertThat(sent.status()).as(sent.text()).isEqualTo(202);
    assertThat(sent.header("x-message-id")).matches("[A-Za-z0-9_-]{22}");
    return DialectIds.ofBase64(sent.header("x-message-id")).orElseThrow().toString();
  }

  private static void assertError(Reply reply, int status, String field, String message) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.header("content-type")).isEqualTo("application/json");
    JsonObject error = reply.json().getJsonArray("errors").getJsonObject(0);
    assertThat(error.getString("field")).as(reply.text()).isEqualTo(field);
    assertThat(error.getString("message")).contains(message);
  }

  private static Reply post(String body) throws Exception {
    return gateway.send(
        "POST",
        SEND,
        body,
        "authorization",
        "Bearer " + gateway.key(),
        "content-type",
        "application/json");
  }
}
