package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.health.WorkSample;
import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.gateway.ledger.DeadLetterFilter;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code /metrics} for Prometheus, and the summary of the pipeline as JSON. */
final class MetricsRoutes {
  /** The rest of the summary is told even if the ledger does not answer. */
  private static final long PATIENCE_MILLIS = 500;

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  /** The form that has exemplars; Prometheus asks for it by itself. */
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final ApiServices services;
  private final ApiGauges gauges;

  MetricsRoutes(ApiServices services, ApiGauges gauges) {
    this.services = services;
    this.gauges = gauges;
  }

  /** With a token; metrics themselves only where they have no port of their own. */
  void mount(Router router, Gate gate) {
    if (services.config().http().metrics().isEmpty()) {
      router.get("/metrics").handler(gate.allow(Access.METRICS, (ctx, caller) -> scrape(ctx)));
    }
    router
        .get(SendRoutes.NOTIFICATIONS + "/pipeline/metrics")
        .handler(gate.allow(Access.PIPELINE_METRICS, this::pipeline));
  }

  /** For whoever reaches the port of the metrics. */
  void mountOpen(Router router) {
    router.get("/metrics").handler(this::scrape);
  }

  private void scrape(RoutingContext ctx) {
    String accept = ctx.request().getHeader(HttpHeaders.ACCEPT);
    String type =
        accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
    ctx.vertx()
        .executeBlocking(() -> page(type), false)
        .onComplete(
            text -> {
              ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, type);
              Answers.end(ctx, Buffer.buffer(text));
            },
            failure -> Problem.send(ctx, failure));
  }

  /** One at a time: rows that one scrape puts in place of others are twice there for another. */
  private synchronized String page(String type) {
    gauges.refresh();
    return services.registry().scrape(type);
  }

  private void pipeline(RoutingContext ctx, Caller caller) {
    services
        .reports()
        .countDeadLetters(DeadLetterFilter.all(caller.tenant()))
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .onComplete(
            counted ->
                Answers.orProblem(
                    ctx,
                    () ->
                        Answers.json(
                            ctx, 200, summary(counted.succeeded() ? counted.result() : null))));
  }

  /** What is in memory; the dead letters are null if they could not be counted. */
  private JsonObject summary(@Nullable Long deadLetters) {
    List<ProviderState> providers = services.providers().all();
    long sent = standing(NotificationState.SENT, NotificationState.DELIVERED);
    long failed =
        standing(
            NotificationState.FAILED, NotificationState.DEAD_LETTER, NotificationState.EXPIRED);
    long total = sent + failed;
    JsonObject breakers = new JsonObject();
    providers.forEach(state -> breakers.put(state.provider(), state.breaker().state()));
    boolean well = services.health().overall().well();
    return new JsonObject()
        .put("pipeline_status", well ? "running" : "impaired")
        .put("degradation_mode", services.degradation().status().mode().name())
        .put("workers_active", providers.stream().filter(ProviderState::isUsable).count())
        .put("total_processed", total)
        .put("successful_deliveries", sent)
        .put("failed_deliveries", failed)
        .put("success_rate", total == 0 ? 1.0 : (double) sent / total)
        .put("avg_delivery_time_ms", services.meters().attempts().meanMillis())
        .put("circuit_breaker_states", breakers)
        .put("queue_sizes", queues().put("dead_letter_queue", deadLetters));
  }

  /** Not less than 0: what ended before the start may have failed by a receipt since. */
  private long standing(NotificationState... states) {
    long sum = 0;
    for (NotificationState state : states) {
      sum += services.meters().work().standingIn(state);
    }
    return Math.max(0, sum);
  }

  private JsonObject queues() {
    WorkSample sample = services.monitor().sample();
    JsonObject sizes = new JsonObject();
    for (String priority : List.of("urgent", "high", "normal", "low")) {
      sizes.put("delivery_queue:" + priority, 0L);
    }
    long delayed = 0;
    for (Backlog lane : sample.lanes()) {
      String name = "delivery_queue:" + lane.lane().priority().wireName();
      sizes.put(name, sizes.getLong(name, 0L) + lane.due());
      delayed += lane.later();
    }
    return sizes.put("delayed_deliveries", delayed);
  }
}
