package io.signalbox.gateway.cli;

import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "providers",
    mixinStandardHelpOptions = true,
    subcommands = {ProviderEventsCommand.class, ProviderLintCommand.class},
    description = "Shows the providers, or commands one: providers reset sendgrid.")
final class ProvidersCommand implements Callable<Integer> {
  private static final double PERCENT = 100;

  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "VERB",
      description = "reset, open, drain, enable or check")
  private @Nullable Verb verb;

  @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "the provider's id")
  private @Nullable String id;

  @Override
  public Integer call() {
    if (verb == null) {
      output.result(client.call(Role.MANAGER).get("/api/v1/providers"), this::print);
      return 0;
    }
    if (id == null) {
      throw new CommandFailure(ExitCodes.BAD_DATA, "name the provider: providers " + verb + " ID");
    }
    String path = "/api/v1/providers/" + Typed.segment(id) + "/" + verb;
    JsonObject answer = client.call(Role.MANAGER).post(path, "");
    output.result(
        answer,
        result -> output.line(result.getString("provider") + ": " + result.getString("detail")));
    return answer.getBoolean("healthy", false) || verb != Verb.check ? 0 : ExitCodes.FAILED;
  }

  private void print(JsonObject answer) {
    JsonArray providers = answer.getJsonArray("providers", new JsonArray());
    for (Object each : providers) {
      if (each instanceof JsonObject provider) {
        JsonObject breaker = provider.getJsonObject("breaker", new JsonObject());
        output.line(
            String.format(
                Locale.ROOT,
                "%-20s %-12s %-10s %-12s breaker %-10s %s",
                provider.getString("id"),
                provider.getString("plugin"),
                provider.getString("stage"),
                provider.getString("status", "not ranked"),
                breaker.getString("state"),
                scores(provider)));
        for (Object warning : provider.getJsonArray("warnings", new JsonArray())) {
          output.line("    warning: " + warning);
        }
        JsonObject error = provider.getJsonObject("last_error");
        if (error != null) {
          output.line(
              "    version "
                  + error.getString("plugin_version")
                  + " did not take over: "
                  + error.getString("reason"));
        }
      }
    }
    if (providers.isEmpty()) {
      output.line("no providers");
    }
  }

  /** For each channel the score, and the share of its traffic: {@code email 91.4 (100%)}. */
  private static String scores(JsonObject provider) {
    JsonObject scores = provider.getJsonObject("scores", new JsonObject());
    List<String> words = new ArrayList<>();
    for (Object each : provider.getJsonArray("channels", new JsonArray())) {
      String channel = String.valueOf(each);
      JsonObject score = scores.getJsonObject(channel);
      words.add(
          score == null
              ? channel
              : String.format(
                  Locale.ROOT,
                  "%s %.1f (%.0f%%)",
                  channel,
                  score.getDouble("score"),
                  PERCENT * score.getDouble("traffic_share")));
    }
    return String.join(", ", words);
  }

  /** The names are what is typed. */
  enum Verb {
    reset,
    open,
    drain,
    enable,
    check
  }
}
