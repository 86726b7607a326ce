package io.signalbox.gateway.api;

import static io.signalbox.gateway.api.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Role;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with credentials between requests, and during long ones. */
class GateTest {
  private static final String KEYS = "/api/v1/api-keys";
  private static final String LINE =
      "{\"notification_type\":\"greeting\",\"channel\":\"email\","
          + "\"recipient_email\":\"a@example.org\",\"title\":\"t\",\"message\":\"m\"}\n";

  @TempDir private Path dir;

  @Test
  void aBatchEndsWithItsCredential() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      JsonObject key = key(gateway, "sender");
      Stream stream = new Stream(gateway, key.getString("key"));
      assertThat(stream.result(LINE).getInteger("status")).isEqualTo(202);
      assertThat(stream.result(LINE).getInteger("status")).isEqualTo(202);
      admin(gateway, "DELETE", KEYS + "/" + key.getString("id"), "");
      for (int index = 2; index < 4; index++) {
        JsonObject refused = stream.result(LINE);
        assertThat(refused.getInteger("status")).isEqualTo(401);
        assertThat(refused.getInteger("index")).isEqualTo(index);
        assertThat(refused.containsKey("id")).isFalse();
      }
      stream.close();
      assertThat(TestParts.refusals(gateway)).isEqualTo(Map.of("key", 2));
    }
  }

  @Test
  void eachGroupOfABatchTakesItsTurnOrIsRefused() throws Exception {
    // One request in a hundred seconds: the second group would wait for too long.
    try (TestGateway gateway = TestGateway.start(dir, Map.of("security.rate_per_caller", "0.01"))) {
      Stream stream = new Stream(gateway, gateway.token(Role.SENDER));
      assertThat(stream.result(LINE).getInteger("status")).isEqualTo(202);
      assertThat(stream.result(LINE).getInteger("status")).isEqualTo(429);
      stream.close();
    }
  }

  @Test
  void aGroupWaitsForItsTurnIfThatComesSoon() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of("security.rate_per_caller", "5"))) {
      Stream stream = new Stream(gateway, gateway.token(Role.SENDER));
      for (int i = 0; i < 15; i++) {
        assertThat(stream.result(LINE).getInteger("status")).isEqualTo(202);
      }
      stream.close();
    }
  }

  @Test
  void whoWaitsWithOthersGoesOnWhereHeWas() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      JsonObject key = key(gateway, "viewer");
      AtomicInteger elsewhere = new AtomicInteger();
      List<URI> servers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        servers.add(serve(gateway, elsewhere));
      }
      HttpClient client = gateway.vertx().createHttpClient();
      for (int round = 0; round < 30; round++) {
        gateway.forgetApiKey(key.getString("id"));
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          URI server = servers.get(i % 2);
          answers.add(
              client
                  .request(HttpMethod.GET, server.getPort(), server.getHost(), "/")
                  .compose(request -> request.putHeader("x-api-key", key.getString("key")).send())
                  .map(HttpClientResponse::statusCode));
        }
        await(Future.all(answers));
        assertThat(answers).allSatisfy(each -> assertThat(each.result()).isEqualTo(200));
      }
      assertThat(elsewhere).hasValue(0);
    }
  }

  /** A server with an event loop of its own that counts whom the gate lets in on another. */
  private static URI serve(TestGateway gateway, AtomicInteger elsewhere) throws Exception {
    Gate gate = gateway.gate();
    Promise<HttpServer> server = Promise.promise();
    await(
        gateway
            .vertx()
            .deployVerticle(
                new AbstractVerticle() {
                  @Override
                  public void start() {
                    Router router = Router.router(vertx);
                    router
                        .get("/")
                        .handler(
                            ctx -> {
                              ctx.put("loop", Thread.currentThread());
                              ctx.next();
                            })
                        .handler(
                            gate.stream(
                                Access.HEALTH_REPORTS,
                                (ctx, caller) -> {
                                  if (ctx.get("loop") != Thread.currentThread()) {
                                    elsewhere.incrementAndGet();
                                  }
                                  ctx.response().end();
                                }));
                    vertx
                        .createHttpServer()
                        .requestHandler(router)
                        .listen(0, "127.0.0.1")
                        .onComplete(server);
                  }
                }));
    return URI.create("http://127.0.0.1:" + await(server.future()).actualPort());
  }

  private static JsonObject key(TestGateway gateway, String role) throws Exception {
    JsonObject body = new JsonObject().put("name", "shop").put("roles", List.of(role));
    return admin(gateway, "POST", KEYS, body.encode());
  }

  private static JsonObject admin(TestGateway gateway, String method, String path, String body)
      throws Exception {
    String token = "Bearer " + gateway.token(Role.ADMIN);
    return new Calls(gateway.url()).send(method, path, body, "authorization", token).json();
  }

  /** A batch of lines that is sent line by line. */
  private static final class Stream {
    private final HttpClientRequest request;
    private final BlockingQueue<JsonObject> results = new LinkedBlockingQueue<>();

    Stream(TestGateway gateway, String credential) throws Exception {
      URI url = URI.create(gateway.url());
      request =
          await(
              gateway
                  .vertx()
                  .createHttpClient()
                  .request(
                      HttpMethod.POST,
                      url.getPort(),
                      url.getHost(),
                      SendRoutes.NOTIFICATIONS + "/batch"));
      request
          .setChunked(true)
          .putHeader("content-type", "application/x-ndjson")
          .putHeader("authorization", "Bearer " + credential);
      // Each result is one write of the gateway, and so one chunk.
      request
          .response()
          .onSuccess(answer -> answer.handler(chunk -> results.add(chunk.toJsonObject())));
    }

    JsonObject result(String line) throws Exception {
      await(request.write(line));
      JsonObject result = results.poll(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS);
      assertThat(result).isNotNull();
      return result;
    }

    void close() throws Exception {
      await(request.end());
    }
  }
}
