package io.signalbox.gateway.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Role;
import io.signalbox.gateway.security.SigningKey;
import io.signalbox.gateway.security.TokenIssuer;
import io.signalbox.gateway.server.GatewayServer;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rents and bookings through a whole gateway that has no provider for them, or no room. */
@Timeout(180)
class NobodyServesTest {
  private static final String BOOKINGS = "/api/v1/bookings";
  private static final String RENT = "/api/v1/numbers/rent";
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path dir;
  private final HttpClient client = HttpClient.newHttpClient();
  private Vertx vertx;
  private GatewayServer server;
  private String token;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  private void serve(Map<String, String> more) throws Exception {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "http.port", "0",
                "data.dir", dir.resolve("data").toString(),
                "plugins.dir", dir.resolve("plugins").toString()));
    settings.putAll(more);
    GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), settings);
    server = ended(GatewayServer.start(config));
    token =
        "Bearer "
            + new TokenIssuer(
                    SigningKey.loadOrCreate(config.security().jwtKeyFile(), new SecureRandom()),
                    Clock.systemUTC())
                .issue(
                    new Caller("test", SendNotification.DEFAULT_TENANT, Set.of(Role.ADMIN)),
                    Duration.ofHours(1));
  }

  @AfterEach
  void stop() throws Exception {
    ended(server.stop());
    ended(vertx.close());
  }

  private static <T> T ended(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
    return client.send(
        request.uri(URI.create(server.url() + path)).header("authorization", token).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, JsonObject body) throws Exception {
    return send(
        HttpRequest.newBuilder()
            .header("content-type", "application/json")
            .header("idempotency-key", "k1")
            .POST(BodyPublishers.ofString(body.encode())),
        path);
  }

  private static JsonObject booking() {
    return new JsonObject()
        .put("event_type", "7")
        .put(
            "start",
            Clock.systemUTC()
                .instant()
                .truncatedTo(ChronoUnit.HOURS)
                .plus(Duration.ofDays(3))
                .toString())
        .put(
            "attendee",
            new JsonObject()
                .put("name", "Jane Roe")
                .put("email", "jane@example.org")
                .put("time_zone", "Europe/London"));
  }

  private static JsonObject rent() {
    return new JsonObject().put("country", "us").put("service", "wa");
  }

  private static JsonObject unavailable(HttpResponse<String> refused, String type) {
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
    assertThat(Integer.parseInt(refused.headers().firstValue("retry-after").orElseThrow()))
        .isPositive();
    JsonObject problem = new JsonObject(refused.body());
    assertThat(problem.getString("type")).isEqualTo("/problems/" + type);
    assertThat(problem.getString("correlation_id")).hasSize(32);
    return problem;
  }

  @Test
  void whatNobodyServesIsRefusedOrQueuedUntilSomebodyDoes() throws Exception {
    serve(Map.of());
    Map<String, JsonObject> wishes = Map.of(BOOKINGS, booking(), RENT, rent());
    for (Map.Entry<String, JsonObject> wish : wishes.entrySet()) {
      // The key is free again, since nothing was done.
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> refused = post(wish.getKey(), wish.getValue());
        JsonObject problem = unavailable(refused, "provider-unavailable");
        assertThat(refused.headers().firstValue("retry-after")).contains("5");
        assertThat(problem.getBoolean("retryable")).isTrue();
        assertThat(problem.getString("detail")).isEqualTo("there is no provider for it");
        assertThat(problem.getJsonArray("attempts")).isEmpty();
      }
    }

    HttpResponse<String> queued = post(BOOKINGS, booking().put("queue_if_unavailable", true));
    assertThat(queued.statusCode()).as(queued.body()).isEqualTo(202);
    JsonObject pending = new JsonObject(queued.body());
    assertThat(pending.getString("status")).isEqualTo("pending");
    CalendarServer calendar = new CalendarServer(vertx);
    CalendarPlugin.put(dir.resolve("plugins"), ended(calendar.open()));
    Awaitility.await()
        .atMost(LONG)
        .until(
            () ->
                new JsonObject(
                        send(HttpRequest.newBuilder(), BOOKINGS + "/" + pending.getString("id"))
                            .body())
                    .getString("state"),
            "accepted"::equals);
    assertThat(calendar.live()).hasSize(1);
  }

  @Test
  void nothingNewIsTakenWhileTheDiskIsNearlyFull() throws Exception {
    // The most that can be configured.
    assumeThat(Files.getFileStore(dir).getUsableSpace()).isLessThan(1L << 40);
    serve(Map.of("intake.min_free_disk_bytes", "1TiB"));
    Awaitility.await()
        .atMost(LONG)
        .until(() -> post(RENT, rent()), refused -> refused.body().contains("disk"));
    JsonObject waits = booking().put("queue_if_unavailable", true);
    for (HttpResponse<String> refused : List.of(post(RENT, rent()), post(BOOKINGS, waits))) {
      assertThat(unavailable(refused, "unavailable").getString("detail")).contains("disk");
    }
    for (String path : new String[] {BOOKINGS + "?status=pending", "/api/v1/numbers"}) {
      assertThat(send(HttpRequest.newBuilder(), path).body()).doesNotContain("pending");
    }
  }
}
