package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ordinary end of a gateway: SIGTERM with work under way. */
@Timeout(300)
class StopIT {
  private static final int COUNT = 300;
  private static final int PER_SECOND = 60;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static SimulatorProcess simulator;

  @TempDir Path data;

  @BeforeAll
  static void start() {
    simulator = SimulatorProcess.start();
    for (String plugin : List.of("sendgrid", "resend")) {
      // So much is under way whenever the gateway is told to end.
      simulator.set(plugin, new JsonObject().put("latency_ms", 100));
    }
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @Test
  void endsWithinTheDrainTimeoutAndDoublesNothing() {
    GatewaySettings settings = GatewaySettings.in(data).against(simulator);
    List<String> ids;
    try (GatewayProcess gateway = GatewayProcess.start(settings)) {
      ids =
          Parallel.map(
              8,
              IntStream.range(0, COUNT).mapToObj(Messages::email).toList(),
              gateway.admin()::send);
      assertThat(gateway.stop()).isZero();
    }
    try (GatewayProcess gateway = GatewayProcess.start(settings)) {
      List<Timeline> ended = Settling.awaitAll(gateway.admin(), ids, LIMIT, Timeline::isSentOrOver);

      assertThat(ended).allMatch(timeline -> timeline.possibleDuplicates() == 0);
      assertThat(taken(0, COUNT))
          .hasSize(COUNT)
          .allSatisfy((number, times) -> assertThat(times).isEqualTo(1));
    }
  }

  @Test
  void endsInOrderBeforeTheStartIsOver() {
    GatewaySettings settings = GatewaySettings.in(data).with("log.level", "info");
    int exitCode =
        GatewayProcess.stopOnceItPrints(Pattern.compile("ledger opened"), settings, LIMIT);
    assertThat(exitCode).isZero();
    try (GatewayProcess gateway = GatewayProcess.start(settings)) {
      assertThat(gateway.admin().get("/health/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void losesNothingOfALoadThatGoesOn() {
    int first = 1_000_000;
    GatewaySettings settings =
        GatewaySettings.in(data).against(simulator).with("http.port", RestartPort.free());
    Map<Integer, String> accepted;
    GatewayProcess gateway = GatewayProcess.start(settings);
    try (SteadyLoad load = new SteadyLoad(List.of(gateway.admin()), first, PER_SECOND)) {
      load.awaitAccepted(PER_SECOND);

      assertThat(gateway.stop()).isZero();

      int before = load.accepted().size();
      gateway = GatewayProcess.start(settings);
      load.awaitAccepted(before + PER_SECOND);
      load.end();
      accepted = load.accepted();

      List<Timeline> ended =
          Settling.awaitAll(gateway.admin(), accepted.values(), LIMIT, Timeline::isSentOrOver);
      Map<Integer, Integer> taken = taken(first, Integer.MAX_VALUE);
      Report.print(
          "told to end with %d accepted, %d more afterwards; taken %d, possible duplicates %d",
          before,
          accepted.size() - before,
          taken.size(),
          ended.stream().mapToLong(Timeline::possibleDuplicates).sum());
      assertThat(ended).hasSize(accepted.size());
      assertThat(taken.keySet()).isEqualTo(accepted.keySet());
      assertThat(ended)
          .allMatch(
              timeline -> taken.get(timeline.number()) == 1 || timeline.possibleDuplicates() > 0);
    } finally {
      gateway.close();
    }
  }

  /** How often the providers took each of these numbers. */
  private static Map<Integer, Integer> taken(int from, int to) {
    Map<Integer, Integer> taken = new TreeMap<>(simulator.countsByNumber("sendgrid", "resend"));
    taken.keySet().removeIf(number -> number < from || number >= to);
    return taken;
  }
}
