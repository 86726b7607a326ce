package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.redis.TestRedis;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways with ledgers of their own and one Redis: what one learns, the other knows. */
@Timeout(120)
class SharedBreakersIT {
  private static final String PRIMARY = "sendgrid";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int MESSAGES = 40;

  @TempDir Path directory;

  @Test
  void whatOneGatewayLearnsOfAProviderTheOtherKnows() {
    try (SimulatorProcess simulator = SimulatorProcess.start();
        TestRedis redis = TestRedis.start(directory.resolve("redis"));
        GatewayProcess one = GatewayProcess.start(settings("one", simulator, redis));
        GatewayProcess other = GatewayProcess.start(settings("other", simulator, redis))) {
      ApiClient first = one.admin();
      ApiClient second = other.admin();
      assertThat(first.metric("redis_health")).isEqualTo(1);

      simulator.mode(PRIMARY, "unavailable");
      send(first);
      awaitState(first, "open");
      awaitState(second, "open");
      assertThat(lastMove(second).getString("cause")).isEqualTo("shared");
      assertThat(attemptsAt(second)).as("it had to fail nowhere else").isZero();

      simulator.mode(PRIMARY, "ok");
      command(second, "reset");
      awaitState(second, "closed");
      awaitState(first, "closed");

      goesOnWithoutRedis(redis, one, first, second);
    }
  }

  /** Each for itself, until Redis is back: then both, though it has forgotten everything. */
  private static void goesOnWithoutRedis(
      TestRedis redis, GatewayProcess one, ApiClient first, ApiClient second) {
    redis.kill();
    one.awaitOutput(Pattern.compile("Redis is lost"), LIMIT);
    assertThat(first.metric("redis_health")).isZero();

    command(first, "open");
    awaitState(first, "open");
    assertThat(stateOf(second)).isEqualTo("closed");

    redis.restart();
    awaitState(second, "open");
    assertThat(lastMove(second).getString("cause")).isEqualTo("shared");
    assertThat(stateOf(first)).isEqualTo("open");
  }

  private static void send(ApiClient api) {
    List<String> ids =
        IntStream.range(0, MESSAGES).mapToObj(number -> api.send(Messages.email(number))).toList();
    // The simulator tells receipts to one gateway alone.
    Settling.awaitAll(api, ids, LIMIT, each -> each.isDelivered() || "sent".equals(each.state()));
  }

  private static void command(ApiClient api, String command) {
    api.post("/api/v1/providers/" + PRIMARY + "/" + command, new JsonObject()).json(200);
  }

  private static void awaitState(ApiClient api, String state) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(stateOf(api)).isEqualTo(state));
  }

  private static String stateOf(ApiClient api) {
    return provider(api).getJsonObject("breaker").getString("state");
  }

  private static JsonObject provider(ApiClient api) {
    JsonArray all = api.get("/api/v1/providers").json(200).getJsonArray("providers");
    return all.stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("id").equals(PRIMARY))
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject lastMove(ApiClient api) {
    JsonArray events =
        api.get("/api/v1/providers/" + PRIMARY + "/breaker-events")
            .json(200)
            .getJsonArray("events");
    return events.getJsonObject(events.size() - 1);
  }

  private static long attemptsAt(ApiClient api) {
    JsonObject health = provider(api).getJsonObject("health");
    return health == null ? 0 : health.getLong("attempts", 0L);
  }

  private GatewaySettings settings(String name, SimulatorProcess simulator, TestRedis redis) {
    return GatewaySettings.in(directory.resolve(name))
        .against(simulator)
        .withAttemptTimeout("30s")
        .with("redis.urls", redis.url())
        .with("breaker.recovery_timeout", "10m")
        .with("breaker.max_recovery_timeout", "10m");
  }
}
