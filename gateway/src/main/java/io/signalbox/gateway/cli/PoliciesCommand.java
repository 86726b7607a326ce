package io.signalbox.gateway.cli;

import io.signalbox.gateway.config.ConfigMistake;
import io.signalbox.gateway.policy.PolicyCheck;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "policies",
    mixinStandardHelpOptions = true,
    description = "Routing policies: shows those in force, or checks files before they are used.",
    subcommands = {PoliciesCommand.ListCommand.class, PoliciesCommand.CheckCommand.class})
final class PoliciesCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @Override
  public Integer call() {
    return list(output, client);
  }

  private static int list(Output output, ClientOptions client) {
    output.result(client.call(Role.MANAGER).get("/api/v1/policies"), all -> print(output, all));
    return 0;
  }

  private static void print(Output output, JsonObject answer) {
    JsonArray policies = answer.getJsonArray("policies", new JsonArray());
    for (Object each : policies) {
      if (each instanceof JsonObject policy) {
        print(output, policy.getString("name"), policy.getJsonObject("effective"));
      }
    }
    print(output, "without a policy", answer.getJsonObject("default"));
    for (Object each : answer.getJsonArray("warnings", new JsonArray())) {
      if (each instanceof JsonObject warning) {
        output.line(
            String.format(
                Locale.ROOT,
                "warning: policy %s: %s %s: %s",
                warning.getString("policy"),
                warning.getString("key"),
                warning.getString("value"),
                warning.getString("problem")));
      }
    }
    for (Object each : answer.getJsonArray("refused", new JsonArray())) {
      if (each instanceof JsonObject file) {
        output.line("refused: " + file.getString("file"));
        for (Object problem : file.getJsonArray("problems", new JsonArray())) {
          if (problem instanceof JsonObject told) {
            output.line(
                "  " + (told.getString("key", "") + " " + told.getString("expected")).strip());
          }
        }
      }
    }
  }

  private static void print(Output output, String name, JsonObject effective) {
    output.line(name);
    for (String key : effective.fieldNames()) {
      JsonObject value = effective.getJsonObject(key);
      String text = value.getString("value");
      output.line(
          String.format(
              Locale.ROOT,
              "  %-24s %-16s %s",
              key,
              text == null || text.isEmpty() ? "-" : text,
              value.getString("source")));
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description =
          "Shows the policies in force with their values, and the files that are refused.")
  static final class ListCommand implements Callable<Integer> {
    @Mixin private Output output = new Output();
    @Mixin private ClientOptions client = new ClientOptions();

    @Override
    public Integer call() {
      return list(output, client);
    }
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Checks without a server whether policy files can be used together; the exit code is 0 if"
              + " they can.")
  static final class CheckCommand implements Callable<Integer> {
    @Mixin private Output output = new Output();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "such as policies/otp.yaml")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
      JsonArray problems = new JsonArray();
      for (ConfigMistake mistake : PolicyCheck.mistakes(files)) {
        problems.add(
            new JsonObject()
                .put("file", mistake.source())
                .put("key", mistake.key())
                .put("expected", mistake.expected()));
        if (!output.isJson()) {
          output.line(mistake.toString());
        }
      }
      output.result(
          new JsonObject().put("valid", problems.isEmpty()).put("problems", problems),
          result -> {
            if (problems.isEmpty()) {
              output.line("valid");
            }
          });
      return problems.isEmpty() ? 0 : ExitCodes.BAD_DATA;
    }
  }
}
