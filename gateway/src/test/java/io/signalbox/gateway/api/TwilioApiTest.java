package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.compat.DialectIds;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twilio's API over sockets, with the requests that its SDKs make. */
class TwilioApiTest {
  private static final String ACCOUNT = "AC00000000000000000000000000000000";
  private static final String MESSAGES =
      "/compat/twilio/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json";

  /** As twilio-node 6.2.0 sends it. */
  private static final String OF_NODE =
      "To=%2B14155552345&StatusCallback=https%3A%2F%2Fapp.example.com%2Fcb%3Fx%3D1"
          + "&From=%2B14155550000&Body=Hi%20%26%20bye";

  /** As twilio-java 13.0.1 sends it. */
  private static final String OF_JAVA =
      "StatusCallback=https%3A%2F%2Fapp.example.com%2Fcb%3Fx%3D1&To=%2B14155552345"
          + "&From=%2B14155550000&Body=Hi+%26+bye";

  @TempDir private static Path dir;
  private static DialectGateway gateway;
  private static String manager;

  @BeforeAll
  static void start() throws Exception {
    gateway = new DialectGateway(dir, Map.of());
    manager = gateway.newKey("{\"name\":\"reports\",\"roles\":[\"manager\"]}");
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  @Test
  void aMessageIsStoredAndFetched() throws Exception {
    for (String body : new String[] {OF_NODE, OF_JAVA}) {
      Reply sent = create(body);
      assertThat(sent.status()).as(sent.text()).isEqualTo(201);
      assertThat(sent.header("content-type")).isEqualTo("application/json");
      JsonObject message = sent.json();
      assertThat(message.getString("sid")).matches("SM[0-9a-f]{32}");
      assertThat(message.getString("status")).isEqualTo("queued");
      assertThat(message.getString("account_sid")).isEqualTo(ACCOUNT);
      assertThat(message.getString("from")).isEqualTo("+14155550000");
      assertThat(message.getString("date_created")).endsWith(" +0000");
      String id = id(message);
      JsonObject stored = gateway.stored(id);
      assertThat(stored.getString("channel")).isEqualTo("sms");
      assertThat(stored.getString("recipient_phone")).isEqualTo("+14155552345");
      assertThat(stored.getString("message")).isEqualTo("Hi & bye");

      Reply fetched = fetch(message.getString("sid"), gateway.key());
      assertThat(fetched.status()).isEqualTo(200);
      assertThat(fetched.json()).isEqualTo(message.copy().put("date_updated", updated(fetched)));
    }
  }

  @Test
  void aMessagingServiceAndWhatsAppAreToldAgain() throws Exception {
    JsonObject message =
        create("To=whatsapp%3A%2B14155552346&MessagingServiceSid=MG1&Body=Hi").json();
    assertThat(message.getString("to")).isEqualTo("whatsapp:+14155552346");
    assertThat(message.getString("status")).isEqualTo("accepted");
    assertThat(message.getString("messaging_service_sid")).isEqualTo("MG1");
    assertThat(message.getValue("from")).isNull();
    assertThat(gateway.stored(id(message)).getString("channel")).isEqualTo("whatsapp");
    JsonObject later =
        create(
                "To=%2B14155552345&MessagingServiceSid=MG1&Body=Hi&ScheduleType=fixed"
                    + "&SendAt="
                    + Clock.systemUTC().instant().plusSeconds(3600)
                    + "&ValidityPeriod=600")
            .json();
    assertThat(later.getString("status")).isEqualTo("scheduled");
    assertThat(fetch(later.getString("sid"), gateway.key()).json().getString("status"))
        .isEqualTo("scheduled");
  }

  @Test
  void theNewestAreListedByPages() throws Exception {
    String first = create("To=%2B14155550101&From=x&Body=1").json().getString("sid");
    String second = create("To=%2B14155550101&From=x&Body=2").json().getString("sid");
    JsonObject page = list("?To=%2B14155550101&PageSize=1", manager).json();
    assertThat(sids(page)).isEqualTo(new JsonArray().add(second));
    assertThat(page.getInteger("page_size")).isEqualTo(1);
    String next = page.getString("next_page_uri");
    assertThat(next).startsWith("/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json?");
    JsonObject older = gateway.send("GET", "/compat/twilio" + next, "", auth(manager)).json();
    assertThat(sids(older)).isEqualTo(new JsonArray().add(first));
    assertThat(older.getInteger("page")).isEqualTo(1);
    assertThat(sids(list("?To=%2B14155550199", manager).json())).isEmpty();
    // Nobody but a manager looks through the messages of a tenant.
    Reply forbidden = list("?PageSize=1", gateway.key());
    assertError(forbidden, 403, 20_003);
    assertThat(forbidden.json().getString("message")).contains("manager");
    assertError(list("?From=%2B1", manager), 400, 21_212);
    assertError(list("?DateSent=%2B999999999-12-31T00:00:00Z", manager), 400, 20_001);
    assertThat(sids(list("?DateSent%3E=%2B99999999-12-31T00:00:00Z", manager).json())).isEmpty();
    assertError(
        create(OF_NODE + "&ScheduleType=fixed&SendAt=%2B999999999-12-31T00:00:00Z"), 400, 35_115);
  }

  @Test
  void aWrongKeyIsToldAsTwilioDoes() throws Exception {
    Reply wrong = gateway.send("POST", MESSAGES, OF_NODE, form(gateway.key() + "x"));
    assertError(wrong, 401, 20_003);
    assertThat(wrong.json().getString("more_info"))
        .isEqualTo("https://www.twilio.com/docs/errors/20003");
    assertError(
        gateway.send(
            "POST", MESSAGES, OF_NODE, "content-type", "application/x-www-form-urlencoded"),
        401,
        20_003);
    assertError(fetch("SM00000000000000000000000000000000", gateway.key()), 404, 20_404);
    assertError(fetch("XX", gateway.key()), 404, 20_404);
    assertError(gateway.send("DELETE", MESSAGES, "", form(gateway.key())), 405, 20_004);
    assertError(gateway.send("GET", "/compat/twilio/nothing", ""), 404, 20_404);
  }

  @Test
  void aFieldThatCannotBeDoneIsNamed() throws Exception {
    assertError(create("To=555&From=%2B1415&Body=x"), 400, 21_211, "To ");
    assertError(create("From=%2B1415&Body=x"), 400, 21_604);
    assertError(create("To=%2B14155552345&From=%2B1415"), 400, 21_602, "Body ");
    assertError(create("To=%2B14155552345&Body=x"), 400, 21_603);
    assertError(create(OF_NODE + "&MediaUrl=https%3A%2F%2Fx%2Fy.png"), 400, 21_620, "MediaUrl ");
    assertError(create(OF_NODE + "&Colour=red"), 400, 20_001, "Colour ");
    assertError(
        create(OF_NODE.replace("app.example.com", "127.0.0.1")), 400, 21_609, "StatusCallback ");
    assertError(create(OF_NODE + "&Body=" + "x".repeat(70_000)), 413, 20_400);
    assertError(
        gateway.send("POST", MESSAGES + "?Body=x", OF_NODE, form(gateway.key())),
        400,
        21_617,
        "Body must not stand in the query");
    Reply json = gateway.send("POST", MESSAGES, "{}", typed("application/json"));
    assertError(json, 415, 20_400);
  }

  @Test
  void whoComesTooOftenOrTooManyIsToldWhenToComeAgain(@TempDir Path other) throws Exception {
    try (DialectGateway slow =
        new DialectGateway(other, Map.of("security.rate_per_tenant", "0.01"))) {
      Reply reply = slow.send("POST", MESSAGES, OF_NODE, form(slow.key()));
      assertError(reply, 429, 20_429);
      assertThat(Long.parseLong(reply.header("retry-after"))).isPositive();
    }
  }

  @Test
  void whatIsNotTakenNowIsNotLost(@TempDir Path other) throws Exception {
    try (DialectGateway full = new DialectGateway(other, Map.of())) {
      full.gateway().press(1);
      Reply reply = full.send("POST", MESSAGES, OF_NODE, form(full.key()));
      assertError(reply, 503, 20_503);
      assertThat(reply.header("retry-after")).isNotEmpty();
    }
  }

  private static void assertError(Reply reply, int status, int code) {
    assertError(reply, status, code, "");
  }

  private static void assertError(Reply reply, int status, int code, String message) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    JsonObject error = reply.json();
    assertThat(error.fieldNames())
        .containsExactlyInAnyOrder("code", "message", "more_info", "status");
    assertThat(error.getInteger("code")).as(reply.text()).isEqualTo(code);
    assertThat(error.getInteger("status")).isEqualTo(status);
    assertThat(error.getString("message")).startsWith(message).isNotBlank();
  }

  private static Reply create(String body) throws Exception {
    return gateway.send("POST", MESSAGES, body, form(gateway.key()));
  }

  private static Reply fetch(String sid, String key) throws Exception {
    return gateway.send("GET", MESSAGES.replace(".json", "/" + sid + ".json"), "", auth(key));
  }

  private static Reply list(String query, String key) throws Exception {
    return gateway.send("GET", MESSAGES + query, "", auth(key));
  }

  private static String[] form(String key) {
    return new String[] {
      "authorization", auth(key)[1], "content-type", "application/x-www-form-urlencoded"
    };
  }

  private static String[] typed(String type) {
    return new String[] {"authorization", auth(gateway.key())[1], "content-type", type};
  }

  private static String[] auth(String key) {
    String pair = ACCOUNT + ":" + key;
    return new String[] {
      "authorization",
      "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))
    };
  }

  private static String id(JsonObject message) {
    return DialectIds.ofHex(message.getString("sid").substring(2)).orElseThrow().toString();
  }

  private static String updated(Reply fetched) {
    return fetched.json().getString("date_updated");
  }

  private static JsonArray sids(JsonObject page) {
    JsonArray sids = new JsonArray();
    page.getJsonArray("messages").forEach(each -> sids.add(((JsonObject) each).getString("sid")));
    return sids;
  }
}
