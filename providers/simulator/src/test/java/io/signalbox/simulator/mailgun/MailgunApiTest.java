package io.signalbox.simulator.mailgun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.simulator.BasePluginTest;
import io.signalbox.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailgunApiTest extends BasePluginTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String TRY_AGAIN = "try again after ";

  private Instant postedAt = Instant.EPOCH;

  @Override
  protected String plugin() {
    return "mailgun";
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

  private static Map<String, String> fields(String recipient, String subject) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("from", "Orders <orders@mg.example.com>");
    fields.put("to", recipient);
    fields.put("subject", subject);
    fields.put("text", "Grüße & more");
    fields.put("v:signalbox_attempt", "a-1");
    fields.put("o:tag", "welcome");
    return fields;
  }

  @Override
  protected Reply send(String recipient, String text, Duration timeout) throws Exception {
    return post(fields(recipient, text), timeout);
  }

  private Reply post(Map<String, String> fields, Duration timeout) throws Exception {
    String form =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    postedAt = Clock.systemUTC().instant();
    return simulator.call("POST", messages(), headers(FORM), form, timeout);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String messages() {
    return url + "/v3/" + account.getString("domain") + "/messages";
  }

  private Map<String, String> headers(String contentType) {
    String pair = "api:" + account.getString("api_key");
    return Map.of(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)),
        "Content-Type",
        contentType);
  }

  @Override
  protected boolean isAccepted(Reply reply) {
    return reply.status() == 200
        && reply
            .json()
            .getString("id")
            .matches("<[0-9]{14}\\..+@" + account.getString("domain") + ">")
        && reply.json().getString("message").equals("Queued. Thank you.");
  }

  @Override
  protected void assertInternalError(Reply reply) {
    assertError(reply, 500, "Internal Server Error");
  }

  @Override
  protected void assertThrottled(Reply reply, int retryAfterSeconds) {
    assertThat(reply.status()).isEqualTo(429);
    String message = reply.json().getString("message");
    String time = message.substring(message.indexOf(TRY_AGAIN) + TRY_AGAIN.length());
    Instant after =
        ZonedDateTime.parse(time.replace("UTC", "GMT"), DateTimeFormatter.RFC_1123_DATE_TIME)
            .toInstant();
    // It is told in whole seconds.
    assertThat(after.minusSeconds(retryAfterSeconds))
        .isBetween(postedAt.truncatedTo(ChronoUnit.SECONDS), Clock.systemUTC().instant());
  }

  @Override
  protected void assertRecipientRefused(Reply reply) {
    assertError(reply, 400, "to parameter is not a valid address. please check documentation");
  }

  private static void assertError(Reply reply, int status, String message) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().getString("message")).isEqualTo(message);
  }

  @Test
  void refusesStrangersAsPlainText() throws Exception {
    Reply reply = simulator.call("POST", messages(), Map.of("Content-Type", FORM), "from=x");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.body()).isEqualTo("Forbidden");
  }

  @Test
  void knowsItsDomainAndItsPathsOnly() throws Exception {
    Map<String, String> headers = headers(FORM);
    assertError(
        simulator.call("POST", url + "/v3/other.example/messages", headers, "from=x"),
        404,
        "Domain not found: other.example");
    assertThat(simulator.call("GET", messages(), headers, "").status()).isEqualTo(405);
    assertThat(simulator.call("POST", messages() + "/x", headers, "").status()).isEqualTo(404);
    assertThat(simulator.call("GET", url + "/", headers, "").status()).isEqualTo(404);
    assertThat(
            simulator
                .call("GET", messages().replace("messages", "events/%7B"), headers, "")
                .status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from||from parameter is missing",
        "from|nobody|from parameter is not a valid address. please check documentation",
        "to||to parameter is missing",
        "to|alex@example.com, bad|to parameter is not a valid address. please check documentation",
        "to|blocked@example.com|to parameter is not a valid address. please check documentation",
        "cc|bad|cc parameter is not a valid address. please check documentation",
        "text||Need at least one of 'text', 'html', 'amp-html' or 'template' parameters specified",
        "o:deliver-within|4m|o:deliver-within parameter must be from 5m to 24h",
        "o:deliver-within|24h1m|o:deliver-within parameter must be from 5m to 24h",
        "o:deliver-within|soon|o:deliver-within parameter must be from 5m to 24h"
      })
  void refusesBadForms(String field, String value, String message) throws Exception {
    Map<String, String> fields = fields(recipient(), "x");
    if (value == null) {
      fields.remove(field);
    } else {
      fields.put(field, value);
    }

    assertError(post(fields, LONG), 400, message);
    assertThat(simulator.received("mailgun")).isEmpty();
  }

  @Test
  void refusesTooManyRecipientsAndTooLongOptions() throws Exception {
    Map<String, String> many = fields(recipient(), "x");
    StringBuilder to = new StringBuilder(recipient());
    for (int i = 0; i < 1000; i++) {
      to.append(", a").append(i).append("@example.com");
    }
    many.put("to", to.toString());
    assertError(post(many, LONG), 400, "Too many recipients, max is 1000");

    Map<String, String> options = fields(recipient(), "x");
    options.put("v:long", "x".repeat(16_384));
    assertThat(post(options, LONG).status()).isEqualTo(400);
    options.put("v:long", "x".repeat(16_000));
    options.put("o:deliver-within", "1h30m");
    assertThat(post(options, LONG).status()).isEqualTo(200);
  }

  @Test
  void takesMultipartWithAndWithoutContentTypesOfItsParts() throws Exception {
    String body =
        part("from", "", "A <a@mg.example.com>")
            + part("to", "Content-Type: text/plain; charset=UTF-8\r\n", "alex@example.com")
            + part("to", "", "\"Bo, the \" <bo@example.com>")
            + part("subject", "", "Hi")
            + part("html", "Content-Type: text/plain; charset=UTF-8\r\n", "<b>Grüße</b>")
            + part("v:signalbox_attempt", "", "a-2")
            + part("h:Reply-To", "", "\"Help, us\" <b@example.com>, c@example.com")
            + "--b6fd--\r\n";

    Reply reply =
        simulator.call("POST", messages(), headers("multipart/form-data; boundary=b6fd"), body);

    assertThat(isAccepted(reply)).as(reply.body()).isTrue();
    assertThat(simulator.received("mailgun"))
        .extracting(entry -> entry.getString("recipient"))
        .containsExactly("alex@example.com", "bo@example.com");
    JsonObject first = simulator.received("mailgun").get(0);
    assertThat(first.getString("text")).isEqualTo("Hi\n<b>Grüße</b>");
    assertThat(first.getString("reference")).isEqualTo("a-2");
    assertThat(first.getString("from")).isEqualTo("A <a@mg.example.com>");
    assertThat(first.getJsonArray("reply_to"))
        .containsExactly("\"Help, us\" <b@example.com>", "c@example.com");
  }

  private static String part(String name, String header, String value) {
    String disposition = "Content-Disposition: form-data; name=\"" + name + "\"\r\n";
    return "--b6fd\r\n" + disposition + header + "\r\n" + value + "\r\n";
  }

  @ParameterizedTest
  @CsvSource({
    "multipart/form-data; boundary=b6fd, rubbish",
    "multipart/form-data, rubbish",
    "application/x-www-form-urlencoded, a=%zz"
  })
  void refusesFormsThatCannotBeRead(String type, String body) throws Exception {
    assertThat(simulator.call("POST", messages(), headers(type), body).status()).isEqualTo(400);
  }

  @Test
  void sendsSignedEvents() throws Exception {
    String id = send("good news").json().getString("id");

    List<JsonObject> events = awaitEvents(2);

    assertThat(events)
        .extracting(event -> event.getString("event"))
        .containsExactly("accepted", "delivered");
    for (JsonObject event : events) {
      assertThat("<" + messageId(event) + ">").isEqualTo(id);
      assertThat(event.getString("recipient")).isEqualTo("alex@example.com");
      assertThat(event.getJsonArray("tags")).isEqualTo(new JsonArray().add("welcome"));
      assertThat(event.getJsonObject("user-variables").getString("signalbox_attempt"))
          .isEqualTo("a-1");
    }
  }

  @Test
  void tellsOfBouncesAndComplaints() throws Exception {
    send("bounce@example.com", "x");
    JsonObject failed = awaitEvents(2).get(1);
    assertThat(failed.getString("event")).isEqualTo("failed");
    assertThat(failed.getString("severity")).isEqualTo("permanent");
    assertThat(failed.getJsonObject("delivery-status").getInteger("code")).isEqualTo(550);

    send("complain@example.com", "x");
    assertThat(awaitEvents(5).get(4).getString("event")).isEqualTo("complained");
  }

  private static String messageId(JsonObject event) {
    return event.getJsonObject("message").getJsonObject("headers").getString("message-id");
  }

  /** The events of so many webhooks, each with a good signature and a token of its own. */
  private List<JsonObject> awaitEvents(int count) throws Exception {
    await().atMost(Duration.ofSeconds(60)).until(() -> catcher.caught().size() == count);
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = account.getString("webhook_signing_key").getBytes(StandardCharsets.UTF_8);
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    List<JsonObject> bodies =
        catcher.caught().stream()
            .map(webhook -> new JsonObject(webhook.body()))
            .collect(Collectors.toList());
    for (JsonObject body : bodies) {
      JsonObject signature = body.getJsonObject("signature");
      String signed = signature.getString("timestamp") + signature.getString("token");
      assertThat(HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))))
          .isEqualTo(signature.getString("signature"));
    }
    assertThat(bodies)
        .extracting(body -> body.getJsonObject("signature").getString("token"))
        .doesNotHaveDuplicates()
        .allMatch(token -> token.matches("[0-9a-f]{50}"));
    return bodies.stream()
        .map(body -> body.getJsonObject("event-data"))
        .collect(Collectors.toList());
  }
}
