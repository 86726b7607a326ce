package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.security.Role;
import io.signalbox.gateway.security.Scope;
import io.signalbox.gateway.security.Scopes;
import io.signalbox.spi.Channel;
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

/** Credentials that are narrowed: every operation of the document with every scope. */
class ScopeTableTest {
  private static final String SEND = "/api/v1/notifications/send";
  private static final String KEYS = "/api/v1/api-keys";

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
  void eachCallNeedsItsScopeAndNoOtherIsEnough() throws Exception {
    for (Scope scope : Scope.values()) {
      String token = "Bearer " + gateway.narrowed(scope.wireName());
      for (Operation operation : Operation.all()) {
        if (operation.open()) {
          continue;
        }
        Calls.Reply reply =
            calls.send(operation.method(), operation.path(), "", "authorization", token);
        boolean refused = reply.status() == 403 && reply.text().contains("needs the scope");
        String cell = operation.id() + " with " + scope.wireName() + ": " + reply.status();
        assertThat(refused).as(cell).isNotEqualTo(operation.scope().equals(scope.wireName()));
        if (refused) {
          assertThat(reply.header("www-authenticate"))
              .as(cell)
              .contains("insufficient_scope", '"' + operation.scope() + '"');
        }
      }
    }
  }

  @Test
  void scopesGiveNothingThatTheRoleDoesNot() throws Exception {
    String all = List.of(Scope.values()).stream().map(s -> '"' + s.wireName() + '"').toList() + "";
    Calls.Reply refused = create("{\"name\":\"n\",\"roles\":[\"viewer\"],\"scopes\":" + all + "}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("notifications:write, which none of the roles allows");
    String key = key("{\"name\":\"n\",\"roles\":[\"viewer\"],\"scopes\":[\"policies:read\"]}");
    assertThat(calls.send("GET", "/api/v1/policies", "", "x-api-key", key).status()).isEqualTo(200);
    assertThat(calls.send("GET", "/api/v1/providers", "", "x-api-key", key).status())
        .isEqualTo(403);
    assertThat(calls.send("POST", SEND, message("email"), headers(key)).text())
        .contains("role does not allow this call");
  }

  @Test
  void aKeyForOneChannelSendsOverNoOtherNorFallsBackToOne() throws Exception {
    String key =
        key("{\"name\":\"n\",\"roles\":[\"sender\"],\"scopes\":[\"notifications:write:email\"]}");
    Calls.Reply sent = calls.send("POST", SEND, message("email"), headers(key));
    assertThat(sent.status()).as(sent.text()).isEqualTo(202);
    Calls.Reply other = calls.send("POST", SEND, message("sms"), headers(key));
    assertThat(other.status()).isEqualTo(403);
    assertThat(other.text()).contains("notifications:write:sms");
    JsonObject falling = new JsonObject(message("email"));
    falling.put("fallback_channels", new JsonArray().add("sms"));
    assertThat(calls.send("POST", SEND, falling.encode(), headers(key)).status()).isEqualTo(403);
    String batch = "[" + message("email") + "," + message("sms") + "]";
    JsonArray results =
        calls
            .send("POST", "/api/v1/notifications/batch", batch, headers(key))
            .json()
            .getJsonArray("results");
    assertThat(results.getJsonObject(0).getInteger("status")).isEqualTo(202);
    assertThat(results.getJsonObject(1).getInteger("status")).isEqualTo(403);
    // What is sent over another channel could be called back otherwise.
    String cancel = sent.header("location") + "/cancel";
    assertThat(calls.send("POST", cancel, "", "x-api-key", key).status()).isEqualTo(403);
  }

  @Test
  void whoIsNarrowedMakesAndRotatesNoKeyWithMoreRights() throws Exception {
    Calls.Reply wide = create("{\"name\":\"w\",\"roles\":[\"admin\"]}");
    String narrow =
        key(
            "{\"name\":\"n\",\"roles\":[\"admin\"],\"scopes\":[\"api-keys:write\",\"audit:read\"]}");
    for (String scopes :
        List.of(
            "",
            ",\"scopes\":[\"notifications:write\"]",
            ",\"scopes\":[\"audit:read\",\"plugins:write\"]")) {
      String body = "{\"name\":\"x\",\"roles\":[\"admin\"]" + scopes + "}";
      Calls.Reply reply = calls.send("POST", KEYS, body, headers(narrow));
      assertThat(reply.status()).as(scopes).isEqualTo(403);
    }
    String within = "{\"name\":\"x\",\"roles\":[\"admin\"],\"scopes\":[\"audit:read\"]}";
    Calls.Reply made = calls.send("POST", KEYS, within, headers(narrow));
    assertThat(made.status()).isEqualTo(201);
    String rotate = KEYS + "/" + wide.json().getString("id") + "/rotate";
    assertThat(calls.send("POST", rotate, "{}", headers(narrow)).status()).isEqualTo(403);
    assertThat(calls.send("GET", KEYS, "", "x-api-key", wide.json().getString("key")).status())
        .isEqualTo(200);
    String own = KEYS + "/" + made.json().getString("id") + "/rotate";
    assertThat(calls.send("POST", own, "{}", headers(narrow)).status()).isEqualTo(200);
  }

  @Test
  void whatConcernsAllTenantsIsForTheOneThatOperatesTheGateway() throws Exception {
    String other = "Bearer " + gateway.token(Role.ADMIN, "shop");
    int found = 0;
    for (Operation operation : Operation.all()) {
      if (operation.open()) {
        continue;
      }
      Calls.Reply reply =
          calls.send(operation.method(), operation.path(), "", "authorization", other);
      boolean refused = reply.status() == 403 && reply.text().contains("for all tenants");
      assertThat(refused).as(operation.id()).isEqualTo(operation.forAllTenants());
      found += refused ? 1 : 0;
    }
    assertThat(found).isEqualTo(9);
  }

  @Test
  void theDocumentHasThemAll() throws Exception {
    List<String> words = new ArrayList<>();
    for (Scope scope : Scope.values()) {
      words.add(scope.wireName());
    }
    for (Channel channel : Channel.values()) {
      words.add("notifications:write:" + channel.wireName());
    }
    assertThat(words).allMatch(Scopes::isOne);
    JsonObject schemas =
        OpenApiTest.document().getJsonObject("components").getJsonObject("schemas");
    assertThat(schemas.getJsonObject("Scope").getJsonArray("enum")).isEqualTo(new JsonArray(words));
  }

  @Test
  void wordsThatAreNoScopesAllowNothing() {
    Scopes scopes =
        Scopes.of(List.of("notifications:wrte", "notifications:write:pigeon", "openid"));
    assertThat(scopes.named()).isEmpty();
    assertThat(scopes.sendsOver(Channel.EMAIL)).isFalse();
    assertThat(scopes.cover(Scopes.ALL)).isFalse();
    assertThat(Scopes.ALL.cover(scopes)).isTrue();
    List<String> words = new ArrayList<>(List.of("dead-letters:read", "notifications:write:sms"));
    assertThat(Scopes.of(words).words()).isEqualTo(words);
  }

  private Calls.Reply create(String body) throws Exception {
    return calls.send(
        "POST",
        KEYS,
        body,
        "content-type",
        "application/json",
        "authorization",
        "Bearer " + gateway.token(Role.ADMIN));
  }

  private String key(String body) throws Exception {
    Calls.Reply reply = create(body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.json().getString("key");
  }

  private static String[] headers(String key) {
    return new String[] {"content-type", "application/json", "x-api-key", key};
  }

  private static String message(String channel) {
    return new JsonObject()
        .put("notification_type", "greeting")
        .put("channel", channel)
        .put("recipient_email", "a@example.org")
        .put("recipient_phone", "+15550001234")
        .put("title", "t")
        .put("message", "m")
        .encode();
  }
}
