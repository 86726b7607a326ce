package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Quotas as callers meet them. */
class QuotaApiTest {
  private static final String SEND = "/api/v1/notifications/send";
  private static final String BATCH = "/api/v1/notifications/batch";
  private static final String QUOTAS = "/api/v1/quotas";

  @TempDir private Path dir;
  private TestGateway gateway;
  private Calls calls;

  @BeforeEach
  void start() throws Exception {
    gateway =
        TestGateway.start(
            dir, Map.of("quotas.tenants", "small=3/0", "quotas.tenant_per_month", "1000000"));
    calls = new Calls(gateway.url());
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void beyondTheQuotaOfATenantTheAnswerIs429WithItsTypeAndHeaders() throws Exception {
    String token = "Bearer " + gateway.token(Role.SENDER, "small");
    Calls.Reply first = send(token, "k");
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.header("ratelimit")).startsWith("\"tenant-day\";r=2;t=");
    assertThat(first.header("ratelimit-policy")).isEqualTo("\"tenant-day\";q=3;w=86400");
    // What is stored already costs nothing.
    assertThat(send(token, "k").json().getBoolean("duplicate")).isTrue();
    assertThat(send(token, "l").status()).isEqualTo(202);
    assertThat(send(token, "m").header("ratelimit")).startsWith("\"tenant-day\";r=0;t=");
    // Also when nothing more may be sent.
    assertThat(send(token, "k").json().getBoolean("duplicate")).isTrue();
    Calls.Reply over = send(token, "n");
    assertThat(over.status()).isEqualTo(429);
    assertThat(over.json().getString("type")).isEqualTo("/problems/quota-exceeded");
    long resets = Long.parseLong(over.header("retry-after"));
    assertThat(resets).isBetween(1L, 86_400L);
    assertThat(over.header("ratelimit")).startsWith("\"tenant-day\";r=0;t=");
    // Others' go on.
    assertThat(send("Bearer " + gateway.token(Role.SENDER, "large"), "k").status()).isEqualTo(202);
    JsonObject shown = quotas(token).getJsonObject(0);
    assertThat(shown.getString("of") + shown.getString("period")).isEqualTo("tenantday");
    assertThat(shown.getInteger("used")).isEqualTo(3);
    assertThat(shown.getInteger("remaining")).isZero();
    Calls.Reply metrics =
        calls.send("GET", "/metrics", "", "authorization", "Bearer " + gateway.token(Role.MANAGER));
    assertThat(metrics.text())
        .contains("signalbox_quota_used_ratio{of=\"tenant\"} 1.0")
        .containsPattern("refused_total\\{[^}]*\"quota\"[^}]*} 1\\.0");
  }

  @Test
  void rentsCountAsNotificationsDo() throws Exception {
    String token = "Bearer " + gateway.token(Role.SENDER, "small");
    for (String key : List.of("a", "b", "c")) {
      assertThat(rent(token, key).status()).isEqualTo(202);
    }
    assertThat(send(token, "n").status()).isEqualTo(429);
    Calls.Reply over = rent(token, "d");
    assertThat(over.status()).isEqualTo(429);
    assertThat(over.json().getString("type")).isEqualTo("/problems/quota-exceeded");
    assertThat(over.header("retry-after")).isNotNull();
    assertThat(over.header("ratelimit")).startsWith("\"tenant-day\";r=0;t=");
  }

  private Calls.Reply rent(String token, String key) throws Exception {
    return calls.send(
        "POST",
        "/api/v1/numbers/rent",
        new JsonObject().put("country", "us").put("service", "wa").encode(),
        "authorization",
        token,
        "content-type",
        "application/json",
        "prefer",
        "wait=0",
        "idempotency-key",
        key);
  }

  @Test
  void ofABatchThatIsTooLongTheFirstOnesAreTaken() throws Exception {
    String token = "Bearer " + gateway.token(Role.SENDER, "small");
    String one = message().encode();
    String five = "[" + String.join(",", one, one, one, one, one) + "]";
    Calls.Reply part = post(BATCH, five, token);
    assertThat(part.status()).isEqualTo(202);
    assertThat(part.json().getInteger("accepted")).isEqualTo(3);
    JsonArray results = part.json().getJsonArray("results");
    assertThat(results.getJsonObject(2).getInteger("status")).isEqualTo(202);
    assertThat(results.getJsonObject(3).getInteger("status")).isEqualTo(429);
    assertThat(results.getJsonObject(4).getString("detail")).contains("quota");
    Calls.Reply none = post(BATCH, five, token);
    assertThat(none.status()).isEqualTo(429);
    assertThat(none.json().getString("type")).isEqualTo("/problems/quota-exceeded");
  }

  @Test
  void whatOfABatchWasTakenBeforeIsToldAgainThoughNothingMoreMayBeSent() throws Exception {
    String token = "Bearer " + gateway.token(Role.SENDER, "small");
    String one = message().encode();
    String five = "[" + String.join(",", one, one, one, one, one) + "]";
    JsonArray first = batch(five, token).getJsonArray("results");
    JsonObject again = batch(five, token);
    assertThat(again.getInteger("accepted")).isEqualTo(3);
    for (int i = 0; i < 5; i++) {
      JsonObject result = again.getJsonArray("results").getJsonObject(i);
      assertThat(result.getInteger("status")).isEqualTo(i < 3 ? 202 : 429);
      assertThat(result.getString("id")).isEqualTo(first.getJsonObject(i).getString("id"));
    }
  }

  @Test
  void whatWasStoredBeforeLeavesRoomForTheRestOfABatch() throws Exception {
    String token = "Bearer " + gateway.token(Role.SENDER, "small");
    String one = message().encode();
    assertThat(batch("[" + one + "," + one + "]", token).getInteger("accepted")).isEqualTo(2);
    JsonObject longer = batch("[" + String.join(",", one, one, one, one) + "]", token);
    assertThat(longer.getJsonArray("results"))
        .extracting(each -> ((JsonObject) each).getInteger("status"))
        .containsExactly(202, 202, 202, 429);
  }

  private JsonObject batch(String body, String token) throws Exception {
    Calls.Reply reply =
        calls.send(
            "POST",
            BATCH,
            body,
            "content-type",
            "application/json",
            "authorization",
            token,
            "idempotency-key",
            "b");
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    return reply.json();
  }

  @Test
  void aKeyHasItsOwnAndSeesItsOwn() throws Exception {
    String admin = "Bearer " + gateway.token(Role.ADMIN);
    String body = "{\"name\":\"n\",\"roles\":[\"sender\"],\"per_day\":2,\"per_month\":50}";
    JsonObject key = post("/api/v1/api-keys", body, admin).json();
    assertThat(key.getInteger("per_day")).isEqualTo(2);
    String own = "Bearer " + key.getString("key");
    assertThat(send(own, "a").header("ratelimit")).startsWith("\"key-day\";r=1;t=");
    assertThat(send(own, "b").status()).isEqualTo(202);
    assertThat(send(own, "c").status()).isEqualTo(429);
    assertThat(send(admin, "d").status()).isEqualTo(202);
    // The tenant's own, and a day and a month of the key's; the same for an admin.
    assertThat(quotas(own)).hasSize(3).isEqualTo(quotas(admin));
    assertThat(quotas("Bearer " + gateway.token(Role.VIEWER))).hasSize(1);
    assertThat(quotas("Bearer " + gateway.token(Role.ADMIN, "other"))).hasSize(1);
  }

  private JsonArray quotas(String token) throws Exception {
    JsonArray quotas =
        calls.send("GET", QUOTAS, "", "authorization", token).json().getJsonArray("quotas");
    // Time goes on between two looks.
    quotas.forEach(each -> ((JsonObject) each).remove("resets_in_seconds"));
    return quotas;
  }

  private Calls.Reply send(String token, String key) throws Exception {
    return calls.send(
        "POST",
        SEND,
        message().encode(),
        "content-type",
        "application/json",
        "authorization",
        token,
        "idempotency-key",
        key);
  }

  private Calls.Reply post(String path, String body, String token) throws Exception {
    return calls.send(
        "POST", path, body, "content-type", "application/json", "authorization", token);
  }

  private static JsonObject message() {
    return new JsonObject()
        .put("notification_type", "greeting")
        .put("channel", "email")
        .put("recipient_email", "a@example.org")
        .put("title", "t")
        .put("message", "m");
  }
}
