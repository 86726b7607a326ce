package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The alerts that are shipped, by Prometheus's own tool, and their page. */
class AlertRulesIT {
  private static final Path PAGE = Path.of("..", "docs", "alerts.md");
  private static final String ENTRY = "### ";

  private static void promtool(String arguments) {
    CommandRun run = CommandRun.shell("cd " + AlertRules.FOLDER + " && promtool " + arguments);
    assertThat(run.exitCode()).as("promtool (Debian's package prometheus): %s", run).isZero();
  }

  @Test
  void prometheusTakesThem() {
    promtool("check rules " + AlertRules.FILE.getFileName());
  }

  @Test
  void eachFiresWhenItShouldAndIsQuietElse() {
    Set<String> names = names();
    for (boolean fires : new boolean[] {true, false}) {
      assertThat(
              AlertRules.cases().stream()
                  .filter(one -> one.fires() == fires)
                  .map(AlertRules.Case::alert)
                  .distinct())
          .as(fires ? "cases that fire" : "quiet cases")
          .containsExactlyInAnyOrderElementsOf(names);
    }
    promtool("test rules " + AlertRules.CASES.getFileName());
  }

  @Test
  void eachSaysWhatIsWrongAndLeadsToItsEntry() throws IOException {
    for (AlertRules.Alert alert : AlertRules.alerts()) {
      assertThat(alert.annotations())
          .as(alert.name())
          .containsOnlyKeys("summary", "description", "runbook")
          .containsEntry("runbook", "docs/alerts.md#" + alert.name().toLowerCase(Locale.ROOT));
    }
    List<String> lines = Files.readAllLines(PAGE);
    assertThat(
            lines.stream()
                .filter(line -> line.startsWith(ENTRY))
                .map(line -> line.substring(ENTRY.length())))
        .as("entries of docs/alerts.md")
        .containsExactlyInAnyOrderElementsOf(names());
    for (String part : List.of("**Means**", "**Look at**")) {
      assertThat(lines.stream().filter(line -> line.startsWith(part)))
          .as(part)
          .hasSize(names().size());
    }
  }

  private static Set<String> names() {
    return AlertRules.alerts().stream().map(AlertRules.Alert::name).collect(Collectors.toSet());
  }
}
