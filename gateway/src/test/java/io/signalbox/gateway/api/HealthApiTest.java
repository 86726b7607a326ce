package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthApiTest {
  private static final List<String> PROBES =
      List.of("/health", "/health/live", "/health/ready", "/ready");
  private static final List<String> REPORTS =
      List.of(
          "/health/detailed",
          "/health/db",
          "/health/redis",
          "/health/providers",
          "/health/circuit-breakers",
          "/health/system",
          "/api/v1/notifications/pipeline/metrics",
          "/api/v1/notifications/pipeline/health");

  @TempDir private static Path dir;

  private static TestGateway gateway;
  private static Calls calls;

  @BeforeAll
  static void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of());
    calls = new Calls(gateway.url());
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  private static JsonObject report(String path) throws Exception {
    Calls.Reply reply =
        calls.send("GET", path, "", "authorization", "Bearer " + gateway.token(Role.VIEWER));
    assertThat(reply.status()).as(path).isEqualTo(200);
    return reply.json();
  }

  @Test
  void probesNeedNoTokenAndReportsDo() throws Exception {
    for (String path : PROBES) {
      assertThat(calls.send("GET", path, "").status()).as(path).isEqualTo(200);
    }
    for (String path : REPORTS) {
      assertThat(calls.send("GET", path, "").status()).as(path).isEqualTo(401);
      Patience.await().untilAsserted(() -> assertThat(report(path)).as(path).isNotEmpty());
    }
  }

  @Test
  void tellsOfTheStoreTheMachineAndTheWork() throws Exception {
    // A check that a busy machine has no answer for in time is told so until the next round.
    Patience.await().untilAsserted(HealthApiTest::tellsOfTheParts);
  }

  private static void tellsOfTheParts() throws Exception {
    JsonObject database = report("/health/db").getJsonObject("checks");
    assertThat(database.getJsonObject("database").getString("status")).isEqualTo("up");
    assertThat(database.getJsonObject("database").getString("engine")).isEqualTo("sqlite");
    assertThat(database.getJsonObject("database").getDouble("took_ms")).isNotNegative();
    assertThat(database.getJsonObject("database_writes").getLong("refused_for_ms")).isZero();
    assertThat(database.getJsonObject("database_pool").getInteger("size")).isPositive();
    assertThat(report("/health/redis").getString("status")).isEqualTo("not_used");
    JsonObject system = report("/health/system").getJsonObject("checks");
    assertThat(system.getJsonObject("disk").getLong("free_bytes")).isPositive();
    assertThat(system.getJsonObject("memory").getLong("heap_used_bytes")).isPositive();
    assertThat(system.getJsonObject("cpu").getInteger("processors")).isPositive();
    assertThat(system.getJsonObject("event_loops").getDouble("lag_ms")).isNotNegative();
    JsonObject checks = report("/health/detailed").getJsonObject("checks");
    assertThat(checks.getJsonObject("consumption").getLong("sweeper_found")).isZero();
    assertThat(checks.fieldNames()).contains("database", "redis", "webhooks", "event_loops");
  }

  @Test
  void namesTheProvidersThatDoNotWorkAndWhy() throws Exception {
    gateway.announce("broken", 1, Stage.ACTIVE, "open");
    gateway.announce("sound", 1, Stage.ACTIVE, "closed");
    Patience.await().untilAsserted(HealthApiTest::namesThoseThatDoNotWork);
  }

  private static void namesThoseThatDoNotWork() throws Exception {
    assertThat(report("/health/providers").getJsonArray("providers")).hasSize(2);
    JsonObject providers = report("/health/detailed").getJsonObject("providers");

    assertThat(providers.getString("status")).isEqualTo("degraded");
    JsonObject broken = providers.getJsonArray("providers").getJsonObject(0);
    assertThat(broken.getString("id")).isEqualTo("broken");
    assertThat(broken.getString("status")).isEqualTo("unavailable");
    assertThat(broken.getString("detail")).isEqualTo("test");
  }
}
