package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callback endpoints over HTTP; nothing is sent to them here. */
class CallbackApiTest {
  private static final String PATH = "/api/v1/callbacks";

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
  void showsASecretOnceAndTheEndpointEverAfter() throws Exception {
    Reply added = call("POST", PATH, new JsonObject().put("url", "https://example.org/hook"));

    assertThat(added.status()).as(added.text()).isEqualTo(201);
    JsonObject endpoint = added.json();
    String one = PATH + "/" + endpoint.getString("id");
    assertThat(added.header("location")).isEqualTo(one);
    assertThat(endpoint.getString("secret")).matches("whsec_[A-Za-z0-9+/]{43}=");
    endpoint.remove("secret");
    assertThat(endpoint.getJsonArray("event_types")).containsExactly("io.signalbox.*");
    assertThat(endpoint.getBoolean("enabled")).isTrue();
    assertThat(get(one).json()).isEqualTo(endpoint);
    assertThat(get(PATH).json().getJsonArray("callbacks")).containsExactly(endpoint);
    assertThat(get(PATH).text()).doesNotContain("whsec_");
  }

  @Test
  void rotatesChangesDisablesEnablesAndRemoves() throws Exception {
    String one = add();
    JsonObject rotated = call("POST", one + "/rotate-secret", new JsonObject()).json();
    assertThat(rotated.getString("secret")).startsWith("whsec_");
    assertThat(rotated.getJsonArray("secrets")).hasSize(2);
    assertThat(rotated.getJsonArray("secrets").getJsonObject(1).getString("expires_at"))
        .isNotEmpty();

    JsonObject changed =
        call(
                "PATCH",
                one,
                new JsonObject()
                    .put("event_types", new JsonArray().add("io.signalbox.receipt.*"))
                    .put("description", "mine")
                    .put("enabled", false))
            .json();
    assertThat(changed.getJsonArray("event_types")).containsExactly("io.signalbox.receipt.*");
    assertThat(changed.getString("description")).isEqualTo("mine");
    assertThat(changed.getString("disabled_reason")).isEqualTo("by_hand");
    assertThat(call("POST", one + "/test", new JsonObject()).status()).isEqualTo(409);

    JsonObject enabled = call("POST", one + "/enable", new JsonObject()).json();
    assertThat(enabled.getBoolean("enabled")).isTrue();
    assertThat(enabled.containsKey("disabled_reason")).isFalse();

    assertThat(call("DELETE", one, new JsonObject()).status()).isEqualTo(200);
    assertThat(get(one).status()).isEqualTo(404);
    assertThat(call("DELETE", one, new JsonObject()).status()).isEqualTo(404);
  }

  @Test
  void tellsEveryMistakeWithItsPointer() throws Exception {
    JsonObject body =
        new JsonObject()
            .put("url", "https://127.0.0.1/hook")
            .put("event_types", new JsonArray().add("io.signalbox.receipt.bounced").add("nonsense"))
            .put("secret", "whsec_short");
    Reply refused = call("POST", PATH, body);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.header("content-type")).isEqualTo("application/problem+json");
    assertThat(refused.json().getJsonArray("errors"))
        .extracting(error -> ((JsonObject) error).getString("pointer"))
        .containsExactlyInAnyOrder("/url", "/event_types/1", "/secret");
    assertThat(pointers(call("POST", PATH, body.copy().put("description", 7).put("urll", "x"))))
        .containsExactlyInAnyOrder("/description", "/urll");
    assertThat(pointers(call("POST", PATH, new JsonObject()))).containsExactly("/url");
    assertThat(pointers(call("POST", PATH, new JsonObject().put("url", "http://example.org/"))))
        .containsExactly("/url");
    assertThat(
            pointers(
                call("PATCH", add(), new JsonObject().put("enabled", "yes").put("secret", "x"))))
        .containsExactlyInAnyOrder("/enabled", "/secret");
    assertThat(calls.send("POST", PATH, "[]", auth(Role.MANAGER)).status()).isEqualTo(400);
  }

  @Test
  void testsAreLoggedAndSentOnceMore() throws Exception {
    String one = add();
    String event = call("POST", one + "/test", new JsonObject()).json().getString("event_id");

    JsonObject delivery =
        get(one + "/deliveries").json().getJsonArray("deliveries").getJsonObject(0);
    assertThat(delivery.getString("event_id")).isEqualTo(event);
    assertThat(delivery.getString("event_type")).isEqualTo("io.signalbox.callback.test");
    assertThat(delivery.getString("state")).isEqualTo("pending");
    assertThat(delivery.getInteger("attempts")).isZero();
    assertThat(get(one + "/deliveries?state=failed").json().getJsonArray("deliveries")).isEmpty();

    JsonObject ids = new JsonObject().put("event_ids", new JsonArray().add(event));
    assertThat(call("POST", one + "/redeliver", ids).json())
        .isEqualTo(new JsonObject().put("redelivered", 1).put("more", false));
    JsonObject range =
        new JsonObject().put("from", "2020-01-01T00:00:00Z").put("state", "all").put("limit", 1);
    assertThat(call("POST", one + "/redeliver", range).json())
        .isEqualTo(new JsonObject().put("redelivered", 1).put("more", true));
  }

  @Test
  void pagesThroughTheLog() throws Exception {
    String one = add();
    for (int i = 0; i < 3; i++) {
      call("POST", one + "/test", new JsonObject());
    }
    JsonObject first = get(one + "/deliveries?limit=2").json();
    JsonObject second = get(one + "/deliveries?limit=2&after=" + first.getString("next")).json();

    assertThat(first.getJsonArray("deliveries")).hasSize(2);
    assertThat(second.getJsonArray("deliveries")).hasSize(1);
    assertThat(second.containsKey("next")).isFalse();
  }

  @Test
  void refusesWishesThatMeanNothing() throws Exception {
    String one = add();

    for (JsonObject wish :
        List.of(
            new JsonObject(),
            new JsonObject().put("event_ids", new JsonArray()),
            new JsonObject().put("event_ids", new JsonArray().add(7)),
            new JsonObject().put("event_ids", new JsonArray().add("x")).put("state", "all"),
            new JsonObject().put("from", "yesterday"),
            new JsonObject().put("from", "2020-01-01T00:00:00Z").put("state", "pending"),
            new JsonObject().put("from", "2020-01-01T00:00:00Z").put("limit", 10_001),
            new JsonObject().put("frm", "2020-01-01T00:00:00Z"))) {
      assertThat(call("POST", one + "/redeliver", wish).status()).as(wish.encode()).isEqualTo(422);
    }
    for (String query : List.of("?state=lost", "?limit=0", "?after=x", "?stat=failed")) {
      assertThat(get(one + "/deliveries" + query).status()).as(query).isEqualTo(422);
    }
  }

  @Test
  void anEndpointOfAnotherTenantDoesNotExist() throws Exception {
    String one = add();
    String[] other = {"authorization", "Bearer " + gateway.token(Role.MANAGER, "other")};

    for (String path :
        List.of(
            "GET ",
            "PATCH ",
            "DELETE ",
            "POST /rotate-secret",
            "POST /enable",
            "POST /test",
            "GET /deliveries",
            "POST /redeliver")) {
      String[] parts = path.split(" ", -1);
      String body = parts[1].equals("/redeliver") ? "{\"from\":\"2020-01-01T00:00:00Z\"}" : "";
      assertThat(calls.send(parts[0], one + parts[1], body, other).status())
          .as(path)
          .isEqualTo(404);
    }
    assertThat(calls.send("GET", PATH, "", other).json().getJsonArray("callbacks")).isEmpty();
    assertThat(get(PATH + "/not-an-id").status()).isEqualTo(404);
  }

  @Test
  void onlyManagersMayEvenLook() throws Exception {
    for (Role role : List.of(Role.SENDER, Role.VIEWER)) {
      assertThat(calls.send("GET", PATH, "", auth(role)).status()).isEqualTo(403);
    }
    assertThat(calls.send("GET", PATH, "").status()).isEqualTo(401);
  }

  private String add() throws Exception {
    JsonObject body = new JsonObject().put("url", "https://example.org/hook");
    return PATH + "/" + call("POST", PATH, body).json().getString("id");
  }

  private Reply get(String path) throws Exception {
    return calls.send("GET", path, "", auth(Role.MANAGER));
  }

  private Reply call(String method, String path, JsonObject body) throws Exception {
    return calls.send(method, path, body.encode(), auth(Role.MANAGER));
  }

  private String[] auth(Role role) {
    return new String[] {"authorization", "Bearer " + gateway.token(role)};
  }

  private static List<String> pointers(Reply refused) {
    assertThat(refused.status()).as(refused.text()).isEqualTo(422);
    return refused.json().getJsonArray("errors").stream()
        .map(error -> ((JsonObject) error).getString("pointer"))
        .toList();
  }
}
