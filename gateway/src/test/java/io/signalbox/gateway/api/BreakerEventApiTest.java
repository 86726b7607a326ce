package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ProviderMessages.Limited;
import io.signalbox.gateway.bus.ProviderMessages.LimitsNow;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.ledger.BreakerLedger.BreakerTransition;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BreakerEventApiTest {
  private static final long AT = 1_767_225_600_000L;

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

  @Test
  void showsHowABreakerMovedNewestFirst() throws Exception {
    record("alpha", 1, "consecutive_failures", null);
    record("alpha", 2, "manual_reset", "ada");
    record("beta", 1, "provider_fault", null);

    JsonObject first = get("alpha", "?limit=1");
    JsonObject newest = first.getJsonArray("events").getJsonObject(0);
    assertThat(newest.getString("cause")).isEqualTo("manual_reset");
    assertThat(newest.getString("actor")).isEqualTo("ada");
    assertThat(newest.getInteger("generation")).isEqualTo(2);
    assertThat(newest.getString("at")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(newest.getString("open_until")).isEqualTo("2026-01-01T00:01:00Z");
    assertThat(newest.getJsonObject("evidence").getInteger("window_calls")).isEqualTo(7);

    JsonObject second = get("alpha", "?limit=5&after=" + first.getString("next"));
    JsonArray older = second.getJsonArray("events");
    assertThat(older).hasSize(1);
    assertThat(older.getJsonObject(0).getString("cause")).isEqualTo("consecutive_failures");
    assertThat(second.containsKey("next")).isFalse();
  }

  @Test
  void whoOnlyLooksIsNotToldWhoCommandedIt() throws Exception {
    record("epsilon", 1, "manual_reset", "ada");
    String path = "/api/v1/providers/epsilon/breaker-events";
    for (Role role : List.of(Role.ADMIN, Role.MANAGER)) {
      assertThat(call(path, role).text()).contains("\"actor\":\"ada\"");
    }
    Reply seen = call(path, Role.VIEWER);
    assertThat(seen.text()).contains("manual_reset").doesNotContain("actor").doesNotContain("ada");
  }

  @Test
  void aProviderThatNeverMovedHasNoEvents() throws Exception {
    gateway.announce("quiet", 1, Stage.ACTIVE, "closed");
    Patience.await()
        .untilAsserted(() -> assertThat(get("quiet", "").getJsonArray("events")).isEmpty());
  }

  @Test
  void anIdThatNobodyHasOrHadIsNotFound() throws Exception {
    record("delta", 1, "consecutive_failures", null);

    Reply typo = call("/api/v1/providers/delt/breaker-events", Role.VIEWER);
    assertThat(typo.status()).isEqualTo(404);
    assertThat(typo.text()).contains("there is no provider of that id; did you mean delta?");
    // One that is gone keeps its history, and the page after its last event.
    assertThat(get("delta", "").getJsonArray("events")).hasSize(1);
    assertThat(get("delta", "?after=1").getJsonArray("events")).isEmpty();
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    String path = "/api/v1/providers/alpha/breaker-events";
    assertThat(call(path + "?limt=5", Role.VIEWER).text())
        .contains("limt is not a known parameter");
    assertThat(call(path + "?limit=1001", Role.VIEWER).status()).isEqualTo(422);
    assertThat(call(path + "?after=x", Role.VIEWER).status()).isEqualTo(422);
    assertThat(call(path, Role.SENDER).status()).isEqualTo(403);
  }

  @Test
  void showsTheLimitsOfNow() throws Exception {
    gateway.announce("gamma", 1, Stage.ACTIVE, "closed");
    gateway
        .bus()
        .publish(Addresses.LIMITS, new Limited(Map.of("gamma", new LimitsNow(4, 10, 12.3456, 50))));
    // Neither the provider nor its limits are there at first.
    Patience.await()
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              JsonObject limits = provider("gamma").getJsonObject("limits");
              assertThat(limits.getInteger("concurrency")).isEqualTo(4);
              assertThat(limits.getInteger("max_concurrent")).isEqualTo(10);
              assertThat(limits.getDouble("per_second")).isEqualTo(12.35);
            });
    assertThat(provider("gamma").getJsonArray("warnings")).isEmpty();
    assertThat(call("/metrics", Role.MANAGER).text())
        .contains("signalbox_provider_concurrency_limit{provider=\"gamma\"} 4.0")
        .contains("signalbox_provider_rate_limit{provider=\"gamma\"} 12.3456")
        .contains("signalbox_provider_fault{provider=\"gamma\"} 0.0");
  }

  private static JsonObject provider(String id) throws Exception {
    return call("/api/v1/providers", Role.VIEWER).json().getJsonArray("providers").stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject get(String provider, String query) throws Exception {
    return call("/api/v1/providers/" + provider + "/breaker-events" + query, Role.MANAGER).json();
  }

  private static Reply call(String path, Role role) throws Exception {
    return calls.send("GET", path, "", "authorization", "Bearer " + gateway.token(role));
  }

  private static void record(String provider, long generation, String cause, String actor)
      throws Exception {
    gateway
        .ledger()
        .breakers()
        .recordTransition(
            new BreakerTransition(
                provider,
                "closed",
                "open",
                cause,
                "because",
                generation,
                AT,
                AT + 60_000,
                60_000,
                false,
                actor,
                "{\"window_calls\":7}"))
        .await(60, TimeUnit.SECONDS);
  }
}
