package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.redis.TestRedis;
import io.signalbox.testkit.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two gateways of a cluster are replaced one after the other by a later version with a longer
 * schema, while others send. Both are configured by {@code examples/cluster.yaml}.
 */
@Timeout(300)
class RollingUpgradeIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Thousands of timelines are read then, on a machine that does much besides. */
  private static final Duration READ_LIMIT = Duration.ofSeconds(150);

  private static final int PER_SECOND = 25;
  private static final Path EXAMPLE = Path.of("examples", "cluster.yaml").toAbsolutePath();

  @TempDir Path directory;

  private final List<Integer> memberPorts = List.of(RestartPort.free(), RestartPort.free());
  private final List<Integer> apiPorts = List.of(RestartPort.free(), RestartPort.free());
  private PostgresProcess postgres;
  private TestRedis redis;
  private SimulatorProcess simulator;
  private TestCertificate certificate;

  @Test
  void nothingIsLostWhileTwoVersionsShareTheWork() throws Exception {
    Path next = NextVersion.in(directory.resolve("next"));
    assertThat(CommandRun.shell(launcher(next) + " --version").out()).contains(NextVersion.NUMBER);
    certificate = TestCertificate.create(Files.createDirectory(directory.resolve("tls")));
    List<GatewayProcess> running = new ArrayList<>();
    try (PostgresProcess database = PostgresProcess.start(directory.resolve("postgres"));
        TestRedis queue = TestRedis.start(directory.resolve("redis"));
        SimulatorProcess sink = SimulatorProcess.start()) {
      postgres = database;
      redis = queue;
      simulator = sink;
      running.add(start(0, Distribution.home()));
      running.add(start(1, Distribution.home()));
      try (SteadyLoad load =
          new SteadyLoad(running.stream().map(GatewayProcess::admin).toList(), 0, PER_SECOND)) {
        load.awaitAccepted(2 * PER_SECOND);
        for (int node = 0; node < 2; node++) {
          assertThat(running.get(node).stop()).isZero();
          running.set(node, start(node, next));
          ApiClient replaced = running.get(node).admin();
          await("both are there")
              .atMost(LIMIT)
              .until(
                  () ->
                      replaced.metric("signalbox_nodes") == 2
                          && replaced.metric("signalbox_cluster_nodes") == 2);
          load.awaitAccepted(load.accepted().size() + 2 * PER_SECOND);
        }
        load.end();
        assertNothingIsLost(running.get(0).admin(), load.accepted());
      }
      assertThat(hasNewColumn()).isTrue();
      olderVersionsAreRefused();
    } finally {
      running.forEach(GatewayProcess::close);
    }
  }

  private void assertNothingIsLost(ApiClient api, Map<Integer, String> accepted) {
    List<Timeline> ended =
        Settling.awaitAll(api, accepted.values(), READ_LIMIT, Timeline::isSentOrOver);
    Map<Integer, Integer> taken = new TreeMap<>(simulator.countsByNumber("sendgrid", "resend"));
    Report.print(
        "upgraded under load: %d accepted, %d taken, %d possible duplicates; %s",
        ended.size(),
        taken.size(),
        ended.stream().mapToLong(Timeline::possibleDuplicates).sum(),
        Settling.states(ended));
    assertThat(taken.keySet()).isEqualTo(new TreeMap<>(accepted).keySet());
    assertThat(ended)
        .hasSize(accepted.size())
        .allMatch(
            timeline -> taken.get(timeline.number()) == 1 || timeline.possibleDuplicates() > 0);
  }

  private boolean hasNewColumn() throws Exception {
    try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT 1 FROM information_schema.columns WHERE table_name = 'notifications'"
                    + " AND column_name = '"
                    + NextVersion.NEW_COLUMN
                    + "'")) {
      return rows.next();
    }
  }

  /** Going back means going back to a copy of the ledger: the reason says so. */
  private void olderVersionsAreRefused() throws Exception {
    Path data = Files.createDirectories(directory.resolve("older"));
    GatewaySettings settings =
        postgres.settings(GatewaySettings.in(data), data.resolve("password"));
    CommandRun run = CommandRun.signalbox(settings.environment(), "serve");
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err()).contains("newer gateway");
  }

  private static String launcher(Path home) {
    return "SIGNALBOX_CDS=off JAVA_HOME=" + JavaUnderTest.home() + " " + home + "/bin/signalbox";
  }

  private GatewayProcess start(int node, Path home) throws Exception {
    Path data = Files.createDirectories(directory.resolve("node-" + node));
    GatewaySettings settings =
        postgres
            .settings(GatewaySettings.in(data).against(simulator), data.resolve("password"))
            .with("http.host", "127.0.0.1")
            .with("http.port", apiPorts.get(node))
            .with("http.metrics_port", "")
            .with("postgres.tls", "disable")
            .with("postgres.ca_file", "")
            .with("redis.urls", redis.url())
            .with("redis.password", "")
            .with("cluster.name", "upgrade-" + ProcessHandle.current().pid())
            .with("cluster.host", "127.0.0.1")
            .with("cluster.port", memberPorts.get(node))
            .with("cluster.bus_port", 0)
            .with(
                "cluster.members",
                "127.0.0.1:" + memberPorts.get(0) + ",127.0.0.1:" + memberPorts.get(1))
            .with("cluster.tls_cert_file", certificate.pem())
            .with("cluster.tls_key_file", certificate.pemKey())
            .with("cluster.tls_ca_file", certificate.pem())
            .with("security.jwt_key_file", data.resolve("jwt.key"))
            .with("webhooks.public_url", "http://127.0.0.1:" + apiPorts.get(0));
    return GatewayProcess.startFrom(home, List.of(), settings, "--config", EXAMPLE.toString());
  }
}
