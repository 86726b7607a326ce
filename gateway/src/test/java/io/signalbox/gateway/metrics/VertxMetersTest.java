package io.signalbox.gateway.metrics;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.signalbox.gateway.Patience;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the gateway and its providers have under way is added up. */
class VertxMetersTest {
  private final PrometheusMeterRegistry registry = MetricsSetup.registry();
  private final VertxMeters meters = new VertxMeters(registry);
  private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    registry.close();
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private Vertx gateway() {
    return meters.gateway(new VertxOptions().setEventLoopPoolSize(1)).build();
  }

  private Vertx provider() {
    return meters.provider(new VertxOptions().setEventLoopPoolSize(1)).build();
  }

  /** Posts to a server of the same Vert.x, which holds the request. */
  private Future<Integer> post(Vertx vertx) throws Exception {
    int port =
        done(vertx.createHttpServer().requestHandler(held::add).listen(0, "127.0.0.1"))
            .actualPort();
    int before = held.size();
    Future<Integer> status =
        vertx
            .createHttpClient()
            .request(HttpMethod.POST, port, "127.0.0.1", "/")
            .compose(
                request ->
                    request
                        .send("a message")
                        .compose(answer -> answer.body().map(all -> answer.statusCode())));
    await("the request at the server").until(() -> held.size() > before);
    return status;
  }

  private double active(String side) {
    return registry
        .get("vertx.http." + side + ".active.requests")
        .tag("method", "POST")
        .gauge()
        .value();
  }

  private void assertAddedUp(Vertx first, Vertx second) throws Exception {
    try {
      List<Future<Integer>> calls = List.of(post(first), post(second));
      assertThat(active("client")).isEqualTo(2);
      assertThat(active("server")).isEqualTo(2);

      held.forEach(request -> request.response().end());
      for (Future<Integer> call : calls) {
        assertThat(done(call)).isEqualTo(200);
      }
      await("none under way").until(() -> active("client") == 0 && active("server") == 0);
    } finally {
      done(first.close());
      done(second.close());
    }
  }

  @Test
  void gatewayFirst() throws Exception {
    assertAddedUp(gateway(), provider());
  }

  @Test
  void providerFirst() throws Exception {
    assertAddedUp(provider(), gateway());
  }
}
