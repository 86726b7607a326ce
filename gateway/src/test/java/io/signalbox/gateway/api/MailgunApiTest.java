package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.compat.DialectIds;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mailgun's API over sockets, with the requests that its SDKs make. */
class MailgunApiTest {
  private static final String SEND = "/compat/mailgun/v3/mg.example.com/messages";
  private static final String[] MAIL = {
    "from", "A <a@mg.example.com>", "to", "b@example.com", "subject", "Hi", "text", "Hello"
  };

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
  void aFormOfPartsIsStoredWithWhatIsToldAgain() throws Exception {
    Reply sent = parts("", with("html", "<b>H</b>", "v:mid", "m1", "o:tag", "t1", "o:tag", "t2"));
    JsonObject timeline = gateway.timeline(id(sent));
    JsonObject stored = timeline.getJsonObject("notification");
    assertThat(stored.getString("recipient_email")).isEqualTo("b@example.com");
    assertThat(stored.getString("html")).isEqualTo("<b>H</b>");
    JsonObject memo = timeline.getJsonObject("compat");
    assertThat(memo.getString("account")).isEqualTo("mg.example.com");
    assertThat(memo.getString("sender")).isEqualTo("A <a@mg.example.com>");
    assertThat(memo.getJsonObject("custom").getString("mid")).isEqualTo("m1");
    assertThat(memo.getJsonArray("labels")).isEqualTo(new JsonArray().add("t1").add("t2"));
  }

  @Test
  void partsWithATypeAndUrlEncodedFormsAreTheSame() throws Exception {
    Reply java = parts("Content-Type: text/plain; charset=UTF-8\r\n", MAIL);
    assertThat(gateway.stored(id(java)).getString("message")).isEqualTo("Hello");
    Reply form = form(MAIL);
    assertThat(gateway.stored(id(form)).getString("message")).isEqualTo("Hello");
  }

  @Test
  void recipientsHaveTheirOwnVariables() throws Exception {
    Reply sent =
        form(
            "from",
            "a@mg.example.com",
            "to",
            "A <a@vars.test>, b@vars.test",
            "to",
            "c@vars.test",
            "subject",
            "Hi %recipient.first%",
            "text",
            "Your id is %recipient.id% at %recipient%",
            "v:id",
            "%recipient.id%",
            "recipient-variables",
            "{\"a@vars.test\":{\"first\":\"Ann\",\"id\":1},\"b@vars.test\":{\"first\":\"Bob\","
                + "\"id\":2}}");
    assertThat(gateway.stored(id(sent)).getString("message"))
        .isEqualTo("Your id is 1 at a@vars.test");
    JsonObject second = gateway.timeline(gateway.idTo("b@vars.test"));
    assertThat(second.getJsonObject("notification").getString("title")).isEqualTo("Hi Bob");
    assertThat(second.getJsonObject("compat").getJsonObject("custom").getString("id"))
        .isEqualTo("2");
    assertThat(second.getJsonObject("compat").getString("message")).isEqualTo(id(sent));
    assertThat(gateway.countTo("c@vars.test")).isEqualTo(1);
  }

  @Test
  void templatesTimesAndTests() throws Exception {
    gateway.template(
        "greeting",
        "{\"default_locale\":\"en\",\"locales\":{\"en\":{\"title\":\"Hello {{name}}\","
            + "\"message\":\"Dear {{name}}\"}}}");
    String[] templated = {
      "from",
      "a@b.test",
      "to",
      "t@b.test",
      "template",
      "greeting",
      "t:variables",
      "{\"name\":\"Alex\"}"
    };
    assertThat(gateway.stored(id(form(templated))).getString("title")).isEqualTo("Hello Alex");
    templated[5] = "none";
    assertError(form(templated), 400, "template parameter");
    assertError(
        form(with("o:deliverytime", "tomorrow")), 400, "o:deliverytime parameter must be a date");
    Reply past = form(with("o:deliverytime", "Fri, 25 Oct 2024 23:10:10 +0000"));
    assertThat(gateway.stored(id(past)).getString("send_at")).isEqualTo("2024-10-25T23:10:10Z");
    Reply test =
        form(
            "from",
            "a@b.test",
            "to",
            "x@test.test",
            "subject",
            "s",
            "text",
            "t",
            "o:testmode",
            "yes");
    assertThat(test.json().getString("message")).isEqualTo("Queued. Thank you.");
    assertThat(gateway.countTo("x@test.test")).isZero();
  }

  @Test
  void aLargeMailToManyIsTakenOrToldToBeTooLarge(@TempDir Path small) throws Exception {
    String html = "<p>" + "x".repeat(190_000) + "</p>";
    // What becomes of it is more than bodies of other calls may have together.
    assertThat(form(large("many.test", 180, html)).status()).isEqualTo(200);
    assertThat(gateway.countTo("m179@many.test")).isEqualTo(1);
    try (DialectGateway narrow = new DialectGateway(small, Map.of("intake.batch_bytes", "16MiB"))) {
      String[] headers = {
        "authorization",
        basic("api", narrow.key()),
        "content-type",
        "application/x-www-form-urlencoded"
      };
      String body = encoded(large("many.test", 100, html));
      Reply never = narrow.send("POST", SEND, body, headers);
      assertThat(never.status()).as(never.text()).isEqualTo(413);
      assertThat(never.json().getString("message"))
          .matches("about 19[0-9]{4} bytes for each of 100 recipients are more than .*");
      assertThat(narrow.countTo("m0@many.test")).isZero();
      Reply fewer = narrow.send("POST", SEND, encoded(large("few.test", 50, html)), headers);
      assertThat(fewer.status()).as(fewer.text()).isEqualTo(200);
    }
  }

  private static String[] large(String domain, int recipients, String html) {
    String to =
        IntStream.range(0, recipients)
            .mapToObj(i -> "m" + i + "@" + domain)
            .collect(Collectors.joining(","));
    return new String[] {"from", "a@b.test", "to", to, "subject", "s", "html", html};
  }

  @Test
  void mistakesAreToldInMailgunsWords() throws Exception {
    assertError(
        form("from", "a@b.test", "subject", "s", "text", "t"), 400, "to parameter is missing");
    assertError(
        form("from", "a@b.test", "to", "bad", "subject", "s", "text", "t"),
        400,
        "to parameter is not a valid address. please check documentation");
    assertError(
        form("from", "a@b.test", "to", "a@b.test", "subject", "s"), 400, "Need at least one of");
    assertError(form(with("h:X-My", "1")), 400, "h:X-My parameter cannot be carried");
    assertError(form(with("cc", "a@b.test")), 400, "cc parameter cannot be carried");
    assertError(form(with("o:tracking", "yes")), 400, "o:tracking parameter cannot be carried");
    assertError(form(with("o:colour", "red")), 400, "o:colour parameter is not a field");
    assertError(form(with("attachment", "x")), 400, "attachment parameter cannot be carried");
    assertError(file("attachment"), 400, "attachment parameter cannot be carried");
    assertError(file("text2"), 400, "text2 parameter is not a field");
    assertError(file("text"), 400, "text parameter must be a text, not a file");
    assertError(file("v:x"), 400, "v:x parameter must be a text, not a file");
    assertError(form(with("t:variables", "5")), 400, "t:variables parameter must be a JSON");
    assertThat(form(with("o:tracking", "no", "cc", "")).status()).isEqualTo(200);
    assertThat(send("{}", "application/json").status()).isEqualTo(415);
  }

  @Test
  void wrongKeysAreForbiddenInPlainText() throws Exception {
    Reply wrong = gateway.send("POST", SEND, "", "authorization", basic("api", "key-x"));
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.text()).isEqualTo("Forbidden");
    assertThat(gateway.send("POST", SEND, "").status()).isEqualTo(401);
    String other = basic("user", gateway.key());
    assertThat(gateway.send("POST", SEND, "", "authorization", other).status()).isEqualTo(401);
  }

  private static String[] with(String... more) {
    String[] all = java.util.Arrays.copyOf(MAIL, MAIL.length + more.length);
    System.arraycopy(more, 0, all, MAIL.length, more.length);
    return all;
  }

  private static String id(Reply sent) {
    assertThat(sent.status()).as(sent.text()).isEqualTo(200);
    assertThat(sent.json().getString("message")).isEqualTo("Queued. Thank you.");
    String id = sent.json().getString("id");
    assertThat(id).matches("<[0-9a-f]{32}@mg\\.example\\.com>");
    return DialectIds.ofHex(id.substring(1, 33)).orElseThrow().toString();
  }

  private static void assertError(Reply reply, int status, String message) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.header("content-type")).isEqualTo("application/json");
    assertThat(reply.json().fieldNames()).containsExactly("message");
    assertThat(reply.json().getString("message")).contains(message);
  }

  private static Reply form(String... pairs) throws Exception {
    return send(encoded(pairs), "application/x-www-form-urlencoded");
  }

  private static String encoded(String... pairs) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      body.append(i == 0 ? "" : "&")
          .append(URLEncoder.encode(pairs[i], StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return body.toString();
  }

  private static Reply parts(String type, String... pairs) throws Exception {
    return send(body(type, pairs) + "--b6fd--\r\n", "multipart/form-data; boundary=b6fd");
  }

  private static Reply file(String name) throws Exception {
    String part =
        "--b6fd\r\nContent-Disposition: form-data; name=\""
            + name
            + "\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nbytes\r\n--b6fd--\r\n";
    return send(body("", MAIL) + part, "multipart/form-data; boundary=b6fd");
  }

  private static String body(String type, String... pairs) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      body.append("--b6fd\r\nContent-Disposition: form-data; name=\"")
          .append(pairs[i])
          .append("\"\r\n")
          .append(type)
          .append("\r\n")
          .append(pairs[i + 1])
          .append("\r\n");
    }
    return body.toString();
  }

  private static Reply send(String body, String type) throws Exception {
    return gateway.send(
        "POST", SEND, body, "authorization", basic("api", gateway.key()), "content-type", type);
  }

  private static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }
}
