package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL is killed, and later stops in its tracks, under load: intake goes on, and what was
 * accepted is sent once. In between nothing is refused but what does not fit into the spool.
 */
@Timeout(240)
class SpoolIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int SENDERS = 8;
  private static final int ROOM = 520;

  /** Slow enough that much is under way whenever PostgreSQL goes. */
  private static final int LATENCY_MILLIS = 150;

  @TempDir Path directory;

  private SimulatorProcess simulator;
  private PostgresProcess postgres;
  private GatewaySettings settings;

  @Test
  void acceptsWithoutPostgresAndSendsOnceItIsBack() throws Exception {
    try (SimulatorProcess providers = SimulatorProcess.start();
        PostgresProcess database = PostgresProcess.start(directory.resolve("postgres"))) {
      simulator = providers;
      postgres = database;
      for (String plugin : List.of("sendgrid", "resend")) {
        simulator.set(plugin, new JsonObject().put("latency_ms", LATENCY_MILLIS));
      }
      settings = settings();
      List<String> sent = new ArrayList<>();
      try (GatewayProcess gateway = GatewayProcess.start(settings)) {
        killed(gateway.admin(), sent);
        frozen(gateway, sent);
      }
      try (GatewayProcess gateway = GatewayProcess.start(settings)) {
        List<Timeline> ended = settled(gateway.admin(), sent);
        Map<Integer, Integer> taken = simulator.countsByNumber("sendgrid", "resend");
        assertThat(taken).hasSize(ended.size());
        // The gateway was killed as well: what was under way then has an unknown outcome.
        assertThat(ended)
            .allMatch(each -> taken.get(each.number()) == 1 || each.possibleDuplicates() > 0);
      }
    }
  }

  /** The gateway lives on, and knows how each attempt ended: nothing at all is doubled. */
  private void killed(ApiClient api, List<String> sent) throws Exception {
    List<String> before = send(api, 0, 300);
    await().atMost(LIMIT).until(() -> simulator.count("sendgrid") + simulator.count("resend") > 20);
    postgres.kill();
    List<String> meanwhile = send(api, 300, 500);

    assertThat(api.metric("signalbox_spool_entries")).isPositive();
    assertThat(api.get("/health/ready").status()).isEqualTo(200);
    assertMode(api, "DEGRADED", "spooling");
    String last = meanwhile.get(meanwhile.size() - 1);
    Timeline spooled = api.timeline(last);
    assertThat(spooled.state()).isEqualTo("queued");
    assertThat(spooled.json().getString("reason")).isEqualTo("spooled");
    assertThat(api.get("/api/v1/notifications/" + before.get(0)).status()).isEqualTo(503);
    assertThat(api.post("/api/v1/notifications/" + last + "/cancel", new JsonObject()).status())
        .isEqualTo(503);

    postgres.restart();
    sent.addAll(before);
    sent.addAll(meanwhile);
    List<Timeline> ended = settled(api, sent);
    Map<Integer, Integer> taken = simulator.countsByNumber("sendgrid", "resend");
    Report.print(
        "PostgreSQL killed: %d accepted, %d of them without it, %d possible duplicates",
        ended.size(),
        api.metric("signalbox_spool_moved_total"),
        ended.stream().mapToLong(Timeline::possibleDuplicates).sum());
    assertThat(taken).hasSize(500);
    assertThat(taken.values()).containsOnly(1);
    await().atMost(LIMIT).untilAsserted(() -> assertMode(api, "NORMAL", ""));
  }

  /** The gateway is killed too, with a full spool. */
  private void frozen(GatewayProcess gateway, List<String> sent) throws Exception {
    ApiClient api = gateway.admin();
    postgres.freeze();
    try {
      sent.addAll(send(api, 500, 500 + ROOM));
      ApiClient.Answer refused = api.send(Messages.email(500 + ROOM), "one-too-many");
      assertThat(refused.status()).as(refused.body()).isEqualTo(503);
      assertMode(api, "CRITICAL", "spool_full");
      gateway.kill();
    } finally {
      postgres.goOn();
    }
  }

  /** Every one must be accepted at its first try. */
  private static List<String> send(ApiClient api, int from, int to) {
    return Parallel.map(
        SENDERS,
        IntStream.range(from, to).boxed().toList(),
        number -> api.send(Messages.email(number), "key-" + number).json(202).getString("id"));
  }

  private static List<Timeline> settled(ApiClient api, List<String> sent) {
    await().atMost(LIMIT).until(() -> api.metric("signalbox_spool_entries") == 0);
    List<Timeline> ended = Settling.awaitAll(api, sent, LIMIT, Timeline::isOver);
    assertThat(ended).hasSize(sent.size()).allMatch(Timeline::isDelivered);
    return ended;
  }

  private static void assertMode(ApiClient api, String mode, String cause) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              JsonObject health = api.get("/api/v1/notifications/pipeline/health").json(200);
              assertThat(health.getString("degradation_mode")).isEqualTo(mode);
              JsonArray reasons = health.getJsonArray("reasons");
              assertThat(reasons.encode()).contains(cause);
              assertThat(cause.isEmpty() || reasons.encode().contains("PostgreSQL")).isTrue();
            });
  }

  private GatewaySettings settings() throws Exception {
    Path data = directory.resolve("data");
    return postgres.settings(
        GatewaySettings.in(data)
            .against(simulator)
            .with("http.port", RestartPort.free())
            .with("spool.max_entries", ROOM)
            .with("unknown.failover_after", "1s")
            .with("unknown.wait_for", "4s")
            .with("dispatch.retry_base", "200ms")
            .with("breaker.recovery_timeout", "1s")
            .with("degradation.enter_after", "200ms")
            .with("degradation.leave_after", "1s"),
        directory.resolve("password"));
  }
}
