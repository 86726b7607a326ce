package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.redis.TestRedis;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
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
  private static final int EACH = 20;
  private static final int PER_SECOND = 8;

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
      assertThat(second.metric("signalbox_attempt_seconds_count"))
          .as("it had to fail nowhere else")
          .isZero();

      simulator.mode(PRIMARY, "ok");
      command(second, "reset");
      awaitState(second, "closed");
      awaitState(first, "closed");

      goesOnWithoutRedis(redis, one, first, second);
    }
  }

  @Test
  void bothRankByWhatEitherSawAndKeepToARateTogether() {
    try (SimulatorProcess simulator = SimulatorProcess.start();
        TestRedis redis = TestRedis.start(directory.resolve("redis"));
        GatewayProcess one = GatewayProcess.start(limited("one", simulator, redis));
        GatewayProcess other = GatewayProcess.start(limited("other", simulator, redis))) {
      ApiClient first = one.admin();
      ApiClient second = other.admin();

      simulator.mode(PRIMARY, "unavailable");
      send(first);
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                assertThat(health(second).getDouble("success_rate")).isLessThan(75);
                assertThat(health(second)).isEqualTo(health(first));
                assertThat(share(second)).isLessThan(0.1);
              });

      List<String> atFirst = telegrams(first, 0);
      List<String> atSecond = telegrams(second, EACH);
      Settling.awaitAll(first, atFirst, LIMIT, SharedBreakersIT::isSent);
      Settling.awaitAll(second, atSecond, LIMIT, SharedBreakersIT::isSent);
      List<Instant> taken =
          simulator.received("telegram").stream()
              .map(SimulatorProcess.Received::takenAt)
              .sorted()
              .toList();
      assertThat(taken).hasSize(2 * EACH);
      // Each by itself would be through in half of the time.
      double seconds =
          Duration.between(taken.get(0), taken.get(taken.size() - 1)).toMillis() / 1_000.0;
      assertThat(seconds).isGreaterThan(0.7 * 2 * EACH / PER_SECOND);
    }
  }

  private static List<String> telegrams(ApiClient api, int from) {
    return IntStream.range(from, from + EACH)
        .mapToObj(number -> api.send(Messages.telegram(number)))
        .toList();
  }

  private static JsonObject health(ApiClient api) {
    return provider(api).getJsonObject("health", new JsonObject().put("success_rate", 100.0));
  }

  private static double share(ApiClient api) {
    return provider(api).getJsonObject("scores").getJsonObject("email").getDouble("traffic_share");
  }

  /** A breaker that never opens, and a rate of one provider that has no other of its channel. */
  private GatewaySettings limited(String name, SimulatorProcess simulator, TestRedis redis) {
    GatewaySettings settings =
        settings(name, simulator, redis)
            .with("breaker.failure_threshold", 10_000)
            .with("breaker.minimum_calls", 10_000);
    Path file = Path.of(settings.values().get("sandbox.providers_dir")).resolve("telegram.yaml");
    try {
      Files.writeString(
          file, "max_per_second: " + PER_SECOND + "\nburst: 1\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
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
    Settling.awaitAll(api, ids, LIMIT, SharedBreakersIT::isSent);
  }

  private static boolean isSent(Timeline timeline) {
    return timeline.isDelivered() || "sent".equals(timeline.state());
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

  private GatewaySettings settings(String name, SimulatorProcess simulator, TestRedis redis) {
    return GatewaySettings.in(directory.resolve(name))
        .against(simulator)
        .withAttemptTimeout("30s")
        .with("redis.urls", redis.url())
        .with("breaker.recovery_timeout", "10m")
        .with("breaker.max_recovery_timeout", "10m");
  }
}
