package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The harness of docs/performance.md still works: one of its scenarios, as short as can be. What
 * comes out says nothing about speed, and nothing is asserted about it.
 */
@Timeout(300)
class BenchIT {
  private static final Duration LIMIT = Duration.ofSeconds(290);

  @TempDir Path directory;

  @Test
  void aScenarioMeasuresAndChecks() {
    assumeTrue(CommandRun.shell("command -v jq && command -v curl").exitCode() == 0, "no jq here");

    // Ended by itself it ends what it has started, too.
    CommandRun run =
        CommandRun.script(
            "timeout --kill-after=20 260 bench/run batch --seconds 1 --warm-up 1",
            Path.of("."),
            Map.of("JAVA_HOME", JavaUnderTest.home(), "TMPDIR", directory.toString()),
            LIMIT);

    assertThat(run.exitCode()).as("%s", run).isZero();
    JsonObject result = new JsonObject(run.out());
    JsonObject batch = result.getJsonObject("results").getJsonObject("batch");
    assertThat(batch.getJsonObject("ledger").getLong("notifications")).isPositive();
    assertThat(batch.getLong("lost")).isZero();
    assertThat(result.getJsonArray("mistakes")).isEqualTo(new JsonArray());
    assertThat(result.getJsonArray("figures").getJsonObject(0).getString("name"))
        .isEqualTo("batch");
    assertThat(run.err()).contains("Nothing lost, nothing twice");
  }
}
