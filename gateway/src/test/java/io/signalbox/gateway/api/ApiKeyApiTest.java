package io.signalbox.gateway.api;

import static io.signalbox.gateway.api.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeyApiTest {
  private static final String PATH = "/api/v1/api-keys";
  private static final String MESSAGE =
      "{\"notification_type\":\"greeting\",\"channel\":\"email\",\"recipient_email\":\"a@example.org\","
          + "\"title\":\"t\",\"message\":\"m\"}";

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
  void aKeySendsInBothHeadersAndTheTimelineNamesIt() throws Exception {
    JsonObject key = create("{\"name\":\"shop\",\"roles\":[\"sender\"]}");
    String text = key.getString("key");
    assertThat(text).startsWith(key.getString("prefix") + "_").hasSize(60);
    String json = "application/json";
    Calls.Reply sent = send("content-type", json, "authorization", "Bearer " + text);
    assertThat(sent.status()).isEqualTo(202);
    assertThat(send("content-type", json, "x-api-key", text).status()).isEqualTo(202);
    JsonObject timeline = calls.send("GET", sent.header("location"), "", "x-api-key", text).json();
    assertThat(timeline.getString("credential")).isEqualTo("api_key");
    assertThat(timeline.getString("subject")).isEqualTo("api_key:" + key.getString("id") + ":shop");
    // Its role allows no more.
    assertThat(calls.send("GET", PATH, "", "x-api-key", text).status()).isEqualTo(403);
  }

  @Test
  void keysAreListedWithoutTheirSecretsAndNotToOtherTenants() throws Exception {
    JsonObject key =
        create(
            "{\"name\":\"shop\",\"roles\":[\"viewer\"],\"expires_at\":\"2999-01-01T00:00:00Z\"}");
    Calls.Reply list = calls.send("GET", PATH, "", "authorization", admin);
    JsonObject listed = list.json().getJsonArray("api_keys").getJsonObject(0);
    assertThat(listed.getString("id")).isEqualTo(key.getString("id"));
    assertThat(listed.getJsonArray("roles")).isEqualTo(new JsonArray().add("viewer"));
    assertThat(listed.getString("expires_at")).isEqualTo("2999-01-01T00:00:00Z");
    assertThat(list.text())
        .doesNotContain(key.getString("key").substring(17))
        .doesNotContain("hash");

    String other = "Bearer " + gateway.token(Role.ADMIN, "other");
    assertThat(calls.send("GET", PATH, "", "authorization", other).json().getJsonArray("api_keys"))
        .isEmpty();
    String one = PATH + "/" + key.getString("id");
    assertThat(calls.send("DELETE", one, "", "authorization", other).status()).isEqualTo(404);
    assertThat(calls.send("POST", one + "/rotate", "", "authorization", other).status())
        .isEqualTo(404);
    assertThat(use(key.getString("key"))).isEqualTo(200);
  }

  @Test
  void aRevokedKeyIsRefusedAtOnceAndWhatIsRotatedOverlaps() throws Exception {
    JsonObject first = create("{\"name\":\"shop\",\"roles\":[\"viewer\"]}");
    String one = PATH + "/" + first.getString("id");
    assertThat(use(first.getString("key"))).isEqualTo(200);
    JsonObject second = calls.send("POST", one + "/rotate", "", "authorization", admin).json();
    assertThat(use(first.getString("key"))).isEqualTo(200);
    assertThat(use(second.getString("key"))).isEqualTo(200);
    // Somebody who did not see that answer asks again: the key in use is not ended by that.
    Calls.Reply again = calls.send("POST", one + "/rotate", "", "authorization", admin);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text()).contains(second.getString("previous_until"), "overlap_seconds");
    assertThat(use(first.getString("key"))).isEqualTo(200);
    JsonObject third =
        calls
            .send("POST", one + "/rotate", "{\"overlap_seconds\":0}", "authorization", admin)
            .json();
    assertThat(use(first.getString("key"))).isEqualTo(401);
    assertThat(use(second.getString("key"))).isEqualTo(401);
    assertThat(use(third.getString("key"))).isEqualTo(200);
    assertThat(calls.send("DELETE", one, "", "authorization", admin).status()).isEqualTo(200);
    assertThat(use(third.getString("key"))).isEqualTo(401);
    assertThat(calls.send("DELETE", one, "", "authorization", admin).status()).isEqualTo(404);
    assertThat(actions()).startsWith("api_key.revoke", "api_key.rotate", "api_key.rotate");
  }

  @Test
  void aKeyThatIsTakenBackElsewhereIsRefusedSoonAlsoWhileItIsBusy() throws Exception {
    // That it is within a second, ApiKeyVerifierTest proves by a clock of its own.
    JsonObject key = create("{\"name\":\"shop\",\"roles\":[\"viewer\"]}");
    assertThat(use(key.getString("key"))).isEqualTo(200);
    // As another gateway does it, of which this one hears nothing.
    AuditEntry line =
        new AuditEntry(0, new Who("default", "x", "", ""), "a", "t", null, null, "done", "");
    await(gateway.ledger().apiKeys().removeApiKey("default", key.getString("id"), line));
    Patience.await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(30))
        .until(() -> use(key.getString("key")) == 401);
    assertThat(use(key.getString("key"))).isEqualTo(401);
  }

  @Test
  void aKeyWithAQuotaGetsNoOtherThatHasNone() throws Exception {
    JsonObject free = create("{\"name\":\"free\",\"roles\":[\"sender\"]}");
    JsonObject own = create("{\"name\":\"own\",\"roles\":[\"admin\"],\"per_day\":100}");
    String key = own.getString("key");
    Calls.Reply made =
        calls.send("POST", PATH, "{\"name\":\"x\",\"roles\":[\"sender\"]}", "x-api-key", key);
    assertThat(made.status()).isEqualTo(403);
    assertThat(made.text()).contains("has a quota");
    String others = PATH + "/" + free.getString("id") + "/rotate";
    assertThat(calls.send("POST", others, "", "x-api-key", key).status()).isEqualTo(403);
    // Its own new secret has the same quota.
    String itself = PATH + "/" + own.getString("id") + "/rotate";
    Calls.Reply rotated = calls.send("POST", itself, "", "x-api-key", key);
    assertThat(rotated.status()).as(rotated.text()).isEqualTo(200);
    assertThat(rotated.json().getInteger("per_day")).isEqualTo(100);
  }

  @Test
  void theLastUseIsNoted() throws Exception {
    JsonObject key = create("{\"name\":\"shop\",\"roles\":[\"viewer\"]}");
    assertThat(use(key.getString("key"))).isEqualTo(200);
    Patience.await()
        .until(
            () ->
                calls
                    .send("GET", PATH, "", "authorization", admin)
                    .text()
                    .contains("last_used_at"));
  }

  @Test
  void mistakesAreNamed() throws Exception {
    Calls.Reply reply =
        calls.send(
            "POST",
            PATH,
            "{\"name\":\"\",\"roles\":[\"king\"],\"expires_at\":\"soon\",\"rols\":1}",
            "authorization",
            admin);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("/name", "/roles", "/expires_at", "/rols", "roles?");
    String past = "{\"name\":\"x\",\"roles\":[\"sender\"],\"expires_at\":\"2001-01-01T00:00:00Z\"}";
    assertThat(calls.send("POST", PATH, past, "authorization", admin).text())
        .contains("/expires_at", "must be a time to come");
    assertThat(calls.send("POST", PATH, "{}", "authorization", admin).status()).isEqualTo(422);
    assertThat(calls.send("POST", PATH + "/no/rotate", "", "authorization", admin).status())
        .isEqualTo(404);
  }

  @Test
  void refusedCredentialsAreInTheAuditLogCountedAndWithoutThemselves() throws Exception {
    JsonObject key = create("{\"name\":\"shop\",\"roles\":[\"viewer\"]}");
    String forged = key.getString("key").substring(0, 50) + "0000000000";
    for (int i = 0; i < 30; i++) {
      assertThat(use(forged)).isEqualTo(401);
    }
    assertThat(use("sbx_nonsense")).isEqualTo(401);
    assertThat(calls.send("GET", PATH, "", "authorization", "Bearer no.token.x").status())
        .isEqualTo(401);
    assertThat(calls.send("GET", PATH, "", "authorization", "Basic YTpi").status()).isEqualTo(401);
    assertThat(calls.send("GET", PATH, "", "authorization", "Bearer ").status()).isEqualTo(401);
    assertThat(use("a-key-of-others")).isEqualTo(401);
    // Whoever shows nothing was not refused a credential.
    assertThat(calls.send("GET", PATH, "").status()).isEqualTo(401);
    assertThat(TestParts.refusals(gateway)).isEqualTo(Map.of("key", 30, "malformed", 5));
    List<AuditEntry> lines = trail().stream().filter(e -> e.action().equals("sign_in")).toList();
    assertThat(lines)
        .allSatisfy(line -> assertThat(line.who().origin()).isEqualTo("127.0.0.1"))
        .allSatisfy(line -> assertThat(line.toString()).doesNotContain(forged.substring(17)));
  }

  private List<String> actions() throws Exception {
    return trail().stream().map(AuditEntry::action).toList();
  }

  private List<AuditEntry> trail() throws Exception {
    return await(gateway.ledger().auditLog().auditTrail(100));
  }

  private int use(String key) throws Exception {
    return calls.send("GET", "/health/providers", "", "x-api-key", key).status();
  }

  private Calls.Reply send(String... headers) throws Exception {
    return calls.send("POST", SendRoutes.NOTIFICATIONS + "/send", MESSAGE, headers);
  }

  private JsonObject create(String body) throws Exception {
    Calls.Reply reply = calls.send("POST", PATH, body, "authorization", admin);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(reply.header("cache-control")).isEqualTo("no-store");
    return reply.json();
  }
}
