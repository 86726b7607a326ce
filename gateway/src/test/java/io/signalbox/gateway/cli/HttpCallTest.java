package io.signalbox.gateway.cli;

import static io.signalbox.gateway.cli.Ran.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What commands make of answers that a gateway would not give. */
@Timeout(60)
class HttpCallTest {
  private final Vertx vertx = Vertx.vertx();
  private volatile int status = 200;
  private volatile String body = "{}";
  private String url = "";

  @BeforeEach
  void serve() throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    url = "http://127.0.0.1:" + server.actualPort();
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private void answer(HttpServerRequest request) {
    if (request.path().equals("/who")) {
      String bearer = request.getHeader("authorization");
      request.response().end(new JsonObject().put("bearer", bearer).encode());
    } else {
      request.response().setStatusCode(status).end(body);
    }
  }

  @Test
  void whatIsNoAnswerOfAGatewayIsNoSuccess() {
    status = 301;
    assertFailed("give the URL that it leads to with --url");
    status = 200;
    body = "<html>sign in</html>";
    assertFailed("does not answer as a gateway does");
    body = "[]";
    assertFailed("does not answer as a gateway does");
    status = 400;
    body = "{\"detail\":\"no such thing\",\"errors\":\"many\"}";
    assertFailed("no such thing");
  }

  private void assertFailed(String words) {
    Ran ran = run("providers", "--url", url, "--token", "x");
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCodes.BAD_DATA);
    assertThat(ran.err()).contains(words);
  }

  @Test
  void theTokenIsAskedForEachRequest() {
    AtomicInteger number = new AtomicInteger();
    HttpCall call =
        new HttpCall(url, () -> Optional.of("t" + number.incrementAndGet()), Optional.empty());
    assertThat(call.get("/who").getString("bearer")).isEqualTo("Bearer t1");
    assertThat(call.get("/who").getString("bearer")).isEqualTo("Bearer t2");
  }

  @Test
  void aCheckThatCannotLookDoesNotKnow() {
    Ran mistaken = run("monitor-health", "--check", "--set", "http.hots=x");
    assertThat(mistaken.exitCode()).as(mistaken.err()).isEqualTo(MonitorHealthCommand.UNKNOWN);
    assertThat(mistaken.out()).startsWith("SIGNALBOX UNKNOWN - ").contains("http.hots");
    status = 429;
    Ran refused = run("monitor-health", "--check", "--json", "--url", url, "--token", "x");
    assertThat(refused.exitCode()).isEqualTo(MonitorHealthCommand.UNKNOWN);
    assertThat(refused.json().getString("verdict")).isEqualTo("unknown");
  }
}
