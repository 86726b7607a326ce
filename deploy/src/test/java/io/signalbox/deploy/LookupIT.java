package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.deploy.Timeline.Attempt;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A provider that can be asked is asked before anything is sent twice, and for what never came. */
@Timeout(300)
class LookupIT {
  /** Finds a mail without its id, by the tag that was sent along. */
  private static final String PRIMARY = "resend";

  private static final String BACKUP = "mailgun";
  private static final List<String> KNOWN =
      List.of(PRIMARY + ": queued", PRIMARY + ": sent", PRIMARY + ": delivered");
  private static final int MESSAGES = 5;
  private static final int NEVER_MILLIS = 600_000;
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path data;
  private final SimulatorProcess simulator = SimulatorProcess.start();

  @AfterEach
  void stop() {
    simulator.close();
  }

  private GatewayProcess gateway(String receiptAfter) {
    return GatewayProcess.start(
        GatewaySettings.in(data)
            .against(simulator, List.of(PRIMARY, BACKUP))
            .with("breaker.failure_threshold", 10_000)
            .with("breaker.minimum_calls", 100_000)
            .with("scoring.exploration", 0)
            .with("unknown.wait_for", "60s")
            .with("lookup.unknown_after", "3s")
            .with("lookup.receipt_after", receiptAfter));
  }

  @Test
  void whatAProviderTookWithoutAnsweringIsNotSentTwice() {
    try (GatewayProcess gateway = gateway("")) {
      simulator.set(
          PRIMARY, new JsonObject().put("mode", "cut").put("receipt_delay_ms", NEVER_MILLIS));

      ApiClient api = gateway.admin();
      List<String> ids = send(api);
      Settling.awaitAll(api, ids, LIMIT, timeline -> timeline.has(PRIMARY, "unknown"));
      // Questions would be cut as well.
      simulator.mode(PRIMARY, "ok");
      List<Timeline> timelines = Settling.awaitAll(api, ids, LIMIT, Timeline::isSentOrOver);

      for (Timeline timeline : timelines) {
        assertThat(timeline.attempts()).as(timeline.toString()).hasSize(1);
        assertThat(timeline.has(PRIMARY, "unknown")).as(timeline.toString()).isTrue();
        assertThat(timeline.possibleDuplicates()).isZero();
        List<String> asked = lookups(timeline);
        assertThat(asked).as(timeline.toString()).isNotEmpty();
        assertThat(asked.get(asked.size() - 1)).isIn(KNOWN);
      }
      assertThat(simulator.count(PRIMARY)).isEqualTo(MESSAGES);
      assertThat(simulator.count(BACKUP)).isZero();
    }
  }

  @Test
  void receiptsThatNeverComeAreLookedUp() {
    try (GatewayProcess gateway = gateway("3s, 6s")) {
      simulator.mode(PRIMARY, "silent");

      ApiClient api = gateway.admin();
      List<Timeline> timelines =
          Settling.awaitAll(
              api,
              send(api),
              LIMIT,
              timeline ->
                  timeline.isDelivered() && lookups(timeline).contains(PRIMARY + ": delivered"));

      for (Timeline timeline : timelines) {
        assertThat(timeline.attempts())
            .extracting(Attempt::provider)
            .as(timeline.toString())
            .containsExactly(PRIMARY);
      }
    }
  }

  private static List<String> send(ApiClient api) {
    return Parallel.map(
        2, IntStream.range(0, MESSAGES).mapToObj(Messages::email).toList(), api::send);
  }

  private static List<String> lookups(Timeline timeline) {
    return timeline.json().getJsonArray("events").stream()
        .map(JsonObject.class::cast)
        .filter(event -> "lookup".equals(event.getString("event")))
        .map(event -> event.getString("detail"))
        .toList();
  }
}
