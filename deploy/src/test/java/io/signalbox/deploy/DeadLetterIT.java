package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every provider refused in every round is kept for a person, who sends it again. */
@Timeout(300)
class DeadLetterIT {
  private static final int COUNT = 30;
  private static final int ROUNDS = 2;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String PATH = "/api/v1/dead-letters";

  @TempDir Path data;

  @Test
  void keepsWhatNobodyTookAndReplaysIt() {
    try (SimulatorProcess simulator = SimulatorProcess.start();
        GatewayProcess gateway = GatewayProcess.start(settings(simulator))) {
      ApiClient api = gateway.admin();
      simulator.mode("sendgrid", "error");
      simulator.mode("resend", "error");
      List<String> ids =
          Parallel.map(8, IntStream.range(0, COUNT).mapToObj(Messages::email).toList(), api::send);

      List<Timeline> dead =
          Settling.awaitAll(api, ids, LIMIT, timeline -> "dead_letter".equals(timeline.state()));
      assertThat(dead).allMatch(timeline -> timeline.attempts().size() == 2 * ROUNDS);
      assertThat(idsOf(api.get(PATH + "?limit=1000").json(200)))
          .containsExactlyInAnyOrderElementsOf(ids);
      assertThat(listedByCommand(gateway)).containsExactlyInAnyOrderElementsOf(ids);

      simulator.mode("sendgrid", "ok");
      simulator.mode("resend", "ok");
      JsonObject wish = new JsonObject().put("filters", new JsonObject().put("channel", "email"));
      JsonObject tried = api.post(PATH + "/replay", wish.copy().put("dry_run", true)).json(200);
      assertThat(tried.getInteger("matching")).isEqualTo(COUNT);
      assertThat(tried.getInteger("replayed")).isZero();
      assertThat(api.timeline(ids.get(0)).state()).isEqualTo("dead_letter");

      assertThat(api.post(PATH + "/replay", wish).json(200).getInteger("replayed"))
          .isEqualTo(COUNT);
      Settling.awaitAll(api, ids, LIMIT, Timeline::isDelivered);
      assertThat(simulator.countsByNumber("sendgrid", "resend"))
          .hasSize(COUNT)
          .allSatisfy((number, times) -> assertThat(times).isEqualTo(1));
      assertThat(idsOf(api.get(PATH).json(200))).isEmpty();
    }
  }

  private GatewaySettings settings(SimulatorProcess simulator) {
    return GatewaySettings.in(data)
        .against(simulator)
        .with("dispatch.max_rounds", ROUNDS)
        .with("dispatch.retry_base", "100ms")
        .with("breaker.failure_threshold", 10_000)
        .with("breaker.minimum_calls", 100_000);
  }

  private static List<String> listedByCommand(GatewayProcess gateway) {
    CommandRun run =
        CommandRun.signalbox(
            Map.of(),
            "dead-letters",
            "list",
            "--json",
            "--url",
            gateway.url(),
            "--token",
            gateway.token("viewer"));
    assertThat(run.exitCode()).as("%s", run).isZero();
    return idsOf(new JsonObject(run.out()));
  }

  private static List<String> idsOf(JsonObject page) {
    JsonArray letters = page.getJsonArray("dead_letters");
    return letters.stream().map(letter -> ((JsonObject) letter).getString("id")).toList();
  }
}
