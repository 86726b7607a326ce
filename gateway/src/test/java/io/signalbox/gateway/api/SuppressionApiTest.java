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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The suppression list over HTTP, and what it does to notifications. */
class SuppressionApiTest {
  private static final String PATH = "/api/v1/suppressions";
  private static final String MAIL =
      "{\"notification_type\":\"t\",\"channel\":\"email\",\"recipient_email\":\"Alex@Example.com\","
          + "\"message\":\"m\"%s}";

  @TempDir private Path dir;
  private TestGateway gateway;
  private Calls calls;

  @BeforeEach
  void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of());
    calls = new Calls(gateway.url());
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void aSuppressedRecipientFailsAtOnceAndTheTimelineSaysWhy() throws Exception {
    add("{\"channel\":\"email\",\"recipient\":\"ALEX@example.com\",\"note\":\"asked by phone\"}");

    JsonObject accepted = send("").json();

    assertThat(accepted.getString("status")).isEqualTo("failed");
    JsonObject timeline = timeline(accepted.getString("id"));
    assertThat(timeline.getString("state")).isEqualTo("failed");
    assertThat(timeline.getString("reason")).isEqualTo("suppressed_manual");
    assertThat(call("GET", "/metrics", "").text())
        .contains("signalbox_suppressed_total{channel=\"email\",reason=\"manual\"} 1.0");
  }

  @Test
  void oneThatIgnoresTheListIsQueuedAndShowsIt() throws Exception {
    add("{\"channel\":\"email\",\"recipient\":\"alex@example.com\"}");

    JsonObject accepted = send(",\"ignore_suppression\":true").json();

    assertThat(accepted.getString("status")).isEqualTo("queued");
    assertThat(
            timeline(accepted.getString("id"))
                .getJsonObject("notification")
                .getBoolean("ignore_suppression"))
        .isTrue();
    assertThat(send(",\"ignore_suppression\":\"yes\"").json().encode())
        .contains("/ignore_suppression", "must be true or false");
  }

  @Test
  void whoIsTakenOffCanBeSentToAgain() throws Exception {
    JsonObject entry =
        add("{\"channel\":\"email\",\"recipient\":\"alex@example.com\",\"reason\":\"complaint\"}")
            .getJsonArray("suppressions")
            .getJsonObject(0);
    assertThat(entry.getString("created_by")).isEqualTo("test");
    assertThat(entry.getString("source")).isEqualTo("api");

    String path = PATH + "/" + entry.getString("id");
    assertThat(call("DELETE", path, "", gateway.token(Role.MANAGER, "other")).status())
        .isEqualTo(404);
    assertThat(call("DELETE", path, "").status()).isEqualTo(200);
    assertThat(call("DELETE", path, "").status()).isEqualTo(404);
    assertThat(call("DELETE", PATH + "/nobody", "").status()).isEqualTo(404);
    assertThat(send("").json().getString("status")).isEqualTo("queued");
  }

  @Test
  void pagesFollowEachOtherAndFiltersMayStandInABody() throws Exception {
    List<Object> wishes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      wishes.add(new JsonObject().put("channel", "telegram").put("recipient", 1000 + i));
    }
    wishes.add(new JsonObject().put("channel", "sms").put("recipient", "+15558675310"));
    JsonObject body = new JsonObject().put("suppressions", new JsonArray(wishes));
    assertThat(add(body.encode()).getInteger("added")).isEqualTo(6);
    assertThat(add(body.encode()).getInteger("added")).isZero();

    List<String> seen = new ArrayList<>();
    String after = "";
    do {
      JsonObject page = call("GET", PATH + "?channel=telegram&limit=2" + after, "").json();
      for (Object each : page.getJsonArray("suppressions")) {
        seen.add(((JsonObject) each).getString("recipient"));
      }
      String next = page.getString("next");
      after = next == null ? "" : "&after=" + next;
    } while (!after.isEmpty());
    assertThat(seen).containsExactly("1004", "1003", "1002", "1001", "1000");
    assertThat(search("{\"recipient\":\"+15558675310\"}").getJsonArray("suppressions")).hasSize(1);
    assertThat(search("{\"reason\":\"complaint\"}").getJsonArray("suppressions")).isEmpty();
  }

  @Test
  void onlyManagersSeeIt() throws Exception {
    for (Role role : List.of(Role.SENDER, Role.VIEWER)) {
      assertThat(call("GET", PATH, "", gateway.token(role)).status()).isEqualTo(403);
    }
    assertThat(calls.send("GET", PATH, "").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                  | /channel is needed: one of email
          {'channel':'number','recipient':'1'}                | /channel must be one of
          {'channel':'email','recipient':'no'}                | /recipient must be one mail address
          {'channel':'sms','recipient':'0123'}                | /recipient must be a number in E.164
          {'channel':'sms'}                                   | /recipient is needed
          {'channel':'telegram','recipient':'@x'}             | /recipient must be the number of a chat
          {'channel':'telegram','recipient':1,'reason':'x'}   | /reason must be one of hard_bounce
          {'channel':'telegram','recipient':1,'note':' '}     | /note must be a text of 1 to 500
          {'channel':'telegram','recipient':1,'reasons':'x'}  | is not a known field; did you mean reason
          {'suppressions':[]}                                 | /suppressions must be a list of 1 to 1000
          {'suppressions':[5]}                                | /suppressions/0 must be an object
          {'suppressions':[{'channel':'x'}]}                  | /suppressions/0/channel must be one of
          """)
  void mistakesAreToldWithTheirPlaces(String body, String expected) throws Exception {
    Reply reply = call("POST", PATH, body.replace('\'', '"'));
    assertThat(reply.status()).isEqualTo(422);
    JsonObject error = reply.json().getJsonArray("errors").getJsonObject(0);
    assertThat(error.getString("pointer") + " " + error.getString("detail")).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ?chanel=sms     | did you mean channel
          ?channel=pigeon | channel must be one of
          ?reason=bored   | reason must be one of
          ?limit=1001     | limit must be a whole number from 1 to 1000
          ?after=x        | after must be what next was
          """)
  void mistypedFiltersAreRefused(String query, String expected) throws Exception {
    Reply reply = call("GET", PATH + query, "");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().getString("detail")).contains(expected);
  }

  private Reply send(String more) throws Exception {
    return calls.send(
        "POST",
        "/api/v1/notifications/send",
        MAIL.replace("%s", more),
        "authorization",
        "Bearer " + gateway.token(Role.SENDER),
        "content-type",
        "application/json");
  }

  private JsonObject timeline(String id) throws Exception {
    return call("GET", "/api/v1/notifications/" + id, "").json();
  }

  private JsonObject add(String body) throws Exception {
    Reply reply = call("POST", PATH, body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private JsonObject search(String body) throws Exception {
    return call("POST", PATH + "/search", body).json();
  }

  private Reply call(String method, String path, String body) throws Exception {
    return call(method, path, body, gateway.token(Role.MANAGER));
  }

  private Reply call(String method, String path, String body, String token) throws Exception {
    return calls.send(method, path, body, "authorization", "Bearer " + token);
  }
}
