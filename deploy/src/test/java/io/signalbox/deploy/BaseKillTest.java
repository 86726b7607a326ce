package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway is killed again and again under load; the simulator's own list says what arrived. */
abstract class BaseKillTest {
  private static final int BATCH = 100;
  private static final int SENDERS = 12;
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** Slow enough that much is under way whenever the gateway dies. */
  private static final int LATENCY_MILLIS = 100;

  @TempDir Path data;

  private final int total;
  private final int kills;

  private final Map<Integer, String> accepted = new ConcurrentHashMap<>();

  BaseKillTest(int total, int kills) {
    this.total = total;
    this.kills = kills;
  }

  /** What else the gateway is told. */
  GatewaySettings with(GatewaySettings settings) throws Exception {
    return settings;
  }

  @Test
  @Timeout(400)
  void losesNothingAcrossKills() throws Exception {
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    try (SimulatorProcess simulator = SimulatorProcess.start()) {
      for (String plugin : List.of("sendgrid", "resend")) {
        simulator.set(plugin, new JsonObject().put("latency_ms", LATENCY_MILLIS));
      }
      GatewaySettings settings =
          GatewaySettings.in(data)
              .against(simulator)
              .with("http.port", RestartPort.free())
              .with("unknown.failover_after", "1s")
              .with("unknown.wait_for", "4s")
              .with("dispatch.retry_base", "200ms")
              .with("breaker.recovery_timeout", "1s");
      settings = with(settings);
      GatewayProcess gateway = GatewayProcess.start(settings);
      try {
        ApiClient api = gateway.admin();
        List<Future<?>> sending = sendAll(senders, api);
        for (int kill = 1; kill <= kills; kill++) {
          int acceptedAtLeast = kill == kills ? total : (2 * kill - 1) * total / (2 * kills);
          long takenBefore = taken(simulator);
          await("load for a kill")
              .atMost(LIMIT)
              .until(
                  () ->
                      accepted.size() >= acceptedAtLeast
                          && taken(simulator) >= Math.min(takenBefore + 200, total));
          gateway.kill();
          Report.print(
              "killed with %d accepted, of which the providers had taken %d",
              accepted.size(), taken(simulator));
          gateway = GatewayProcess.start(settings);
        }
        for (Future<?> one : sending) {
          one.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(accepted).hasSize(total);
        List<Timeline> ended = Settling.awaitAll(api, accepted.values(), LIMIT, Timeline::isOver);
        assertNothingIsLost(simulator, ended);
      } finally {
        gateway.close();
      }
    } finally {
      senders.shutdownNow();
    }
  }

  private void assertNothingIsLost(SimulatorProcess simulator, List<Timeline> ended) {
    Map<Integer, Integer> taken = simulator.countsByNumber("sendgrid", "resend");
    List<Timeline> lost = ended.stream().filter(t -> !taken.containsKey(t.number())).toList();
    List<Timeline> doubled = ended.stream().filter(t -> taken.get(t.number()) > 1).toList();
    Report.print(
        "%d kills: %d accepted, %d lost, %d duplicates, %d possible duplicates shown; %s",
        kills,
        ended.size(),
        lost.size(),
        doubled.size(),
        ended.stream().mapToLong(Timeline::possibleDuplicates).sum(),
        Settling.states(ended));
    assertThat(lost).isEmpty();
    assertThat(ended).hasSize(total).allMatch(Timeline::isDelivered);
    assertThat(taken).hasSize(total);
    assertThat(doubled).allMatch(t -> t.possibleDuplicates() > 0);
  }

  private static long taken(SimulatorProcess simulator) {
    return simulator.count("sendgrid") + simulator.count("resend");
  }

  private int singles() {
    return total * 2 / 5;
  }

  private List<Future<?>> sendAll(ExecutorService senders, ApiClient api) {
    List<Integer> jobs =
        IntStream.concat(
                IntStream.range(0, singles()),
                IntStream.range(singles() / BATCH, total / BATCH).map(i -> i * BATCH))
            .boxed()
            .toList();
    return jobs.stream()
        .<Future<?>>map(
            first ->
                senders.submit(
                    () -> {
                      if (first < singles()) {
                        repeat(() -> sendOne(api, first));
                      } else {
                        repeat(() -> sendBatch(api, first));
                      }
                    }))
        .toList();
  }

  /** As a careful client does: again with the same key until there is an answer. */
  private static void repeat(Callable<Boolean> send) {
    await("accepted")
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .ignoreException(UncheckedIOException.class)
        .until(send);
  }

  private boolean sendOne(ApiClient api, int number) {
    ApiClient.Answer answer = api.send(Messages.email(number), "single-" + number);
    if (answer.status() == 202) {
      accepted.put(number, answer.json().getString("id"));
      return true;
    }
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    return false;
  }

  private boolean sendBatch(ApiClient api, int first) {
    JsonArray batch = new JsonArray();
    IntStream.range(first, first + BATCH).forEach(number -> batch.add(Messages.email(number)));
    ApiClient.Answer answer = api.batch(batch, "batch-" + first);
    if (answer.status() == 202) {
      for (Object each : answer.json().getJsonArray("results")) {
        JsonObject result = (JsonObject) each;
        assertThat(result.getInteger("status")).as(answer.body()).isEqualTo(202);
        accepted.put(first + result.getInteger("index"), result.getString("id"));
      }
      return true;
    }
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    return false;
  }
}
