package io.signalbox.gateway.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The meters of providers' HTTP clients say what Vert.x's own say of the same calls. */
class ClientCallMetersTest {
  private static final String PREFIX = "vertx.http.client.";

  @Test
  void providersAreCountedAsVertxCounts() throws Exception {
    PrometheusMeterRegistry theirs = MetricsSetup.registry();
    PrometheusMeterRegistry ours = MetricsSetup.registry();

    Map<String, Double> expected =
        afterCalls(PlainVertx.reportingTo(new VertxOptions(), theirs).build(), theirs);
    Map<String, Double> told =
        afterCalls(new VertxMeters(ours).provider(new VertxOptions()).build(), ours);

    assertFalse(expected.isEmpty());
    assertEquals(expected, told);
  }

  @Test
  void allProvidersAreCountedTogether() throws Exception {
    PrometheusMeterRegistry registry = MetricsSetup.registry();
    VertxMeters meters = new VertxMeters(registry);

    afterCalls(meters.provider(new VertxOptions()).build(), registry);
    Map<String, Double> twice = afterCalls(meters.provider(new VertxOptions()).build(), registry);

    assertEquals(4.0, twice.get("vertx.http.client.requests {method=POST} count"));
    assertEquals(0.0, twice.get("vertx.http.client.active.requests {method=POST} value"));
  }

  @Test
  void statusesThatProvidersInventAreOne() throws Exception {
    PrometheusMeterRegistry registry = MetricsSetup.registry();
    Vertx vertx = new VertxMeters(registry).provider(new VertxOptions()).build();
    try {
      HttpServer server =
          await(
              vertx
                  .createHttpServer()
                  .requestHandler(
                      request ->
                          request
                              .response()
                              .setStatusCode(Integer.parseInt(request.path().substring(1)))
                              .setStatusMessage("Odd")
                              .end())
                  .listen(0, "127.0.0.1"));
      HttpClient client = vertx.createHttpClient();
      for (int status : new int[] {599, 600, 601, 999}) {
        call(client, server.actualPort(), HttpMethod.POST, "/" + status);
      }
      await(client.close());
    } finally {
      await(vertx.close());
    }

    Map<String, Double> told = told(registry);
    assertEquals(1.0, told.get(PREFIX + "responses {code=599, method=POST} count"));
    assertEquals(3.0, told.get(PREFIX + "responses {code=other, method=POST} count"));
    assertEquals(
        2, told.keySet().stream().filter(name -> name.startsWith(PREFIX + "responses ")).count());
  }

  /**
   * Makes a few calls, one of an unknown method and one that gets no answer, and ends the Vert.x.
   */
  private static Map<String, Double> afterCalls(Vertx vertx, PrometheusMeterRegistry registry)
      throws Exception {
    try {
      HttpServer server =
          await(
              vertx
                  .createHttpServer()
                  .requestHandler(
                      request -> {
                        if (request.path().equals("/cut")) {
                          request.connection().close();
                        } else {
                          request
                              .response()
                              .setStatusCode(request.path().equals("/fails") ? 503 : 200)
                              .end("thank you");
                        }
                      })
                  .listen(0, "127.0.0.1"));
      HttpClient client = vertx.createHttpClient();
      int port = server.actualPort();
      call(client, port, HttpMethod.POST, "/takes");
      call(client, port, HttpMethod.POST, "/fails");
      call(client, port, HttpMethod.valueOf("INVENTED"), "/takes");
      call(client, port, HttpMethod.PUT, "/cut");
      await(client.close());
    } finally {
      await(vertx.close());
    }
    return told(registry);
  }

  private static void call(HttpClient client, int port, HttpMethod method, String path)
      throws Exception {
    await(
        client
            .request(method, port, "127.0.0.1", path)
            .compose(
                request ->
                    request.send("a message").compose(response -> response.body().mapEmpty()))
            .otherwiseEmpty());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** What all meters of HTTP clients say, but for times, which are only counted. */
  private static Map<String, Double> told(PrometheusMeterRegistry registry) {
    Map<String, Double> all = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      Meter.Id id = meter.getId();
      if (!id.getName().startsWith(PREFIX)) {
        continue;
      }
      Map<String, String> tags = new TreeMap<>();
      id.getTags().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
      String name = id.getName() + " " + tags + " ";
      assertFalse(String.valueOf(id.getDescription()).isBlank());
      if (meter instanceof Timer timer) {
        all.put(name + "count", (double) timer.count());
      } else if (meter instanceof DistributionSummary summary) {
        all.put(name + "count", (double) summary.count());
        all.put(name + "sum", summary.totalAmount());
      } else {
        meter
            .measure()
            .forEach(
                one ->
                    all.put(name + one.getStatistic().getTagValueRepresentation(), one.getValue()));
      }
    }
    return all;
  }
}
