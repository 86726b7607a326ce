package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.redis.TestRedis;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three gateways share a ledger in PostgreSQL and a queue in Redis, and lose nothing when one dies,
 * one is frozen, Redis comes back empty and PostgreSQL is restarted. The long form, at a higher
 * rate and with a cut network, is {@code deploy/drills/cluster}.
 */
@Timeout(500)
class ClusterIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int BACKLOG = 600;
  private static final int PER_SECOND = 60;
  private static final String SPOOLED = "signalbox_spool_entries";
  private static final String NODES = "signalbox_nodes";
  private static final String TAKEOVERS = "signalbox_node_takeovers_total";
  private static final String ATTEMPTS = "signalbox_attempts_total";

  @TempDir Path directory;

  private PostgresProcess postgres;
  private TestRedis redis;

  @Test
  void losesNothingWhateverFails() throws Exception {
    try (PostgresProcess database = PostgresProcess.start(directory.resolve("postgres"));
        TestRedis queue = TestRedis.start(directory.resolve("redis"));
        SimulatorProcess simulator = SimulatorProcess.start()) {
      postgres = database;
      redis = queue;
      // So slow that the backlog is there still when the others have started, however long they
      // take.
      take(simulator, 2_000);
      try (GatewayProcess first = GatewayProcess.start(settings("one", simulator))) {
        ApiClient one = first.admin();
        Map<Integer, String> accepted = new HashMap<>(backlog(one));
        try (GatewayProcess second = GatewayProcess.start(settings("two", simulator));
            GatewayProcess third = GatewayProcess.start(settings("three", simulator))) {
          ApiClient two = second.admin();
          ApiClient three = third.admin();
          await().atMost(LIMIT).until(() -> one.metric(NODES) == 3 && three.metric(NODES) == 3);
          await("a part of what another accepted").atMost(LIMIT).until(() -> attempts(two) > 0);
          take(simulator, 100);

          accepted.putAll(disturb(List.of(one, two, three), second, third));
          try (GatewayProcess back = GatewayProcess.start(settings("two", simulator))) {
            List<ApiClient> all = List.of(one, back.admin(), three);
            // What a node took while PostgreSQL was away, or so slow that it seemed to be, nobody
            // else knows before it stores it there; the killed one, after its next start.
            await("spools are empty").atMost(LIMIT).until(() -> sum(all, SPOOLED) == 0);
            assertNothingIsLost(one, simulator, accepted);

            await("it goes on by itself")
                .atMost(LIMIT)
                .until(() -> all.stream().allMatch(node -> node.metric(NODES) == 3));
            String last = three.send(Messages.email(1_000_000));
            Settling.awaitAll(one, List.of(last), LIMIT, Timeline::isSentOrOver);
            assertThat(sum(all, TAKEOVERS)).isGreaterThanOrEqualTo(2);
          }
        }
      }
    }
  }

  /**
   * Under load, the second is killed, the third stands still for longer than it may, Redis forgets
   * everything, and PostgreSQL ends and begins.
   */
  private Map<Integer, String> disturb(
      List<ApiClient> gateways, GatewayProcess second, GatewayProcess third) throws Exception {
    try (SteadyLoad load = new SteadyLoad(gateways, BACKLOG, PER_SECOND)) {
      load.awaitAccepted(2 * PER_SECOND);
      second.kill();
      load.awaitAccepted(3 * PER_SECOND);
      load.avoid(gateways.get(2));
      third.freeze();
      try {
        await("both are taken over").atMost(LIMIT).until(() -> gateways.get(0).metric(NODES) == 1);
        load.awaitAccepted(load.accepted().size() + PER_SECOND);
      } finally {
        third.thaw();
      }
      load.awaitAccepted(load.accepted().size() + PER_SECOND);
      redis.kill();
      load.awaitAccepted(load.accepted().size() + PER_SECOND);
      redis.restart();
      load.awaitAccepted(load.accepted().size() + PER_SECOND);
      postgres.restart();
      load.awaitAccepted(load.accepted().size() + PER_SECOND);
      load.end();
      return load.accepted();
    }
  }

  private static void assertNothingIsLost(
      ApiClient api, SimulatorProcess simulator, Map<Integer, String> accepted) {
    List<Timeline> ended = Settling.awaitAll(api, accepted.values(), LIMIT, Timeline::isSentOrOver);
    Map<Integer, Integer> taken = simulator.countsByNumber("sendgrid", "resend");
    List<Timeline> lost = ended.stream().filter(t -> !taken.containsKey(t.number())).toList();
    List<Timeline> doubled = ended.stream().filter(t -> taken.get(t.number()) > 1).toList();
    Report.print(
        "one node killed, one frozen, Redis emptied, PostgreSQL restarted: %d accepted, %d lost, %d duplicates; %s",
        ended.size(), lost.size(), doubled.size(), Settling.states(ended));
    assertThat(lost).isEmpty();
    assertThat(ended).hasSize(accepted.size());
    assertThat(ended).noneMatch(t -> t.has("sendgrid", "failed"));
    assertThat(doubled).as("each explained").allMatch(ClusterIT::wasUnknown);
  }

  /** What was unknown once may be told better later: the timeline has both. */
  private static boolean wasUnknown(Timeline timeline) {
    return timeline.possibleDuplicates() > 0;
  }

  /** So long the providers take for each. */
  private static void take(SimulatorProcess simulator, int millis) {
    for (String plugin : List.of("sendgrid", "resend")) {
      simulator.set(plugin, new JsonObject().put("latency_ms", millis));
    }
  }

  private static Map<Integer, String> backlog(ApiClient api) {
    JsonArray batch = new JsonArray();
    IntStream.range(0, BACKLOG).forEach(number -> batch.add(Messages.email(number)));
    Map<Integer, String> accepted = new HashMap<>();
    for (Object each : api.batch(batch, "backlog").json(202).getJsonArray("results")) {
      JsonObject result = (JsonObject) each;
      accepted.put(result.getInteger("index"), result.getString("id"));
    }
    return accepted;
  }

  private static long sum(List<ApiClient> nodes, String metric) {
    return nodes.stream().mapToLong(node -> node.metric(metric)).sum();
  }

  private static long attempts(ApiClient api) {
    return api.metric(ATTEMPTS);
  }

  private GatewaySettings settings(String name, SimulatorProcess simulator) throws Exception {
    Path data = Files.createDirectories(directory.resolve(name));
    return postgres.settings(
        GatewaySettings.in(data)
            .against(simulator)
            .with("redis.urls", redis.url())
            // Few at a time, so that a backlog is there to be shared.
            .with("dispatch.max_in_flight", 8)
            .with("postgres.node_timeout", "2s")
            .with("unknown.failover_after", "1s")
            .with("unknown.wait_for", "2s")
            .with("dispatch.retry_base", "200ms"),
        data.resolve("postgres-password"));
  }
}
