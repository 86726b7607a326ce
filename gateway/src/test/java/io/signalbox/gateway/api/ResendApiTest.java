package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resend's API over sockets, with the requests that its SDKs make. */
class ResendApiTest {
  private static final String EMAILS = "/compat/resend/emails";
  private static final String BATCH = "/compat/resend/emails/batch";

  /** As resend-node sends it, without the header fields that it refuses. */
  private static final String MAIL =
      "{\"from\":\"Acme <onboarding@resend.dev>\",\"html\":\"<p>x</p>\","
          + "\"subject\":\"hi\",\"tags\":[{\"name\":\"category\",\"value\":\"c\"}],"
          + "\"text\":\"x\",\"to\":[\"delivered@resend.dev\"]}";

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
  void aMailIsStoredAndToldAgain() throws Exception {
    Reply sent = post(EMAILS, with("\"reply_to\":[\"Help <h@b.test>\",\"i@b.test\"]"));
    assertThat(sent.status()).as(sent.text()).isEqualTo(200);
    assertThat(sent.header("content-type")).isEqualTo("application/json");
    assertThat(sent.json().fieldNames()).containsExactly("id");
    String id = sent.json().getString("id");
    JsonObject stored = gateway.stored(id);
    assertThat(stored.getString("recipient_email")).isEqualTo("delivered@resend.dev");
    assertThat(stored.getString("title")).isEqualTo("hi");
    assertThat(stored.getString("html")).isEqualTo("<p>x</p>");
    assertThat(gateway.timeline(id).getJsonObject("compat").getString("dialect"))
        .isEqualTo("resend");
    JsonObject told = get(EMAILS + "/" + id).json();
    assertThat(told.getString("object")).isEqualTo("email");
    assertThat(told.getString("from")).isEqualTo("Acme <onboarding@resend.dev>");
    assertThat(told.getJsonArray("to")).isEqualTo(new JsonArray().add("delivered@resend.dev"));
    assertThat(told.getString("last_event")).isEqualTo("queued");
    assertThat(told.getJsonArray("reply_to"))
        .isEqualTo(new JsonArray().add("Help <h@b.test>").add("i@b.test"));
    assertThat(told.getJsonArray("tags"))
        .isEqualTo(new JsonArray().add(new JsonObject().put("name", "category").put("value", "c")));
  }

  @Test
  void severalRecipientsAreOneMessageWithANotificationEach() throws Exception {
    String two =
        MAIL.replace("[\"delivered@resend.dev\"]", "[\"m1@two.test\",\"B <m2@two.test>\"]");
    String id = post(EMAILS, two).json().getString("id");
    assertThat(gateway.stored(id).getString("recipient_email")).isEqualTo("m1@two.test");
    assertThat(gateway.countTo("m2@two.test")).isEqualTo(1);
    JsonObject told = get(EMAILS + "/" + id).json();
    assertThat(told.getJsonArray("to"))
        .isEqualTo(new JsonArray().add("m1@two.test").add("B <m2@two.test>"));
    assertThat(told.getString("last_event")).isEqualTo("queued");
    // One that cannot be done takes the other with it.
    Reply refused = post(EMAILS, two.replace("B <m2@two.test>", "nobody").replace("m1", "m3"));
    assertError(refused, 422, "invalid_parameter", "`to` must be one mail address");
    assertThat(gateway.countTo("m3@two.test")).isZero();
  }

  @Test
  void whatIsForLaterIsScheduled() throws Exception {
    String later = MAIL.replace("\"subject\"", "\"scheduled_at\":\"in 1 min\",\"subject\"");
    String id = post(EMAILS, later).json().getString("id");
    assertThat(gateway.timeline(id).getString("state")).isEqualTo("scheduled");
    JsonObject told = get(EMAILS + "/" + id).json();
    assertThat(told.getString("last_event")).isEqualTo("scheduled");
    assertThat(told.getString("scheduled_at")).isNotBlank();
    assertError(
        post(EMAILS, later.replace("in 1 min", "Friday at 3pm ET")),
        422,
        "invalid_parameter",
        "`scheduled_at` must be a time");
  }

  @Test
  void aTemplateOfTheGatewayGivesTheTexts() throws Exception {
    gateway.template(
        "greeting",
        "{\"default_locale\":\"en\",\"locales\":{\"en\":{\"title\":\"Hello {{name}}\","
            + "\"message\":\"Dear {{name}}\"}}}");
    String mail =
        "{\"from\":\"a@b.test\",\"to\":\"t@b.test\",\"template\":{\"id\":\"%s\","
            + "\"variables\":{\"name\":\"Alex\"}}}";
    String id = post(EMAILS, mail.replace("%s", "greeting")).json().getString("id");
    assertThat(gateway.stored(id).getString("title")).isEqualTo("Hello Alex");
    assertError(
        post(EMAILS, mail.replace("%s", "none")), 422, "invalid_parameter", "`template.id`");
  }

  @Test
  void mistakesAreToldInResendsForm() throws Exception {
    assertError(
        post(EMAILS, "{\"from\":\"a@b.test\",\"subject\":\"x\",\"text\":\"x\"}"),
        422,
        "missing_required_field",
        "Missing `to` field.");
    assertError(
        post(EMAILS, with("\"attachments\":[{\"filename\":\"a\",\"content\":\"eA==\"}]")),
        422,
        "invalid_attachment",
        "`attachments` cannot be carried");
    assertError(
        post(EMAILS, with("\"bcc\":\"x@y.test\"")), 422, "invalid_parameter", "`bcc` cannot");
    assertError(
        post(EMAILS, with("\"colour\":\"red\"")), 422, "invalid_parameter", "`colour` is not");
    assertError(
        post(EMAILS, MAIL.replace("Acme <onboarding@resend.dev>", "Acme")),
        422,
        "invalid_from_address",
        "`from` must be");
    assertError(post(EMAILS, "{"), 400, "validation_error", "the body is not JSON");
    assertError(
        post(EMAILS, MAIL.replace("<p>x</p>", "x".repeat(1 << 20))), 413, "validation_error", "");
    // What asks for nothing is no mistake.
    assertThat(post(EMAILS, with("\"attachments\":[],\"cc\":null,\"headers\":{}")).status())
        .isEqualTo(200);
  }

  @Test
  void wrongKeysPathsAndMethodsAreRefusedInResendsForm() throws Exception {
    Reply none = gateway.send("POST", EMAILS, MAIL, "content-type", "application/json");
    assertError(none, 401, "missing_api_key", "Missing API Key");
    Reply wrong =
        gateway.send(
            "POST",
            EMAILS,
            MAIL,
            "content-type",
            "application/json",
            "authorization",
            "Bearer re_test");
    assertError(wrong, 403, "invalid_api_key", "API key is invalid");
    String viewer = gateway.newKey("{\"name\":\"eye\",\"roles\":[\"viewer\"]}");
    Reply narrow = gateway.send("POST", EMAILS, MAIL, "authorization", "Bearer " + viewer);
    assertError(narrow, 403, "invalid_permission", "role");
    assertError(get(EMAILS), 405, "method_not_allowed", "");
    assertError(get("/compat/resend/domains"), 404, "not_found", "");
    assertError(get(EMAILS + "/49a3999c-0ce1-4ea6-ab68-afcd6dc2e794"), 404, "not_found", "");
  }

  @Test
  void whatCameByAnotherApiIsNoMailHere() throws Exception {
    String own =
        gateway
            .send(
                "POST",
                "/api/v1/notifications/send",
                "{\"notification_type\":\"x\",\"channel\":\"email\",\"message\":\"m\","
                    + "\"recipient_email\":\"a@b.test\"}",
                "x-api-key",
                gateway.key(),
                "content-type",
                "application/json")
            .json()
            .getString("id");
    assertError(get(EMAILS + "/" + own), 404, "not_found", "Email not found");
  }

  @Test
  void aRepeatedKeyIsAnsweredAsTheFirstTime() throws Exception {
    String first = post(EMAILS, MAIL, "idempotency-key", "idem-1").json().getString("id");
    assertThat(post(EMAILS, MAIL, "idempotency-key", "idem-1").json().getString("id"))
        .isEqualTo(first);
    assertError(
        post(EMAILS, MAIL.replace("hi", "ho"), "idempotency-key", "idem-1"),
        409,
        "invalid_idempotent_request",
        "");
    assertError(
        post(EMAILS, MAIL, "idempotency-key", "x".repeat(257)),
        400,
        "invalid_idempotency_key",
        "`Idempotency-Key`");
    assertThat(post(EMAILS, MAIL, "idempotency-key", "x".repeat(256)).status()).isEqualTo(200);
    // Several recipients, and times that are told from now on, are the same request too.
    String two =
        MAIL.replace("\"to\":[", "\"scheduled_at\":\"in 1 hour\",\"to\":[\"k1@two.test\",");
    String id = post(EMAILS, two, "idempotency-key", "idem-2").json().getString("id");
    assertThat(post(EMAILS, two, "idempotency-key", "idem-2").json().getString("id")).isEqualTo(id);
    assertThat(gateway.countTo("k1@two.test")).isEqualTo(1);
  }

  @Test
  void aStrictBatchIsTakenAsAWholeOrNotAtAll() throws Exception {
    String three = batch("b1@strict.test", "b2@strict.test", "b3@strict.test");
    List<String> ids = ids(post(BATCH, three, "idempotency-key", "batch-1"));
    assertThat(ids).hasSize(3).doesNotHaveDuplicates();
    assertThat(gateway.stored(ids.get(1)).getString("recipient_email")).isEqualTo("b2@strict.test");
    assertThat(ids(post(BATCH, three, "idempotency-key", "batch-1"))).isEqualTo(ids);
    assertError(
        post(BATCH, three.replace("b2", "b4"), "idempotency-key", "batch-1"),
        409,
        "invalid_idempotent_request",
        "");
    Reply refused = post(BATCH, batch("b5@strict.test", "nobody"), "x-batch-validation", "strict");
    assertError(refused, 422, "invalid_parameter", "`1.to` must be one mail address");
    assertThat(gateway.countTo("b5@strict.test")).isZero();
  }

  @Test
  void aPermissiveBatchTakesWhatCanBeDone() throws Exception {
    String mails = batch("p1@some.test", "nobody", "p2@some.test");
    Reply reply = post(BATCH, mails, "x-batch-validation", "permissive");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().getJsonArray("data")).hasSize(2);
    JsonObject error = reply.json().getJsonArray("errors").getJsonObject(0);
    assertThat(error.getInteger("index")).isEqualTo(1);
    assertThat(error.getString("message")).startsWith("`to` must be one mail address");
  }

  @Test
  void batchesHaveBounds() throws Exception {
    String many =
        batch(IntStream.range(0, 101).mapToObj(i -> "m" + i + "@many.test").toArray(String[]::new));
    assertError(post(BATCH, many), 422, "invalid_parameter", "1 to 100 mails");
    assertError(post(BATCH, "[]"), 422, "invalid_parameter", "1 to 100 mails");
    assertError(post(BATCH, MAIL), 422, "invalid_parameter", "1 to 100 mails");
    assertError(
        post(BATCH, "[" + MAIL + "]", "x-batch-validation", "loose"),
        422,
        "invalid_parameter",
        "`x-batch-validation` must be strict or permissive");
  }

  @Test
  void limitsOfRequestsAndQuotasAreToldApart(@TempDir Path one, @TempDir Path two)
      throws Exception {
    Reply fast = second(one, Map.of("security.rate_per_caller", "0.01"));
    assertError(fast, 429, "rate_limit_exceeded", "");
    assertThat(fast.header("retry-after")).matches("[1-9][0-9]*");
    Reply over = second(two, Map.of("quotas.tenant_per_month", "1"));
    assertError(over, 429, "daily_quota_exceeded", "quota");
  }

  /** The answer to the second mail. */
  private static Reply second(Path dir, Map<String, String> settings) throws Exception {
    try (DialectGateway limited = new DialectGateway(dir, settings)) {
      String[] headers = {
        "authorization", "Bearer " + limited.key(), "content-type", "application/json"
      };
      assertThat(limited.send("POST", EMAILS, MAIL, headers).status()).isEqualTo(200);
      return limited.send("POST", EMAILS, MAIL, headers);
    }
  }

  private static String with(String member) {
    return "{" + member + "," + MAIL.substring(1);
  }

  private static String batch(String... recipients) {
    return java.util.Arrays.stream(recipients)
        .map(each -> MAIL.replace("delivered@resend.dev", each))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static List<String> ids(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().getJsonArray("data").stream()
        .map(each -> ((JsonObject) each).getString("id"))
        .peek(id -> assertThat(NotificationId.parse(id)).isPresent())
        .toList();
  }

  private static void assertError(Reply reply, int status, String name, String message) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.header("content-type")).isEqualTo("application/json");
    assertThat(reply.json().getInteger("statusCode")).isEqualTo(status);
    assertThat(reply.json().getString("name")).isEqualTo(name);
    assertThat(reply.json().getString("message")).contains(message);
  }

  private static Reply post(String path, String body, String... headers) throws Exception {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 4);
    all[headers.length] = "authorization";
    all[headers.length + 1] = "Bearer " + gateway.key();
    all[headers.length + 2] = "content-type";
    all[headers.length + 3] = "application/json";
    return gateway.send("POST", path, body, all);
  }

  private static Reply get(String path) throws Exception {
    return gateway.send("GET", path, "", "authorization", "Bearer " + gateway.key());
  }
}
