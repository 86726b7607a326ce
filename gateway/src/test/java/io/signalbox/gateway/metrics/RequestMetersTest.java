package io.signalbox.gateway.metrics;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.signalbox.gateway.Patience;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the gateway counts of requests is what vertx-micrometer counts of the same ones. */
class RequestMetersTest {
  private static final String SERVER = "vertx.http.server.";

  private Vertx callers;
  private HttpClient client;

  @BeforeEach
  void begin() {
    callers = Vertx.vertx(options());
    client = callers.createHttpClient();
  }

  @AfterEach
  void end() throws Exception {
    done(client.close());
    done(callers.close());
  }

  private static VertxOptions options() {
    return new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1);
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/reset" -> request.response().reset();
      case "/missing" -> request.response().setStatusCode(404).end("nothing");
      default -> request.body().onSuccess(body -> request.response().end(body));
    }
  }

  private int serve(Vertx vertx) throws Exception {
    return done(vertx
            .createHttpServer()
            .requestHandler(RequestMetersTest::answer)
            .listen(0, "127.0.0.1"))
        .actualPort();
  }

  private Future<Integer> ask(int port, String method, String path, String body) {
    return client
        .request(
            new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setMethod(HttpMethod.valueOf(method))
                .setURI(path))
        .compose(
            request ->
                request
                    .send(Buffer.buffer(body))
                    .compose(answer -> answer.body().map(all -> answer))
                    .map(HttpClientResponse::statusCode));
  }

  private void askAll(int port) throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(done(ask(port, "POST", "/", "four"))).isEqualTo(200);
    }
    assertThat(done(ask(port, "POST", "/missing", "more"))).isEqualTo(404);
    assertThat(done(ask(port, "GET", "/", ""))).isEqualTo(200);
    assertThat(done(ask(port, "INVENTED", "/", ""))).isEqualTo(200);
    assertThat(done(ask(port, "REVENTED", "/", ""))).isEqualTo(200);
    Future<Integer> reset = ask(port, "PUT", "/reset", "any");
    await().until(reset::isComplete);
    assertThat(reset.failed()).isTrue();
  }

  /**
   * All of the server's meters: kind, unit and text of each, and what was counted but for times.
   */
  private static Map<String, String> counted(PrometheusMeterRegistry registry) {
    Map<String, String> counted = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      Meter.Id id = meter.getId();
      if (id.getName().startsWith(SERVER)) {
        StringBuilder told =
            new StringBuilder()
                .append(id.getType())
                .append(' ')
                .append(id.getBaseUnit())
                .append(' ')
                .append(id.getDescription());
        meter
            .measure()
            .forEach(
                each -> {
                  boolean time =
                      id.getType() == Meter.Type.TIMER && each.getStatistic() != Statistic.COUNT;
                  told.append(' ')
                      .append(each.getStatistic())
                      .append('=')
                      .append(time ? "some" : each.getValue());
                });
        counted.put(id.getName() + id.getTags(), told.toString());
      }
    }
    return counted;
  }

  /**
   * What a Vert.x counts of the same requests. One after the other: vertx-micrometer has one
   * registry for all that run at the same time.
   */
  private Map<String, String> countedBy(
      BiFunction<VertxOptions, PrometheusMeterRegistry, VertxBuilder> builder) throws Exception {
    PrometheusMeterRegistry registry = MetricsSetup.registry();
    Vertx vertx = builder.apply(options(), registry).build();
    askAll(serve(vertx));
    done(vertx.close());
    await()
        .until(
            () ->
                counted(registry).entrySet().stream()
                    .filter(each -> each.getKey().startsWith(SERVER + "active"))
                    .allMatch(each -> each.getValue().endsWith("VALUE=0.0")));
    Map<String, String> counted = counted(registry);
    registry.close();
    return counted;
  }

  @Test
  void countAsTheOthersDo() throws Exception {
    Map<String, String> ours =
        countedBy((options, registry) -> new VertxMeters(registry).gateway(options));
    assertThat(ours).isEqualTo(countedBy(PlainVertx::reportingTo));
    assertThat(ours)
        .containsEntry(
            SERVER + "requests[tag(code=200), tag(method=POST)]",
            "COUNTER null Number of processed requests COUNT=3.0")
        .containsKey(SERVER + "active.requests[tag(method=other)]")
        .containsKey(SERVER + "request.resets[tag(method=PUT)]");
  }
}
