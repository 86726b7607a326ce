package io.signalbox.gateway.cli;

import io.signalbox.gateway.cli.board.Words;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command prints: a few words, or JSON. */
final class Output {
  /** What every terminal has room for. */
  static final int WIDTH = 80;

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

  /** Prints a sentence, in as many lines of 80 characters as it needs. */
  void wrapped(String text) {
    Words.wrap(text, 0, WIDTH).forEach(this::line);
  }

  void line(String text) {
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }

  /** Prints a line for each object of a list in an answer, or that there is none. */
  void rows(JsonObject answer, String list, Function<JsonObject, String> line, String none) {
    JsonArray rows = answer.getJsonArray(list, new JsonArray());
    for (Object each : rows) {
      if (each instanceof JsonObject row) {
        line(line.apply(row));
      }
    }
    if (rows.isEmpty()) {
      line(none);
    }
  }

  /** Prints how the next page is asked for, if there is one. */
  void more(JsonObject answer) {
    String next = answer.getString("next");
    if (next != null) {
      line("more: --after " + next);
    }
  }

  /** The words of a list. */
  static String words(JsonObject object, String list) {
    return object.getJsonArray(list, new JsonArray()).stream()
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }

  /** Where results go. */
  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Where what is no result goes. */
  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  boolean isJson() {
    return json;
  }
}
