package io.signalbox.gateway.server;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.postgres.PostgresServer;
import io.signalbox.gateway.ledger.postgres.StallingProxy;
import io.signalbox.gateway.redis.TestRedis;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Role;
import io.signalbox.gateway.security.SigningKey;
import io.signalbox.gateway.security.TokenIssuer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health while PostgreSQL and Redis take connections and answer nothing. */
class HangingDependenciesTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long ANSWER_MILLIS = 1_000;

  /** A slow machine makes one answer late, not all of them. */
  private static final int TRIES = 20;

  private static final List<String> ALL =
      List.of(
          "/health",
          "/health/live",
          "/health/ready",
          "/ready",
          "/health/detailed",
          "/health/db",
          "/health/redis",
          "/health/providers",
          "/health/circuit-breakers",
          "/health/system",
          "/api/v1/notifications/pipeline/metrics",
          "/api/v1/notifications/pipeline/health",
          "/metrics");

  @TempDir Path dir;

  private final HttpClient http = HttpClient.newHttpClient();
  private Vertx vertx;
  private StallingProxy database;
  private TestRedis redis;
  private GatewayServer server;
  private String token;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    redis = TestRedis.start(dir.resolve("redis"));
    database = StallingProxy.before(vertx, PostgresServer.database());
    GatewayConfig config = config(database.address());
    server = told(GatewayServer.start(config));
    TokenIssuer issuer =
        new TokenIssuer(
            SigningKey.loadOrCreate(config.security().jwtKeyFile(), new SecureRandom()),
            Clock.systemUTC());
    token = issuer.issue(new Caller("test", "default", Set.of(Role.ADMIN)), Duration.ofMinutes(10));
  }

  @AfterEach
  void stop() throws Exception {
    redis.thaw();
    database.goOn();
    told(server.stop());
    redis.close();
    told(vertx.close());
  }

  private GatewayConfig config(PgConnectOptions address) throws Exception {
    Map<String, String> settings = OnPostgres.settings(dir, address);
    settings.put("redis.urls", redis.url());
    return ConfigLoader.load(Optional.empty(), Map.of(), settings);
  }

  private static <T> T told(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .timeout(LIMIT)
            .header("authorization", "Bearer " + token)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonObject json(String path) throws Exception {
    return new JsonObject(get(path).body());
  }

  private long quickestMillis(String path) throws Exception {
    long quickest = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && quickest >= ANSWER_MILLIS; i++) {
      long began = System.nanoTime();
      get(path);
      quickest = Math.min(quickest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }
    return quickest;
  }

  @Test
  void answersWithinASecondAndNamesWhatHangs() throws Exception {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(json("/health/db").getString("status")).isEqualTo("up");
              assertThat(json("/health/redis").getString("status")).isEqualTo("up");
            });

    database.stall();
    redis.freeze();

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(json("/health").getJsonArray("troubles")).contains("database", "redis"));
    for (String path : ALL) {
      assertThat(quickestMillis(path)).as(path).isLessThan(ANSWER_MILLIS);
    }
    assertThat(get("/health/db").statusCode()).isEqualTo(503);
    assertThat(get("/health/redis").statusCode()).isEqualTo(503);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    // The spool takes what PostgreSQL does not.
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/health/detailed").body()).doesNotContain("postgres://").doesNotContain(token);

    database.goOn();
    redis.thaw();

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(json("/health").getJsonArray("troubles"))
                    .doesNotContain("database", "redis"));
  }
}
