package io.signalbox.gateway.api;

import static io.signalbox.gateway.api.Planted.KEY;
import static io.signalbox.gateway.api.Planted.MARK;
import static io.signalbox.gateway.api.Planted.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes every call of the document with the admin of one tenant, on everything that another has, in
 * paths, queries, bodies and headers: nothing of it is seen, and nothing is changed.
 */
class TenantWalkTest {
  @TempDir private Path dir;
  private Planted planted;

  @BeforeEach
  void start() throws Exception {
    planted = new Planted(dir);
  }

  @AfterEach
  void stop() throws Exception {
    planted.close();
  }

  @Test
  void noCallCrossesTenants() throws Exception {
    Map<String, String> before = planted.seenByOwner();
    // Each kind of record is seen by its owner, or the walk would prove nothing.
    assertThat(before).hasSizeGreaterThanOrEqualTo(7);
    for (Operation operation : Operation.all()) {
      if (operation.open()) {
        continue;
      }
      for (String path : planted.paths(operation)) {
        for (String body : bodies()) {
          Reply reply = stranger(operation.method(), path, body);
          if (operation.id().equals("audit")) {
            // What the stranger has tried itself.
            assertThat(reply.json().getJsonArray("audit"))
                .allSatisfy(
                    line ->
                        assertThat(((JsonObject) line).getString("tenant")).isEqualTo("stranger"));
            continue;
          }
          String shown = operation.method() + " " + path + " " + body + ": " + reply.status();
          assertThat(planted.isAboutThePlanted(reply)).as(shown + reply.text()).isFalse();
          if (operation.template().contains("{id}")) {
            assertThat(reply.status()).as(shown).isGreaterThanOrEqualTo(400);
          }
        }
      }
    }
    assertThat(planted.seenByOwner()).isEqualTo(before);
  }

  @Test
  void theSameCallsOfTheOwnerFindWhatIsThere() throws Exception {
    int found = 0;
    for (Operation operation : Operation.all()) {
      if (operation.template().contains("{id}") && operation.method().equals("GET")) {
        for (String path : planted.paths(operation)) {
          if (owner("GET", path, "").status() == 200) {
            found++;
          }
        }
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(4);
  }

  @Test
  void filtersFindTheOwnersRecordsForTheOwnerOnly() throws Exception {
    String address = MARK + "@example.com";
    String search = new JsonObject().put("recipient", address).encode();
    List<String> lists =
        List.of(
            "/api/v1/dead-letters?id=" + planted.dead,
            "/api/v1/dead-letters?state=dead_letter&provider=alpha",
            "/api/v1/suppressions?recipient=" + address);
    for (String list : lists) {
      assertThat(planted.isAboutThePlanted(owner("GET", list, ""))).as(list).isTrue();
      Reply seen = stranger("GET", list, "");
      assertThat(seen.status()).as(list).isEqualTo(200);
      assertThat(planted.isAboutThePlanted(seen)).as(list).isFalse();
    }
    String path = "/api/v1/suppressions/search";
    assertThat(owner("POST", path, search).text()).contains(MARK);
    assertThat(stranger("POST", path, search).json().getJsonArray("suppressions")).isEmpty();
  }

  @Test
  void pagesAfterTheOwnersRecordsHaveNothingOfThem() throws Exception {
    for (String list :
        List.of(
            "/api/v1/dead-letters?after=" + planted.sent,
            "/api/v1/dead-letters?after=ffffffff-ffff-7fff-bfff-ffffffffffff",
            "/api/v1/suppressions?after=" + planted.suppression,
            "/api/v1/suppressions?after=1",
            "/api/v1/notifications?after=" + Long.MAX_VALUE,
            "/api/v1/notifications?recipient=" + MARK + "@example.com",
            "/api/v1/callbacks",
            "/api/v1/drills?limit=1000")) {
      Reply seen = stranger("GET", list, "");
      assertThat(seen.status()).as(list).isEqualTo(200);
      assertThat(planted.isAboutThePlanted(seen)).as(list + seen.text()).isFalse();
    }
  }

  @Test
  void whatIsReplayedOrDiscardedIsOnesOwn() throws Exception {
    JsonObject one = new JsonObject().put("filters", new JsonObject().put("id", planted.dead));
    String replay = "/api/v1/dead-letters/replay";
    for (JsonObject body : List.of(one, new JsonObject())) {
      assertThat(stranger("POST", replay, body.encode()).json().getInteger("replayed")).isZero();
      JsonObject dry = body.copy().put("dry_run", true);
      assertThat(stranger("POST", replay, dry.encode()).json().getInteger("matching")).isZero();
    }
    for (String query : List.of("id=" + planted.dead, "all=true", "provider=alpha")) {
      Reply gone = stranger("DELETE", "/api/v1/dead-letters?" + query, "");
      assertThat(gone.status()).as(gone.text()).isEqualTo(200);
    }
    JsonObject dry = one.copy().put("dry_run", true);
    assertThat(owner("POST", replay, dry.encode()).json().getInteger("matching")).isOne();
  }

  @Test
  void eventsOfOthersAreNotSentToOnesOwnEndpoint() throws Exception {
    Reply made = stranger("POST", "/api/v1/callbacks", "{\"url\":\"http://192.0.2.1/stranger\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String own = "/api/v1/callbacks/" + made.json().getString("id");
    String body = new JsonObject().put("event_ids", new JsonArray().add(planted.event)).encode();
    Reply reply = stranger("POST", own + "/redeliver", body);
    assertThat(reply.json().getInteger("redelivered", 0)).isZero();
    assertThat(stranger("GET", own + "/deliveries", "").json().getJsonArray("deliveries"))
        .isEmpty();
    String owners = "/api/v1/callbacks/" + planted.callback + "/redeliver";
    assertThat(owner("POST", owners, body).json().getInteger("redelivered")).isOne();
  }

  @Test
  void theSameIdempotencyKeyIsAnotherInAnotherTenant() throws Exception {
    String send = "/api/v1/notifications/send";
    String same = Planted.message().encode();
    Reply again =
        planted.calls.send("POST", send, same, headers(planted.owner, "idempotency-key", KEY));
    assertThat(again.json().getString("id")).isEqualTo(planted.sent);
    Reply first =
        planted.calls.send("POST", send, same, headers(planted.stranger, "idempotency-key", KEY));
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.json().getString("id")).isNotEqualTo(planted.sent);
    // Nor is it a conflict if it says something else.
    String other = Planted.message().put("title", "other").encode();
    Reply fresh =
        planted.calls.send(
            "POST", send, other, headers(planted.stranger, "idempotency-key", KEY + "-2"));
    assertThat(fresh.status()).isEqualTo(202);
  }

  private List<String> bodies() {
    JsonArray all = new JsonArray(planted.ids);
    return List.of(
        "",
        "{}",
        new JsonObject().put("id", planted.sent).encode(),
        new JsonObject().put("event_ids", all).encode(),
        new JsonObject().put("filters", new JsonObject().put("id", planted.dead)).encode(),
        new JsonObject().put("tenant", "owner").encode());
  }

  private Reply owner(String method, String path, String body) throws Exception {
    return planted.calls.send(method, path, body, headers(planted.owner));
  }

  private Reply stranger(String method, String path, String body) throws Exception {
    return planted.calls.send(method, path, body, headers(planted.stranger));
  }
}
