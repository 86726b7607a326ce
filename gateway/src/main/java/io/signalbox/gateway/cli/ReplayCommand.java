package io.signalbox.gateway.cli;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.sql.SqlHistory;
import io.signalbox.gateway.ledger.sqlite.SqliteHistory;
import io.signalbox.gateway.notification.NotificationJson;
import io.signalbox.gateway.replay.BackTest;
import io.signalbox.gateway.replay.RecordedPast;
import io.signalbox.gateway.replay.ReplayJson;
import io.signalbox.gateway.vault.Vault;
import io.signalbox.scoring.replay.ReplayReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description =
        "Back-test: runs recorded attempts through the policy of a file and prints the difference in"
            + " success, latency, cost and duplicates. Reads the embedded ledger in data.dir, also"
            + " while the server runs, and none in PostgreSQL; changes nothing.")
final class ReplayCommand implements Callable<Integer> {
  private static final int MOST = 1_000_000;

  @Mixin private Output output = new Output();
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      required = true,
      description = "YAML: a routing policy, with scoring and providers if wanted")
  private Path policy = Path.of("");

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "such as 2026-01-31T10:00:00Z, or 24h ago; default: ${DEFAULT-VALUE}")
  private String from = "24h";

  @Option(names = "--to", paramLabel = "TIME", description = "likewise; default: now")
  private @Nullable String to;

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      description = "so many notifications at most, the oldest; default: ${DEFAULT-VALUE}")
  private int limit = 100_000;

  @Option(names = "--seed", description = "of all random numbers; default: ${DEFAULT-VALUE}")
  private long seed = 1;

  @Override
  public Integer call() {
    if (limit < 1 || limit > MOST) {
      throw new CommandFailure(ExitCodes.BAD_DATA, "--limit must be 1 to " + MOST);
    }
    GatewayConfig configured = config.load(Map.of());
    BackTest test = new BackTest(configured, policy);
    long now = Clock.systemUTC().millis();
    long fromMillis = time(from, "--from", now);
    long untilMillis = to == null ? now : time(to, "--to", now);
    RecordedPast past =
        Progress.during(
            "reading the past",
            Duration.ZERO,
            output,
            () -> past(configured, fromMillis, untilMillis));
    if (past.notifications().isEmpty()) {
      throw new CommandFailure(
          ExitCodes.FAILED, "nothing was recorded from " + Instant.ofEpochMilli(fromMillis));
    }
    ReplayReport report =
        Progress.during("running the past", Duration.ZERO, output, () -> test.run(past, seed));
    output.result(
        ReplayJson.json(report, past, seed),
        json -> ReplayText.lines(report, past).forEach(output::line));
    return 0;
  }

  private RecordedPast past(GatewayConfig configured, long fromMillis, long untilMillis) {
    if (configured.ledger().engine() == GatewayConfig.Ledger.Engine.POSTGRES) {
      throw new CommandFailure(
          ExitCodes.BAD_DATA, "ledger.engine is postgres: replay reads the embedded ledger alone");
    }
    Path file = configured.data().dir().resolve("ledger.db");
    try (SqlHistory history = SqliteHistory.open(file, seal(configured), new NotificationJson())) {
      return RecordedPast.read(history, fromMillis, untilMillis, limit);
    } catch (LedgerUnavailableException e) {
      throw new CommandFailure(ExitCodes.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private static Seal seal(GatewayConfig configured) {
    Optional<Path> keys = configured.security().encryptionKeys();
    try {
      return keys.isEmpty() ? Seal.NONE : Vault.once(keys.get());
    } catch (IOException e) {
      throw new CommandFailure(ExitCodes.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private static long time(String text, String option, long nowMillis) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeException notAnInstant) {
      return nowMillis - Math.round(Durations.seconds(text, option) * 1000);
    }
  }
}
