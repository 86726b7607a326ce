package io.signalbox.gateway.server;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.calling.AnsweringServer;
import io.signalbox.gateway.calling.SocketPlugin;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Role;
import io.signalbox.gateway.security.SigningKey;
import io.signalbox.gateway.security.TokenIssuer;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers over the HTTP API of a whole gateway, from a plugin in a jar that asks over sockets. */
class NumbersServerTest {
  private static final String WISH = "{\"country\":\"US\",\"service\":\"wa\",\"max_price\":1.5}";

  @TempDir private Path dir;
  private final HttpClient http = HttpClient.newHttpClient();
  private Vertx vertx;
  private AnsweringServer first;
  private AnsweringServer second;
  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    Path plugins = dir.resolve("plugins");
    first = new AnsweringServer(vertx);
    second = new AnsweringServer(vertx);
    SocketPlugin.put(plugins, "1.0.0", false);
    SocketPlugin.provider(
        plugins, "first", ended(first.open()), "channels: [number]\npriority: 1\n");
    SocketPlugin.provider(
        plugins, "second", ended(second.open()), "channels: [number]\npriority: 2\n");
    for (AnsweringServer each : Set.of(first, second)) {
      each.answer("offers", "broken");
      each.answer("status", "done");
      each.answer("cancel", "done");
    }
    server = ended(startServer());
  }

  private Future<GatewayServer> startServer() {
    return GatewayServer.start(
        ConfigLoader.load(
            Optional.empty(),
            Map.of(),
            Map.of(
                "http.port", "0",
                "http.drain_timeout", "1s",
                "data.dir", dir.resolve("data").toString(),
                "plugins.dir", dir.resolve("plugins").toString(),
                "plugins.blocked_after", "10s",
                "numbers.poll_after", "50ms",
                "numbers.poll_max", "50ms")));
  }

  @AfterEach
  void stop() throws Exception {
    ended(server.stop());
    ended(vertx.close());
  }

  @Test
  void aRentTellsItsNumberAndWhyAndARepeatGetsTheSame() throws Exception {
    first.answer("rent", "short");
    second.answer("rent", "done");

    HttpResponse<String> rented = rent(WISH, "key-1");
    assertThat(rented.statusCode()).as(rented.body()).isEqualTo(201);
    JsonObject number = new JsonObject(rented.body());
    assertThat(number.getString("number")).isEqualTo("+15550100");
    assertThat(number.getString("provider")).isEqualTo("second");
    assertThat(number.getString("provider_rental_id")).isEqualTo("r-wa");
    assertThat(number.getString("country")).isEqualTo("us");
    assertThat(number.getJsonObject("decision").getString("rule")).isEqualTo("adjusted");
    assertThat(number.getJsonObject("decision").getString("chosen")).isEqualTo("second");
    assertThat(number.getJsonObject("decision").getJsonArray("candidates")).hasSize(2);
    assertThat(number.getJsonArray("attempts").getJsonObject(0).getString("outcome"))
        .isEqualTo("unserved");
    assertThat(rented.headers().firstValue("cache-control")).contains("no-store");
    assertThat(rented.headers().firstValue("location"))
        .contains("/api/v1/numbers/" + number.getString("id"));

    HttpResponse<String> again = rent(WISH, "key-1");
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.headers().firstValue("idempotency-replayed")).contains("true");
    assertThat(new JsonObject(again.body()).getString("id")).isEqualTo(number.getString("id"));
    assertThat(rent(WISH.replace("wa", "tg"), "key-1").statusCode()).isEqualTo(422);
    assertThat(second.asked("/1.0.0/rent")).isEqualTo(1);

    // What nobody finds is asked for anew, beside the rent.
    await().atMost(Duration.ofSeconds(60)).until(() -> first.asked("/1.0.0/offers") >= 2);
    await().atMost(Duration.ofSeconds(60)).until(() -> second.asked("/1.0.0/status") >= 1);
    HttpResponse<String> cancelled = post(path(number) + "/cancel", "", "key-2");
    assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
    assertThat(new JsonObject(cancelled.body()).getString("state")).isEqualTo("cancelled");
    assertThat(post(path(number) + "/cancel", "", "key-3").statusCode()).isEqualTo(200);
    assertThat(second.asked("/1.0.0/cancel")).isEqualTo(1);
    assertThat(post(path(number) + "/finish", "", "key-4").statusCode()).isEqualTo(409);

    JsonObject page =
        new JsonObject(get("/api/v1/numbers?country=us&service=wa&limit=1", tenant()));
    assertThat(page.getJsonArray("numbers").getJsonObject(0).getString("id"))
        .isEqualTo(number.getString("id"));
    assertThat(
            new JsonObject(get("/api/v1/numbers?status=failed", tenant())).getJsonArray("numbers"))
        .isEmpty();
    assertThat(get(path(number), token("another"))).contains("/problems/not-found");
    assertThat(new JsonObject(get("/api/v1/numbers", token("another"))).getJsonArray("numbers"))
        .isEmpty();
  }

  @Test
  void nobodyHasOneAndWhoWasAskedIsTold() throws Exception {
    first.answer("rent", "short");
    second.answer("rent", "short");

    HttpResponse<String> refused = rent(WISH, "key-1");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
    JsonObject problem = new JsonObject(refused.body());
    assertThat(problem.getString("type")).isEqualTo("/problems/out-of-stock");
    assertThat(problem.getBoolean("retryable")).isTrue();
    assertThat(problem.getJsonArray("attempts")).hasSize(2);
    String id = problem.getString("operation_id");
    assertThat(new JsonObject(get("/api/v1/numbers/" + id, tenant())).getString("status"))
        .isEqualTo("failed");

    // Nothing was done, so the key is free.
    second.answer("rent", "done");
    HttpResponse<String> rented = rent(WISH, "key-1");
    assertThat(rented.statusCode()).isEqualTo(201);

    // Nor is a key taken by a change that the provider was too busy for.
    second.answer("cancel", "pause");
    String cancel = path(new JsonObject(rented.body())) + "/cancel";
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> busy = post(cancel, "", "key-2");
      assertThat(busy.statusCode()).as(busy.body()).isEqualTo(503);
      assertThat(new JsonObject(busy.body()).getBoolean("retryable")).isTrue();
    }
  }

  @Test
  void whoDoesNotWaitFindsTheNumberLater() throws Exception {
    first.keep("rent");
    HttpResponse<String> going =
        send("/api/v1/numbers/rent", WISH, "prefer", "wait=0", "idempotency-key", "key-1");
    assertThat(going.statusCode()).as(going.body()).isEqualTo(202);
    String at = going.headers().firstValue("location").orElseThrow();
    await().atMost(Duration.ofSeconds(60)).until(() -> first.kept("rent") == 1);
    assertThat(post(at + "/finish", "", "key-2").statusCode()).isEqualTo(409);
    assertThat(post(at + "/cancel", "", "key-3").statusCode()).isEqualTo(409);

    first.answer("rent", "done");
    HttpResponse<String> waited = rent(WISH, "key-1");
    assertThat(waited.statusCode()).as(waited.body()).isEqualTo(201);
    assertThat(waited.headers().firstValue("location")).contains(at);
  }

  @Test
  void whatAStopLeftWaitsForTheProvidersOfTheNextStart() throws Exception {
    first.answer("rent", "pause");
    second.answer("rent", "pause");
    HttpResponse<String> going =
        send("/api/v1/numbers/rent", WISH, "prefer", "wait=0", "idempotency-key", "key-1");
    assertThat(going.statusCode()).as(going.body()).isEqualTo(202);
    await().atMost(Duration.ofSeconds(60)).until(() -> second.asked("/1.0.0/rent") >= 1);
    ended(server.stop());

    first.answer("rent", "done");
    for (String id : Set.of("first", "second")) {
      Path file = dir.resolve("plugins").resolve(id + ".yaml");
      Files.writeString(file, Files.readString(file) + "  slow: true\n");
    }
    second.answer("start", "go on");
    Future<GatewayServer> starting = startServer();
    await().atMost(Duration.ofSeconds(60)).until(() -> first.kept("start") == 1);
    // Longer than what is due waits to be taken up.
    vertx.setTimer(2_500, over -> first.answer("start", "go on"));
    server = ended(starting);

    HttpResponse<String> rented = rent(WISH, "key-1");
    assertThat(rented.statusCode()).as(rented.body()).isEqualTo(201);
    assertThat(rented.headers().firstValue("idempotency-replayed")).contains("true");
  }

  @Test
  void mistakesAreNamed() throws Exception {
    assertThat(rent("{\"country\":\"usa\",\"service\":\"wa\"}", "k").body()).contains("/country");
    assertThat(rent("{\"country\":\"us\",\"service\":\"wa\",\"provider\":\"x\"}", "k").body())
        .contains("/provider");
    assertThat(rent("{\"country\":\"us\"}", "k").statusCode()).isEqualTo(422);
  }

  private HttpResponse<String> rent(String wish, String key) throws Exception {
    return post("/api/v1/numbers/rent", wish, key);
  }

  private HttpResponse<String> post(String path, String body, String key) throws Exception {
    return send(path, body, "idempotency-key", key);
  }

  private HttpResponse<String> send(String path, String body, String... headers) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .headers(headers)
            .header("authorization", tenant())
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String get(String path, String token) throws Exception {
    return http.send(
            HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("authorization", token)
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static String path(JsonObject number) {
    return "/api/v1/numbers/" + number.getString("id");
  }

  private String tenant() throws Exception {
    return token(SendNotification.DEFAULT_TENANT);
  }

  private String token(String tenant) throws Exception {
    SigningKey key =
        SigningKey.loadOrCreate(dir.resolve("data").resolve("jwt.key"), new SecureRandom());
    return "Bearer "
        + new TokenIssuer(key, Clock.systemUTC())
            .issue(new Caller("test", tenant, Set.of(Role.SENDER)), Duration.ofMinutes(10));
  }

  private static <T> T ended(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
