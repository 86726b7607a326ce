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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways with ledgers of their own and one Redis: what one learns, the other knows. */
@Timeout(300)
class SharedBreakersIT {
  private static final String PRIMARY = "sendgrid";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int MESSAGES = 40;
  private static final int EACH = 30;
  private static final int ROUNDS = 5;
  private static final int PER_SECOND = 8;

  private static SimulatorProcess simulator;

  @TempDir Path directory;

  @BeforeAll
  static void startSimulator() {
    simulator = SimulatorProcess.start();
  }

  @AfterAll
  static void stopSimulator() {
    simulator.close();
  }

  @BeforeEach
  void everythingWorks() {
    simulator.reset();
  }

  @Test
  void whatOneGatewayLearnsOfAProviderTheOtherKnows() {
    try (TestRedis redis = TestRedis.start(directory.resolve("redis"));
        GatewayProcess one = GatewayProcess.start(settings("one", redis));
        GatewayProcess other = GatewayProcess.start(settings("other", redis))) {
      ApiClient first = one.admin();
      ApiClient second = other.admin();
      await().atMost(LIMIT).until(() -> first.metric("redis_health") == 1);

      simulator.mode(PRIMARY, "unavailable");
      send(first);
      awaitState(first, "open");
      awaitState(second, "open");
      awaitLastMove(second, "shared");
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
    try (TestRedis redis = TestRedis.start(directory.resolve("redis"));
        GatewayProcess one = GatewayProcess.start(limited("one", redis));
        GatewayProcess other = GatewayProcess.start(limited("other", redis))) {
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

      boolean told = false;
      for (int round = 0; round < ROUNDS && !told; round++) {
        told = keepToTheRateTogether(first, second, round);
      }
      assertThat(told).as("the notifications were there soon enough to tell").isTrue();
    }
  }

  /**
   * Both are given as much at once, which takes so long at least as the rate wants it, and longer
   * on a busy machine.
   *
   * @return whether that tells anything: gateways that do not share the rate are through in half of
   *     the time, unless it took long to give them the notifications
   */
  private static boolean keepToTheRateTogether(ApiClient first, ApiClient second, int round) {
    simulator.reset();
    Instant begin = Clock.systemUTC().instant();
    List<String> atFirst = telegrams(first, "first-" + round);
    List<String> atSecond = telegrams(second, "second-" + round);
    double giving = secondsBetween(begin, Clock.systemUTC().instant());
    Settling.awaitAll(first, atFirst, LIMIT, SharedBreakersIT::isSent);
    Settling.awaitAll(second, atSecond, LIMIT, SharedBreakersIT::isSent);
    List<Instant> taken =
        simulator.received("telegram").stream().map(SimulatorProcess.Received::takenAt).toList();
    assertThat(taken).hasSize(2 * EACH);
    double all = secondsBetween(begin, Collections.max(taken));
    double apart = (double) EACH / PER_SECOND;
    Report.print(
        "%d notifications of two gateways, given in %.2f s, took %.2f s at %d a second",
        2 * EACH, giving, all, PER_SECOND);
    double least = 0.8 * 2 * apart;
    assertThat(all).isGreaterThan(least);
    return giving + apart < least;
  }

  private static double secondsBetween(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1_000.0;
  }

  private static List<String> telegrams(ApiClient api, String batch) {
    JsonArray all = new JsonArray();
    IntStream.range(0, EACH).forEach(number -> all.add(Messages.telegram(number)));
    return api.batch(all, batch).json(202).getJsonArray("results").stream()
        .map(result -> ((JsonObject) result).getString("id"))
        .toList();
  }

  private static JsonObject health(ApiClient api) {
    return provider(api).getJsonObject("health", new JsonObject().put("success_rate", 100.0));
  }

  private static double share(ApiClient api) {
    return provider(api).getJsonObject("scores").getJsonObject("email").getDouble("traffic_share");
  }

  /** A breaker that never opens, and a rate of one provider that has no other of its channel. */
  private GatewaySettings limited(String name, TestRedis redis) {
    GatewaySettings settings =
        settings(name, redis)
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
    await().atMost(LIMIT).until(() -> first.metric("redis_health") == 0);

    command(first, "open");
    awaitState(first, "open");
    assertThat(stateOf(second)).isEqualTo("closed");

    redis.restart();
    awaitState(second, "open");
    awaitLastMove(second, "shared");
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

  /** What moved the breaker is written down after it has moved. */
  private static void awaitLastMove(ApiClient api, String cause) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              JsonArray events =
                  api.get("/api/v1/providers/" + PRIMARY + "/breaker-events")
                      .json(200)
                      .getJsonArray("events");
              assertThat(events).isNotEmpty();
              assertThat(events.getJsonObject(events.size() - 1).getString("cause"))
                  .isEqualTo(cause);
            });
  }

  private GatewaySettings settings(String name, TestRedis redis) {
    return GatewaySettings.in(directory.resolve(name))
        .against(simulator)
        .with("redis.urls", redis.url())
        .with("breaker.recovery_timeout", "10m")
        .with("breaker.max_recovery_timeout", "10m");
  }
}
