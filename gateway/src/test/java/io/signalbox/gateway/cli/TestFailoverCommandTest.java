package io.signalbox.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code signalbox test-failover} while a server does not do its part. */
@Timeout(60)
class TestFailoverCommandTest {
  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    JsonObject drill =
        new JsonObject()
            .put("id", "01a203ae-4fb5-7000-a427-1763b26de7da")
            .put("state", "running")
            // With the time for keeping the report it is over now.
            .put("parameters", new JsonObject().put("ends_within_seconds", -30));
    server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.response().end(drill.toBuffer()))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void aDrillThatNeverEndsIsNotWaitedForForEver() {
    Ran ran =
        Ran.run(
            "test-failover",
            "--live",
            "alpha",
            "--url",
            "http://127.0.0.1:" + server.actualPort(),
            "--token",
            "x");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .contains("has not ended within 0 s", "test-failover show 01a203ae-4fb5-7000-a427");
  }
}
