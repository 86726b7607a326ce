package io.signalbox.gateway.cli;

import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "loggers",
    mixinStandardHelpOptions = true,
    description =
        "Shows how much a gateway's log tells, and changes it while it runs: loggers set"
            + " io.signalbox.gateway.dispatch debug --for 15m.")
final class LoggersCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/loggers";

  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "VERB",
      description = "list, set or reset; default: ${DEFAULT-VALUE}")
  private Verb verb = Verb.list;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "root, access, or a class or package")
  private @Nullable String name;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "LEVEL",
      description = "set: off, error, warn, info or debug")
  private @Nullable String level;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "set: such as 15m; without it until it is reset or the gateway ends")
  private @Nullable String time;

  @Override
  public Integer call() {
    HttpCall call = client.call(Role.ADMIN);
    switch (verb) {
      case list ->
          output.result(
              call.get(PATH),
              answer -> output.rows(answer, "loggers", LoggersCommand::line, "no loggers"));
      case set ->
          output.result(call.put(one(), wish().encode()), answer -> output.line(line(answer)));
      case reset -> output.result(call.delete(one()), answer -> output.line(line(answer)));
    }
    return 0;
  }

  private String one() {
    if (name == null) {
      throw new CommandFailure(ExitCodes.BAD_DATA, "name the logger: loggers " + verb + " NAME");
    }
    return PATH + "/" + Typed.segment(name);
  }

  private JsonObject wish() {
    if (level == null) {
      throw new CommandFailure(ExitCodes.BAD_DATA, "name the level: loggers set NAME LEVEL");
    }
    JsonObject wish = new JsonObject().put("level", level.toLowerCase(Locale.ROOT));
    Typed.put(wish, "for", time);
    return wish;
  }

  private static String line(JsonObject logger) {
    String usual = logger.getString("usual_level", "");
    String until = logger.getString("until", "");
    return logger.getString("level")
        + " "
        + logger.getString("name")
        + (logger.getBoolean("changed", false) ? ", changed" : "")
        + (usual.isEmpty() ? "" : ", usually " + usual)
        + (until.isEmpty() ? "" : ", until " + until);
  }

  /** The names are what is typed. */
  enum Verb {
    list,
    set,
    reset
  }
}
