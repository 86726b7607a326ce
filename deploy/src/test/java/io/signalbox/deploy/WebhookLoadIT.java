package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.deploy.SignedEvents.Signed;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long webhooks wait for their answer under a bounded load; measured, not judged. */
@Timeout(400)
class WebhookLoadIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int WARM_UP = 300;
  private static final int SINGLES = 900;
  private static final int LARGE = 10;
  private static final int EVENTS = 1_000;

  @TempDir Path data;
  private final SignedEvents signer = new SignedEvents();
  private final Map<String, Integer> expected = new HashMap<>();

  @Test
  void everyWebhookIsAnsweredAndTakesEffect() {
    try (SimulatorProcess simulator = SimulatorProcess.start()) {
      simulator.mode("sendgrid", "silent");
      GatewaySettings settings = GatewaySettings.in(data).against(simulator, List.of("sendgrid"));
      signer.addKeyTo(Path.of(settings.values().get("sandbox.providers_dir"), "sendgrid.yaml"));
      try (GatewayProcess gateway = GatewayProcess.start(settings)) {
        ApiClient api = gateway.admin();
        List<String> ids = Notifications.sent(api, EVENTS);
        measure("single events, warming up", api, 2, singles(ids, WARM_UP));
        measure("single events, 1 at a time", api, 1, singles(ids, SINGLES / 3));
        measure("single events, 8 at a time", api, 8, singles(ids, SINGLES));
        measure("1,000 events each, warming up", api, 1, large(ids, LARGE / 2));
        measure("1,000 events each, 1 at a time", api, 1, large(ids, LARGE));
        measure("1,000 events each, 4 at a time", api, 4, large(ids, LARGE));

        List<Timeline> ended =
            Settling.awaitAll(api, ids, LIMIT, t -> t.receipts().size() >= expected.get(t.id()));
        assertThat(ended)
            .allMatch(Timeline::isDelivered)
            .allMatch(t -> t.receipts().size() == expected.get(t.id()));
      }
    }
  }

  private List<Signed> singles(List<String> ids, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> signer.sign(List.of(event(ids.get(i % ids.size()), "open"))))
        .toList();
  }

  private List<Signed> large(List<String> ids, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> signer.sign(ids.stream().map(id -> event(id, "delivered")).toList()))
        .toList();
  }

  /** A new event, with the fields that make it as long as real ones are. */
  private JsonObject event(String id, String type) {
    int number = expected.merge(id, 1, Integer::sum);
    return SignedEvents.event(id, id + "/" + number, type)
        .put("useragent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36")
        .put("smtp-id", "<14c5d75ce93.dfd.64b469@ismtpd-555>")
        .put("response", "250 2.0.0 OK 1700000000 x1-20020a170902 - gsmtp")
        .put("url", "https://example.com/a/page?with=a&query=of&some=length")
        .put("sg_machine_open", false);
  }

  private static void measure(String what, ApiClient api, int senders, List<Signed> bodies) {
    long begin = System.nanoTime();
    List<Long> nanos =
        Parallel.map(
            senders,
            bodies,
            body -> {
              long start = System.nanoTime();
              int status = body.post(api).status();
              long took = System.nanoTime() - start;
              assertThat(status).isEqualTo(200);
              return took;
            });
    double seconds = (System.nanoTime() - begin) / 1e9;
    List<Long> sorted = nanos.stream().sorted().toList();
    Report.print(
        "webhooks, %s: median %.1f ms, p95 %.1f ms, max %.1f ms, %.0f events/s answered",
        what,
        sorted.get(sorted.size() / 2) / 1e6,
        sorted.get(sorted.size() * 95 / 100) / 1e6,
        sorted.get(sorted.size() - 1) / 1e6,
        bodies.stream().mapToInt(Signed::events).sum() / seconds);
  }
}
