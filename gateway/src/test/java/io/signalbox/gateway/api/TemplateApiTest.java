package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates over real sockets: stored, previewed, and sent. */
class TemplateApiTest {
  private static final String WELCOME = "/api/v1/templates/welcome";
  private static final String SEND = "/api/v1/notifications/send";
  private static final String BATCH = "/api/v1/notifications/batch";

  @TempDir private Path dir;
  private TestGateway gateway;
  private Calls calls;
  private String admin;

  @BeforeEach
  void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of());
    calls = new Calls(gateway.url());
    admin = "Bearer " + gateway.token(Role.ADMIN);
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void aTemplateIsStoredInVersionsAndSomebodyElsesChangeIsSeen() throws Exception {
    Reply made = put(document("Hello {{name}}"));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.header("etag")).isEqualTo("\"1\"");
    assertThat(made.header("location")).isEqualTo(WELCOME);
    assertThat(put(document("Hello {{name}}")).json().getInteger("version")).isEqualTo(1);

    Reply changed = put(document("Hi {{name}}"), "if-match", "\"1\"");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().getInteger("version")).isEqualTo(2);
    assertThat(put(document("Hey {{name}}"), "if-match", "\"1\"").status()).isEqualTo(412);
    assertThat(call("PUT", WELCOME + "-2", document("x").encode(), "if-match", "*").status())
        .isEqualTo(412);

    Reply read = call("GET", WELCOME, "");
    assertThat(read.json().getJsonObject("locales").getJsonObject("en").getString("message"))
        .isEqualTo("Hi {{name}}");
    assertThat(call("GET", WELCOME, "", "if-none-match", read.header("etag")).status())
        .isEqualTo(304);
    assertThat(call("GET", WELCOME + "?version=1", "").text()).contains("Hello {{name}}");
    assertThat(call("GET", WELCOME + "?version=3", "").status()).isEqualTo(404);
    assertThat(call("GET", WELCOME + "/versions", "").json().getJsonArray("versions")).hasSize(2);
    assertThat(call("GET", "/api/v1/templates", "").json().getJsonArray("templates")).hasSize(1);

    assertThat(call("DELETE", WELCOME, "", "if-match", "\"1\"").status()).isEqualTo(412);
    assertThat(call("DELETE", WELCOME, "").json().getString("removed")).isEqualTo("welcome");
    assertThat(call("DELETE", WELCOME, "").status()).isEqualTo(404);
    assertThat(call("GET", WELCOME, "").status()).isEqualTo(404);
    assertThat(call("GET", WELCOME + "/versions", "").status()).isEqualTo(404);
    assertThat(call("GET", "/api/v1/audit?action=template", "").json().getJsonArray("audit"))
        .hasSize(3);
  }

  @Test
  void mistakesOfATemplateAreNamedWithTheirPlaces() throws Exception {
    JsonObject document =
        new JsonObject()
            .put("default_locale", "fr")
            .put(
                "locales",
                new JsonObject()
                    .put("en", new JsonObject().put("title", "{{>x}}"))
                    .put("english!", new JsonObject().put("message", "{{#a}}")));
    Reply reply = put(document);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(pointers(reply))
        .containsExactlyInAnyOrder(
            "/default_locale",
            "/locales/en",
            "/locales/en/title",
            "/locales/english!",
            "/locales/english!/message");
    assertThat(call("PUT", "/api/v1/templates/No", document.encode()).text())
        .contains("lower-case letters");
  }

  @Test
  void aNotificationIsStoredAsItsTemplateWasThen() throws Exception {
    put(document("Hello {{name}}, {{amount}} EUR"));
    Reply sent = send(notification().put("locale", "de-AT"));
    assertThat(sent.status()).as(sent.text()).isEqualTo(202);
    put(document("Changed {{name}}"));
    call("DELETE", WELCOME, "");

    JsonObject stored = timeline(sent).getJsonObject("notification");
    assertThat(stored.getString("template")).isEqualTo("welcome");
    assertThat(stored.getInteger("template_version")).isEqualTo(1);
    assertThat(stored.getString("locale")).isEqualTo("de");
    assertThat(stored.getString("title")).isEqualTo("Hallo <Alex>");
    assertThat(stored.getString("message")).isEqualTo("Hallo <Alex>, 12.50 EUR");
    assertThat(stored.getString("html")).isEqualTo("<p>&lt;Alex&gt;</p>");
    assertThat(stored.containsKey("data")).isFalse();
    assertThat(stored.getJsonObject("metadata").getString("order")).isEqualTo("7");
  }

  @Test
  void anOldVersionCanBeAskedFor() throws Exception {
    put(document("One {{name}}"));
    put(document("Two {{name}}"));
    Reply sent = send(notification().put("template_version", 1));
    assertThat(timeline(sent).getJsonObject("notification").getString("message"))
        .isEqualTo("One <Alex>");
    assertThat(timeline(send(notification())).getJsonObject("notification").getString("message"))
        .isEqualTo("Two <Alex>");
    Reply none = send(notification().put("template_version", 3));
    assertThat(none.status()).isEqualTo(422);
    assertThat(pointers(none)).containsExactly("/template_version");
  }

  @Test
  void whatCannotBeFilledInIsRefusedWithTheNames() throws Exception {
    put(document("Hello {{name}} {{amount}} {{due.day}}"));
    Reply missing = send(notification().put("data", new JsonObject().putNull("name")));
    assertThat(missing.status()).isEqualTo(422);
    assertThat(missing.text()).contains("no value for name", "for amount", "for due.day");

    Reply unknown = send(notification().put("template", "nobody"));
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(pointers(unknown)).containsExactly("/template");
    assertThat(pointers(send(notification().put("message", "m").put("title", "t"))))
        .containsExactly("/title", "/message");
    JsonObject without = notification().put("message", "m");
    without.remove("template");
    assertThat(pointers(send(without))).containsExactly("/data");
    assertThat(pointers(send(notification().put("locale", "no language"))))
        .containsExactly("/locale");
    Reply twoLines =
        send(
            notification()
                .put(
                    "data",
                    new JsonObject()
                        .put("name", "a\nb")
                        .put("amount", 1)
                        .put("due", new JsonObject().put("day", "1"))));
    assertThat(twoLines.json().getJsonArray("errors").getJsonObject(0).getString("detail"))
        .isEqualTo("gives a title that must be one line without control characters");
    String nested = "[".repeat(60) + "]".repeat(60);
    assertThat(call("POST", SEND, notification().encode().replace("\"12\"", nested)).status())
        .isBetween(200, 499);
  }

  @Test
  void channelsWithoutHtmlGetTheText() throws Exception {
    put(document("Hello {{name}}"));
    JsonObject sms = notification().put("channel", "sms").put("recipient_phone", "+15550001234");
    sms.remove("recipient_email");
    JsonObject stored = timeline(send(sms)).getJsonObject("notification");
    assertThat(stored.getString("message")).isEqualTo("Hello <Alex>");
    assertThat(stored.containsKey("html")).isFalse();

    put(
        new JsonObject()
            .put("default_locale", "en")
            .put("locales", new JsonObject().put("en", new JsonObject().put("html", "{{name}}"))));
    assertThat(send(sms).json().getJsonArray("errors").getJsonObject(0).getString("detail"))
        .startsWith("has no message that is required");
  }

  @Test
  void aRepeatedRequestIsKnownAlsoAfterTheTemplateHasChanged() throws Exception {
    put(document("One {{name}}"));
    String body = notification().encode();
    Reply first = call("POST", SEND, body, "idempotency-key", "k-1");
    put(document("Two {{name}}"));
    Reply again = call("POST", SEND, body, "idempotency-key", "k-1");
    assertThat(again.json().getString("id")).isEqualTo(first.json().getString("id"));
    assertThat(again.json().getBoolean("duplicate")).isTrue();
    String other = notification().put("locale", "de").encode();
    assertThat(call("POST", SEND, other, "idempotency-key", "k-1").status()).isEqualTo(422);
  }

  @Test
  void aRepeatedRequestGetsTheFirstAnswerAlsoAfterItsTemplateIsGone() throws Exception {
    put(document("One {{name}}"));
    String body = notification().encode();
    String batch = "[" + body + "]";
    Reply first = call("POST", SEND, body, "idempotency-key", "k-1");
    Reply firstBatch = call("POST", BATCH, batch, "idempotency-key", "k-2");
    assertThat(firstBatch.json().getInteger("accepted")).isEqualTo(1);
    put(document("Two {{name}} {{more}}"));
    for (int i = 0; i < 2; i++) {
      Reply again = call("POST", SEND, body, "idempotency-key", "k-1");
      assertThat(again.status()).as(again.text()).isEqualTo(202);
      assertThat(again.json().getString("id")).isEqualTo(first.json().getString("id"));
      assertThat(again.json().getBoolean("duplicate")).isTrue();
      Reply batchAgain = call("POST", BATCH, batch, "idempotency-key", "k-2");
      assertThat(result(batchAgain).getString("id")).isEqualTo(result(firstBatch).getString("id"));
      assertThat(result(batchAgain).getBoolean("duplicate")).isTrue();
      // With other bytes it is another request, and without the key a new one.
      String other = notification().put("locale", "de").encode();
      Reply reused = call("POST", SEND, other, "idempotency-key", "k-1");
      assertThat(reused.json().getString("type")).isEqualTo("/problems/idempotency-key-reused");
      Reply reusedInBatch = call("POST", BATCH, "[" + other + "]", "idempotency-key", "k-2");
      assertThat(result(reusedInBatch).getString("detail")).contains("used before");
      assertThat(call("POST", SEND, body).status()).isEqualTo(422);
      assertThat(result(call("POST", BATCH, batch)).getInteger("status")).isEqualTo(422);
      assertThat(call("POST", SEND, body, "idempotency-key", "k-3").status()).isEqualTo(422);
      call("DELETE", WELCOME, "");
    }
  }

  private static JsonObject result(Reply batch) {
    return batch.json().getJsonArray("results").getJsonObject(0);
  }

  @Test
  void eachItemOfABatchIsFilledIn() throws Exception {
    put(document("Hello {{name}}"));
    JsonArray items = new JsonArray();
    for (int i = 0; i < 300; i++) {
      JsonObject item = notification();
      item.getJsonObject("data").put("name", "n" + i);
      if (i % 100 == 50) {
        item.getJsonObject("data").remove("name");
      }
      items.add(item);
    }
    Reply reply = call("POST", BATCH, items.encode());
    assertThat(reply.json().getInteger("accepted")).isEqualTo(297);
    JsonArray results = reply.json().getJsonArray("results");
    for (int i = 0; i < 300; i++) {
      assertThat(results.getJsonObject(i).getInteger("index")).isEqualTo(i);
    }
    assertThat(results.getJsonObject(150).encode()).contains("no value for name");
    String id = results.getJsonObject(299).getString("id");
    assertThat(call("GET", "/api/v1/notifications/" + id, "").text()).contains("Hello n299");
  }

  @Test
  void aPreviewShowsTheSameAndStoresNothing() throws Exception {
    put(document("Hello {{name}}, {{amount}}"));
    JsonObject asked =
        new JsonObject().put("locale", "de-CH").put("data", notification().getJsonObject("data"));
    Reply shown = call("POST", WELCOME + "/preview", asked.encode().replace("\"12\"", "12.50"));
    assertThat(shown.status()).as(shown.text()).isEqualTo(200);
    assertThat(shown.json().getString("locale")).isEqualTo("de");
    assertThat(shown.json().getString("message")).isEqualTo("Hallo <Alex>, 12.50");
    assertThat(shown.json().getString("html")).isEqualTo("<p>&lt;Alex&gt;</p>");
    Reply empty = call("POST", WELCOME + "/preview", "");
    assertThat(empty.status()).isEqualTo(422);
    assertThat(empty.text()).contains("name", "amount");
    assertThat(call("POST", WELCOME + "/preview", "{\"template_version\":9}").status())
        .isEqualTo(404);
    assertThat(call("POST", "/api/v1/templates/none/preview", "{}").status()).isEqualTo(404);
    assertThat(call("GET", "/api/v1/notifications", "").json().getJsonArray("notifications"))
        .isEmpty();
  }

  private static JsonObject document(String message) {
    return new JsonObject()
        .put("default_locale", "en")
        .put(
            "locales",
            new JsonObject()
                .put(
                    "en",
                    new JsonObject()
                        .put("title", "Hello {{name}}")
                        .put("message", message)
                        .put("html", "<p>{{name}}</p>"))
                .put(
                    "de",
                    new JsonObject()
                        .put("title", "Hallo {{name}}")
                        .put("message", message.replace("Hello", "Hallo"))
                        .put("html", "<p>{{name}}</p>")));
  }

  private static JsonObject notification() {
    return new JsonObject()
        .put("notification_type", "welcome")
        .put("channel", "email")
        .put("recipient_email", "alex@example.org")
        .put("template", "welcome")
        .put("metadata", new JsonObject().put("order", "7"))
        .put("data", new JsonObject().put("name", "<Alex>").put("amount", "12"));
  }

  private JsonObject timeline(Reply sent) throws Exception {
    assertThat(sent.status()).as(sent.text()).isEqualTo(202);
    return call("GET", "/api/v1/notifications/" + sent.json().getString("id"), "").json();
  }

  /** With an amount as a number that no binary one is equal to. */
  private Reply send(JsonObject notification) throws Exception {
    return call("POST", SEND, notification.encode().replace("\"12\"", "12.50"));
  }

  private Reply put(JsonObject document, String... headers) throws Exception {
    return call("PUT", WELCOME, document.encode(), headers);
  }

  private static List<String> pointers(Reply reply) {
    List<String> pointers = new ArrayList<>();
    for (Object each : reply.json().getJsonArray("errors")) {
      pointers.add(((JsonObject) each).getString("pointer"));
    }
    return pointers;
  }

  private Reply call(String method, String path, String body, String... headers) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("authorization", admin, "content-type", "application/json"));
    all.addAll(List.of(headers));
    return calls.send(method, path, body, all.toArray(String[]::new));
  }
}
