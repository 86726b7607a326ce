package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.deploy.OtlpReceiver.Seen;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a collector of traces is told by a whole gateway, with real plugins. */
@Timeout(400)
class TracingIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String MAIL = "traced.person@example.com";
  private static final String SEND = "POST /api/v1/notifications/send";

  @TempDir private Path data;

  @Test
  void oneTraceLeadsFromTheRequestToTheProviderTheWebhookAndTheCallback() throws IOException {
    try (SimulatorProcess simulator = SimulatorProcess.start();
        CallbackReceiver application = CallbackReceiver.start();
        OtlpReceiver collector = OtlpReceiver.start();
        GatewayProcess gateway = GatewayProcess.start(settings(simulator, collector))) {
      ApiClient api = gateway.admin();
      application.subscribe(api, "io.signalbox.receipt.delivered");
      JsonObject answer = send(api, "00-" + TRACE + "-b7ad6b7169203331-01");
      String id = answer.getString("id");

      await("the spans of the trace")
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(collector.of(TRACE))
                      .extracting(seen -> seen.span().getName())
                      .contains(SEND, "attempt", "send", "provider call", "receipt", "callback"));
      Seen request = one(collector, SEND);
      assertThat(request.parent()).isEqualTo("b7ad6b7169203331");
      assertThat(request.service()).isEqualTo("signalbox-test");
      assertThat(request.attribute("http.route")).isEqualTo("/api/v1/notifications/send");
      Seen attempt = one(collector, "attempt");
      assertThat(attempt.parent()).isEqualTo(request.id());
      assertThat(attempt.attribute("signalbox.notification.id")).isEqualTo(id);
      assertThat(attempt.attribute("signalbox.provider")).isEqualTo("sendgrid");
      assertThat(attempt.attribute("signalbox.channel")).isEqualTo("email");
      assertThat(attempt.attribute("signalbox.outcome")).isEqualTo("sent");
      Seen call = one(collector, "provider call");
      Seen heard = parentOf(collector, call);
      assertThat(parentOf(collector, heard).parent()).isEqualTo(attempt.id());
      Seen receipt =
          collector.of(TRACE).stream()
              .filter(seen -> "delivered".equals(seen.attribute("signalbox.receipt.status")))
              .findFirst()
              .orElseThrow();
      assertThat(receipt.parent()).isEqualTo(request.id());
      assertThat(receipt.span().getLinksList()).hasSize(1);
      String webhook =
          HexFormat.of().formatHex(receipt.span().getLinks(0).getTraceId().toByteArray());
      await("the request that brought the receipt")
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(collector.of(webhook))
                      .extracting(seen -> seen.span().getName())
                      .contains("POST /webhooks/{provider}"));
      assertThat(application.events().get(0).getString("traceparent"))
          .startsWith("00-" + TRACE + "-" + request.id());
      assertThat(api.get("/api/v1/notifications/" + id).json(200).getString("correlation_id"))
          .isEqualTo(TRACE);
      assertThat(collector.refused()).isZero();
      api.get("/api/v1/notifications?recipient=" + MAIL).json(200);
      await("the span of a search")
          .atMost(LIMIT)
          .until(
              () ->
                  collector.spans().stream()
                      .anyMatch(seen -> seen.span().getName().equals("GET /api/v1/notifications")));
      assertThat(collector.spans().toString()).doesNotContain(MAIL).doesNotContain("hidden words");
    }
  }

  @Test
  void aCollectorThatGivesNoAnswerHarmsNothing() throws IOException {
    try (SimulatorProcess simulator = SimulatorProcess.start();
        OtlpReceiver collector = OtlpReceiver.start()) {
      collector.getStuck();
      try (GatewayProcess gateway =
          GatewayProcess.start(
              settings(simulator, collector)
                  .with("tracing.max_queue", 64)
                  .with("tracing.export_timeout", "500ms"))) {
        ApiClient api = gateway.admin();
        for (int batch = 0; batch < 5; batch++) {
          JsonArray mails = new JsonArray();
          IntStream.range(batch * 100, batch * 100 + 100)
              .forEach(number -> mails.add(Messages.email(number)));
          List<String> ids =
              api.batch(mails, "batch-" + batch).json(202).getJsonArray("results").stream()
                  .map(result -> ((JsonObject) result).getString("id"))
                  .toList();
          Settling.awaitAll(api, ids, LIMIT, Timeline::isDelivered);
        }
        assertThat(collector.calls()).isPositive();
        assertThat(collector.spans()).isEmpty();
        long ended = api.metric("signalbox_tracing_spans_total");
        assertThat(ended).isGreaterThan(1_000);
        collector.goOn();
        send(api, "00-" + TRACE + "-b7ad6b7169203331-01");
        await("spans after the collector is back")
            .atMost(LIMIT)
            .until(() -> !collector.spans().isEmpty());
        gateway.stop();
      }
    }
  }

  private static JsonObject send(ApiClient api, String traceparent) {
    JsonObject mail =
        Messages.email(1)
            .put("recipient_email", MAIL)
            .put("message", "hidden words")
            // So that it waits in the ledger, and is read from there.
            .put("send_at", Clock.systemUTC().instant().plusSeconds(2).toString())
            .put("provider", "sendgrid");
    return api.call(
            "POST",
            "/api/v1/notifications/send",
            mail.encode(),
            Map.of("Content-Type", "application/json", "traceparent", traceparent))
        .json(202);
  }

  private static Seen one(OtlpReceiver collector, String name) {
    return collector.of(TRACE).stream()
        .filter(seen -> seen.span().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Seen parentOf(OtlpReceiver collector, Seen child) {
    return collector.of(TRACE).stream()
        .filter(seen -> seen.id().equals(child.parent()))
        .findFirst()
        .orElseThrow();
  }

  private GatewaySettings settings(SimulatorProcess simulator, OtlpReceiver collector)
      throws IOException {
    Path secret = Files.writeString(data.resolve("otlp.secret"), OtlpReceiver.AUTHORIZATION);
    return GatewaySettings.in(data.resolve("data"))
        .against(simulator)
        .with("callbacks.allow_http", true)
        .with("callbacks.allowed_networks", "127.0.0.0/8")
        .with("tracing.enabled", true)
        .with("tracing.otlp_endpoint", collector.url())
        .with("tracing.otlp_headers", "Authorization=file:" + secret)
        .with("tracing.service_name", "signalbox-test")
        .with("tracing.export_interval", "50ms");
  }
}
