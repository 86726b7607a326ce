package io.signalbox.gateway.cli;

import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command prints: a few words, or JSON. */
final class Output {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  /** Prints a result as JSON, or lets the command print it for people. */
  void result(JsonObject result, Consumer<JsonObject> forPeople) {
    if (json) {
      line(result.encode());
    } else {
      forPeople.accept(result);
    }
  }

  void line(String text) {
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }

  boolean isJson() {
    return json;
  }
}
