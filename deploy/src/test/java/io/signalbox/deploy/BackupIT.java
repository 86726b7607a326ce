package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/production.md that make copies of a ledger and bring them back. */
@Timeout(400)
class BackupIT {
  private static final Path PAGE = Path.of("..", "docs", "production.md");
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int BEFORE = 40;
  private static final int AFTER = 10;

  private static SimulatorProcess simulator;

  @TempDir Path directory;

  private final Map<String, String> steps = DocumentSteps.of(PAGE);

  @BeforeAll
  static void start() {
    simulator = SimulatorProcess.start();
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @Test
  void theEmbeddedLedgerIsCopiedWhileItIsUsed() throws IOException {
    assumeTrue(CommandRun.shell("command -v sqlite3").exitCode() == 0, "no sqlite3 here");
    Path data = directory.resolve("data");
    GatewaySettings settings = GatewaySettings.in(data).against(simulator);
    List<String> before;
    List<String> after;
    try (GatewayProcess gateway = GatewayProcess.start(settings)) {
      before = sent(gateway, 0, BEFORE);
      run(steps.get("backup-sqlite"), Map.of());
      after = sent(gateway, BEFORE, AFTER);
      gateway.kill();
    }
    Files.writeString(data.resolve("ledger.db"), "a disk that has gone bad");
    run(steps.get("restore-sqlite"), Map.of());
    try (GatewayProcess gateway = GatewayProcess.start(settings)) {
      assertIsAsItWas(gateway, before, after);
    }
  }

  @Test
  void aDumpOfPostgresIsRestored() throws IOException {
    Optional<Path> programs = SystemPostgres.programs();
    assumeTrue(programs.isPresent(), "no PostgreSQL with its programs here");
    Path data = Files.createDirectories(directory.resolve("data"));
    try (SystemPostgres server = SystemPostgres.start(programs.get(), directory.resolve("pg"))) {
      CommandRun made =
          CommandRun.script(
              "createdb --host=127.0.0.1 --username=postgres --port="
                  + server.port()
                  + " signalbox",
              directory,
              server.path(),
              LIMIT);
      assertThat(made.exitCode()).as("%s", made).isZero();
      GatewaySettings settings =
          GatewaySettings.in(data)
              .against(simulator)
              .with("ledger.engine", "postgres")
              .with("postgres.host", "127.0.0.1")
              .with("postgres.port", server.port())
              .with("postgres.user", "postgres")
              .with("postgres.tls", "disable");
      List<String> before;
      List<String> after;
      try (GatewayProcess gateway = GatewayProcess.start(settings)) {
        before = sent(gateway, 1_000, BEFORE);
        run("backup-postgres", server);
        after = sent(gateway, 1_000 + BEFORE, AFTER);
        gateway.kill();
      }
      run("restore-postgres", server);
      try (GatewayProcess gateway =
          GatewayProcess.start(settings.with("postgres.database", "signalbox_restored"))) {
        assertIsAsItWas(gateway, before, after);
      }
    }
  }

  private static List<String> sent(GatewayProcess gateway, int first, int count) {
    ApiClient api = gateway.admin();
    List<String> ids =
        IntStream.range(first, first + count)
            .mapToObj(number -> api.send(Messages.email(number)))
            .toList();
    Settling.awaitAll(api, ids, LIMIT, Timeline::isDelivered);
    return ids;
  }

  /** What there was is there, what came later is not, and it works. */
  private static void assertIsAsItWas(
      GatewayProcess gateway, List<String> before, List<String> after) {
    ApiClient api = gateway.admin();
    assertThat(Parallel.map(4, before, api::timeline)).allMatch(Timeline::isDelivered);
    assertThat(after)
        .allSatisfy(
            id ->
                assertThat(api.get("/api/v1/notifications/" + id).status()).as(id).isEqualTo(404));
    sent(gateway, 10_000, 1);
  }

  private void run(String step, SystemPostgres server) {
    String here = "postgresql://postgres@127.0.0.1:" + server.port() + "/";
    String lines = steps.get(step).replace("postgresql://signalbox@db.example.org/", here);
    run(lines, server.path());
  }

  private void run(String lines, Map<String, String> environment) {
    String here =
        lines
            .replace("/var/lib/signalbox", directory.resolve("data").toString())
            .replace("/var/backups/signalbox", directory.resolve("backups").toString());
    CommandRun run = CommandRun.script(here, directory, environment, LIMIT);
    assertThat(run.exitCode()).as("%s\n%s", here, run).isZero();
  }
}
