package io.signalbox.gateway.cli;

import io.signalbox.gateway.delivery.BreakerSetup;
import io.signalbox.loader.FileProblem;
import io.signalbox.loader.ProviderDefinition;
import io.signalbox.loader.ProviderFileCheck;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    description = {
      "Looks for mistakes in a provider file, and for breaker settings that cannot work with it.",
      "Asks no server. Exit code 1 if something cannot work, 65 if the file is refused."
    })
final class ProviderLintCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Parameters(index = "0", paramLabel = "FILE", description = "such as plugins/sendgrid-eu.yaml")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    ProviderFileCheck check = ProviderFileCheck.read(file);
    List<String> problems = check.problems().stream().map(FileProblem::toString).toList();
    ProviderDefinition definition = check.definition();
    List<String> warnings =
        definition == null ? List.of() : BreakerSetup.warnings(config.load(Map.of()), definition);
    output.result(
        new JsonObject()
            .put("file", file.toString())
            .put("problems", new JsonArray(problems))
            .put("warnings", new JsonArray(warnings)),
        result -> print(problems, warnings));
    if (!problems.isEmpty()) {
      return ExitCodes.BAD_DATA;
    }
    return warnings.isEmpty() ? 0 : ExitCodes.FAILED;
  }

  private void print(List<String> problems, List<String> warnings) {
    problems.forEach(problem -> output.line(file + ": " + problem));
    warnings.forEach(warning -> output.line(file + ": " + warning));
    if (problems.isEmpty() && warnings.isEmpty()) {
      output.line(file + ": nothing found");
    }
  }
}
