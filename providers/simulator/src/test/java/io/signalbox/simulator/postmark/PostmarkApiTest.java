package io.signalbox.simulator.postmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.simulator.BasePluginTest;
import io.signalbox.simulator.Reply;
import io.signalbox.simulator.WebhookCatcher;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostmarkApiTest extends BasePluginTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Override
  protected String plugin() {
    return "postmark";
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
    return 1;
  }

  private static JsonObject body(String recipient, String subject) {
    return new JsonObject()
        .put("From", "Orders <orders@example.com>")
        .put("To", recipient)
        .put("Subject", subject)
        .put("TextBody", "Grüße")
        .put("Tag", "welcome")
        .put("Metadata", new JsonObject().put("signalbox_attempt", "a-1"));
  }

  @Override
  protected Reply send(String recipient, String text, Duration timeout) throws Exception {
    return post("/email", body(recipient, text).encode(), Map.of(), timeout);
  }

  private Reply post(String path, String body, Map<String, String> more, Duration timeout)
      throws Exception {
    Map<String, String> headers = new HashMap<>(headers());
    headers.put("Content-Type", "application/json");
    headers.putAll(more);
    return simulator.call("POST", url + path, headers, body, timeout);
  }

  private Map<String, String> headers() {
    return Map.of(
        "X-Postmark-Server-Token", account.getString("server_token"), "Accept", "application/json");
  }

  @Override
  protected boolean isAccepted(Reply reply) {
    return reply.status() == 200
        && reply.json().getInteger("ErrorCode") == 0
        && reply.json().getString("MessageID").length() == 36;
  }

  @Override
  protected void assertInternalError(Reply reply) {
    assertThat(reply.status()).isEqualTo(500);
  }

  @Override
  protected void assertThrottled(Reply reply, int retryAfterSeconds) {
    assertError(reply, 429, 429);
  }

  @Override
  protected void assertRecipientRefused(Reply reply) {
    assertError(reply, 422, 406);
    assertThat(reply.json().getString("Message"))
        .contains("Found inactive addresses: alex@example.com.");
  }

  private static void assertError(Reply reply, int status, int code) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().getInteger("ErrorCode")).isEqualTo(code);
    assertThat(reply.json().getString("Message")).isNotEmpty();
  }

  @Test
  void refusesMissingAndWrongTokens() throws Exception {
    String body = body(recipient(), "x").encode();

    assertError(simulator.call("POST", url + "/email", Map.of(), body), 401, 10);
    assertError(post("/email", body, Map.of("X-Postmark-Server-Token", "wrong"), LONG), 401, 10);
    String upper = account.getString("server_token").toUpperCase(Locale.ROOT);
    assertThat(isAccepted(post("/email", body, Map.of("X-Postmark-Server-Token", upper), LONG)))
        .isTrue();
  }

  @Test
  void takesTheSlashAtTheEndOfTheJavaLibrary() throws Exception {
    JsonObject pretty = body(recipient(), "x").put("Attachments", new JsonArray());

    assertThat(isAccepted(post("/email/", pretty.encodePrettily(), Map.of(), LONG))).isTrue();
  }

  @Test
  void testTokenChecksAndSendsNothing() throws Exception {
    Map<String, String> test = Map.of("X-Postmark-Server-Token", "POSTMARK_API_TEST");

    assertThat(isAccepted(post("/email", body(recipient(), "x").encode(), test, LONG))).isTrue();
    assertError(post("/email", body("bad", "x").encode(), test, LONG), 422, 300);
    assertThat(simulator.received("postmark")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "From|null|300",
        "From|\"nobody\"|300",
        "To|null|300",
        "To|\"bad\"|300",
        "Cc|\"alex@example.com, bad\"|300",
        "TextBody|\"\"|300",
        "Metadata|\"x\"|403",
        "Metadata|{\"a\":1}|403",
        "Metadata|{\"a\":\"1\",\"A\":\"2\"}|300",
        "Metadata|{\"a-name-of-21-letters-\":\"1\"}|300",
        "Metadata|{\"1\":\"\",\"2\":\"\",\"3\":\"\",\"4\":\"\",\"5\":\"\",\"6\":\"\",\"7\":\"\","
            + "\"8\":\"\",\"9\":\"\",\"10\":\"\",\"11\":\"\"}|300",
        "MessageStream|\"nowhere\"|1235",
        "To|\"blocked@example.com\"|406"
      })
  void refusesBadMails(String field, String value, int code) throws Exception {
    JsonObject bad = body(recipient(), "x");
    bad.put(field, new JsonObject("{\"v\":" + value + "}").getValue("v"));

    assertError(post("/email", bad.encode(), Map.of(), LONG), 422, code);
    assertThat(simulator.received("postmark")).isEmpty();
  }

  @Test
  void refusesTooManyRecipientsAndTooLongTexts() throws Exception {
    JsonObject many = body((recipient() + ",").repeat(51), "x");
    assertError(post("/email", many.encode(), Map.of(), LONG), 422, 300);

    JsonObject large = body(recipient(), "x").put("HtmlBody", "x".repeat(5 * 1024 * 1024 + 1));
    assertError(post("/email", large.encode(), Map.of(), LONG), 422, 300);
    JsonObject larger = body(recipient(), "x".repeat(10 * 1024 * 1024));
    assertError(post("/email", larger.encode(), Map.of(), LONG), 422, 300);
  }

  @Test
  void refusesWhatIsNoJson() throws Exception {
    assertError(post("/email", "[", Map.of(), LONG), 422, 402);
    assertError(post("/email", "{}", Map.of("Content-Type", "text/plain"), LONG), 422, 409);
  }

  @Test
  void knowsItsPathsOnly() throws Exception {
    assertThat(get("/email").status()).isEqualTo(405);
    assertThat(get("/nothing").status()).isEqualTo(404);
    assertThat(get("/server").json().getInteger("ID")).isEqualTo(23);
    assertThat(post("/server", "{}", Map.of(), LONG).status()).isEqualTo(404);
  }

  @Test
  void tellsOfDeliveriesWithItsCredentials() throws Exception {
    String id = send("good news").json().getString("MessageID");

    JsonObject delivery = awaitEvents(1).get(0);

    assertThat(delivery.getString("RecordType")).isEqualTo("Delivery");
    assertThat(delivery.getString("MessageID")).isEqualTo(id);
    assertThat(delivery.getString("Recipient")).isEqualTo("alex@example.com");
    assertThat(delivery.getString("Tag")).isEqualTo("welcome");
    assertThat(delivery.getJsonObject("Metadata").getString("signalbox_attempt")).isEqualTo("a-1");
    assertThat(delivery.getString("DeliveredAt")).matches(".*\\.\\d{7}Z");
    assertThat(OffsetDateTime.parse(delivery.getString("DeliveredAt"))).isNotNull();
  }

  @Test
  void bouncesAndComplaintsHaveIdsThatCanBeAskedFor() throws Exception {
    String id = send("bounce@example.com", "x").json().getString("MessageID");
    JsonObject bounce = awaitEvents(1).get(0);
    assertThat(bounce.getString("RecordType")).isEqualTo("Bounce");
    assertThat(bounce.getString("Type")).isEqualTo("HardBounce");

    send("complain@example.com", "x");
    List<JsonObject> events = awaitEvents(3);
    assertThat(events)
        .extracting(event -> event.getString("RecordType"))
        .containsExactly("Bounce", "Delivery", "SpamComplaint");
    assertThat(events.get(2).getLong("ID")).isNotEqualTo(bounce.getLong("ID"));

    assertThat(get("/bounces/" + bounce.getLong("ID")).json()).isEqualTo(bounce);
    assertError(get("/bounces/1"), 422, 1001);
    JsonObject listed = messageEvents(id).getJsonObject(0);
    assertThat(listed.getString("Type")).isEqualTo("Bounced");
    assertThat(listed.getJsonObject("Details").getString("BounceID"))
        .isEqualTo(bounce.getLong("ID").toString());
  }

  @Test
  void answersLookUpsByIdAndByMetadata() throws Exception {
    JsonObject other = body("other@example.com", "x");
    other.put("Metadata", new JsonObject().put("signalbox_attempt", "a-2"));
    post("/email", other.encode(), Map.of(), LONG);
    String id = send("x").json().getString("MessageID");
    awaitEvents(2);

    assertThat(messageEvents(id).getJsonObject(0).getString("Type")).isEqualTo("Delivered");
    assertError(get("/messages/outbound/unknown/details"), 422, 701);
    assertError(get("/messages/outbound/details"), 422, 701);
    assertThat(ids("count=50&offset=0")).hasSize(2).startsWith(id);
    assertThat(ids("count=50&offset=0&metadata_signalbox_attempt=a-1")).containsExactly(id);
    assertThat(ids("count=50&offset=0&metadata_SIGNALBOX_ATTEMPT=a-1")).containsExactly(id);
    assertThat(ids("count=50&offset=0&metadata_signalbox_attempt=a-3")).isEmpty();
    assertThat(ids("count=50&offset=0&recipient=alex%40example.com&tag=welcome"))
        .containsExactly(id);
    assertThat(ids("count=1&offset=1")).doesNotContain(id).hasSize(1);
    assertError(get("/messages/outbound"), 422, 700);
    assertError(get("/messages/outbound?count=501&offset=0"), 422, 700);
  }

  @Test
  void searchSeesOneStreamOnly() throws Exception {
    JsonObject news = body("other@example.com", "x").put("MessageStream", "broadcast");
    Reply sent = post("/email", news.encode(), Map.of(), LONG);

    assertThat(ids("count=50&offset=0")).isEmpty();
    assertThat(ids("count=50&offset=0&messagestream=outbound")).isEmpty();
    assertThat(ids("count=50&offset=0&messagestream=broadcast"))
        .containsExactly(sent.json().getString("MessageID"));
  }

  @Test
  void whatIsSilentCanStillBeLookedUp() throws Exception {
    simulator.set("postmark", new JsonObject().put("mode", "silent"));
    String id = send("x").json().getString("MessageID");

    await().atMost(Duration.ofSeconds(60)).until(() -> !messageEvents(id).isEmpty());
    assertThat(catcher.caught()).isEmpty();
  }

  private Reply get(String path) throws Exception {
    return simulator.call("GET", url + path, headers(), "");
  }

  private JsonArray messageEvents(String id) throws Exception {
    return get("/messages/outbound/" + id + "/details").json().getJsonArray("MessageEvents");
  }

  private List<String> ids(String query) throws Exception {
    return get("/messages/outbound?" + query).json().getJsonArray("Messages").stream()
        .map(message -> ((JsonObject) message).getString("MessageID"))
        .collect(Collectors.toList());
  }

  private List<JsonObject> awaitEvents(int count) {
    await().atMost(Duration.ofSeconds(60)).until(() -> catcher.caught().size() == count);
    byte[] pair = account.getString("webhook_credentials").getBytes(StandardCharsets.UTF_8);
    assertThat(catcher.caught())
        .extracting(webhook -> webhook.header("Authorization"))
        .containsOnly("Basic " + Base64.getEncoder().encodeToString(pair));
    return catcher.caught().stream()
        .map(WebhookCatcher.Caught::body)
        .map(JsonObject::new)
        .collect(Collectors.toList());
  }
}
