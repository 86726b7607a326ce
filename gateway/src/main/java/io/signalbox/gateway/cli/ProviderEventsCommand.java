package io.signalbox.gateway.cli;

import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = "Shows how a provider's breaker moved, newest first, and what led to it.")
final class ProviderEventsCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @Parameters(index = "0", paramLabel = "ID", description = "the provider's id")
  private String id = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "how many, 1 to 1000; default: ${DEFAULT-VALUE}")
  private int limit = 20;

  @Override
  public Integer call() {
    String path = "/api/v1/providers/" + Typed.segment(id) + "/breaker-events?limit=" + limit;
    output.result(client.call(Role.MANAGER).get(path), this::print);
    return 0;
  }

  private void print(JsonObject answer) {
    JsonArray events = answer.getJsonArray("events", new JsonArray());
    for (Object each : events) {
      if (each instanceof JsonObject event) {
        print(event, event.getJsonObject("evidence", new JsonObject()));
      }
    }
    if (events.isEmpty()) {
      output.line("no events");
    }
  }

  private void print(JsonObject event, JsonObject evidence) {
    output.line(
        String.format(
            Locale.ROOT,
            "%s %s -> %s, %s: %s",
            event.getString("at"),
            event.getString("from"),
            event.getString("to"),
            event.getString("cause"),
            event.getString("reason")));
    for (Object each : evidence.getJsonArray("last_failures", new JsonArray())) {
      if (each instanceof JsonObject failure) {
        output.line(
            String.format(
                Locale.ROOT,
                "    %s %s %s, %s",
                failure.getString("attempt"),
                failure.getString("outcome"),
                failure.getString("code", ""),
                failure.getString("progress")));
      }
    }
  }
}
