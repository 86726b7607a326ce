package io.signalbox.gateway.cli;

import io.signalbox.gateway.cli.board.BoardLines;
import io.signalbox.gateway.cli.board.Paint;
import io.signalbox.gateway.cli.board.Verdict;
import io.signalbox.gateway.cli.board.Words;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "monitor-health",
    mixinStandardHelpOptions = true,
    description =
        "Shows what is wrong, why, and what is done about it: live until Ctrl-C, once, or as the"
            + " one line of a monitoring plugin.",
    exitCodeOnInvalidInput = MonitorHealthCommand.UNKNOWN,
    exitCodeList = {
      "0:shown; with --check: nothing is wrong",
      "1:with --check: warning, less spare capacity than there should be",
      "2:with --check: critical, notifications are delayed or not taken",
      "3:the command line is wrong; with --check: unknown, such as a token that may not"
    })
final class MonitorHealthCommand implements Callable<Integer> {
  static final int UNKNOWN = 3;
  private static final double LEAST_SECONDS = 0.5;

  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @ArgGroup(exclusive = true)
  private @Nullable Form form;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      description = "between two looks, such as 5s; at least 0.5s; default: ${DEFAULT-VALUE}")
  private String interval = "1s";

  /** In which way it looks. */
  static final class Form {
    @Option(names = "--once", description = "look once")
    private boolean once;

    @Option(
        names = "--check",
        description = "print one line, and end with the exit code of a monitoring plugin")
    private boolean check;

    @Option(names = "--reset", paramLabel = "PROVIDER", description = "close a provider's breaker")
    private @Nullable String reset;
  }

  @Override
  public Integer call() throws InterruptedException {
    Form asked = form == null ? new Form() : form;
    if (asked.reset != null) {
      return reset(asked.reset);
    }
    if (asked.check) {
      return check();
    }
    if (asked.once) {
      show(Look.at(client.call(Role.VIEWER), true));
      return 0;
    }
    double seconds = Durations.seconds(interval, "--interval");
    if (seconds < LEAST_SECONDS) {
      throw new CommandFailure(ExitCodes.BAD_DATA, "--interval must be at least 0.5s");
    }
    watch(client.call(Role.VIEWER), Math.round(seconds * 1_000));
    return 0;
  }

  private int reset(String provider) {
    String path = "/api/v1/providers/" + Typed.segment(provider) + "/reset";
    JsonObject answer = client.call(Role.MANAGER).post(path, "");
    output.result(
        answer,
        result -> output.line(result.getString("provider") + ": " + result.getString("detail")));
    return 0;
  }

  /** A gateway that does not answer is critical; who may not ask does not know. */
  private int check() {
    Look look;
    try {
      look = Look.at(client.call(Role.VIEWER), true);
    } catch (RuntimeException failure) {
      // A mistake of the configuration too: who runs plugins knows no other exit codes.
      Verdict verdict = unseen(failure);
      output.result(
          json(verdict),
          json -> output.line("SIGNALBOX " + verdict.state() + " - " + verdict.summary()));
      return verdict.state().exitCode();
    }
    Verdict verdict = Verdict.of(look.board());
    output.result(look.json(), json -> output.line(verdict.line(look.board())));
    return verdict.state().exitCode();
  }

  /** What a look says that failed. */
  private static Verdict unseen(RuntimeException failure) {
    boolean away =
        failure instanceof CommandFailure told && told.exitCode() == ExitCodes.UNAVAILABLE;
    String message = failure.getMessage();
    return new Verdict(
        away ? Verdict.State.CRITICAL : Verdict.State.UNKNOWN,
        Words.printable(message == null ? failure.toString() : message));
  }

  private static JsonObject json(Verdict verdict) {
    return new JsonObject()
        .put("verdict", verdict.state().wireName())
        .put("summary", verdict.summary());
  }

  private void show(Look look) {
    output.result(
        look.json(),
        json -> lines(look, Output.WIDTH, Terminal.paint(System.getenv())).forEach(output::line));
  }

  private static List<String> lines(Look look, int width, Paint paint) {
    return BoardLines.of(look.board(), Clock.systemUTC().instant(), width, paint);
  }

  /**
   * Looks until the process ends, or nobody reads any more. A gateway that is away, or refuses for
   * now, is waited for.
   */
  private void watch(HttpCall call, long pauseMillis) throws InterruptedException {
    Map<String, String> environment = System.getenv();
    boolean drawn = !output.isJson() && Terminal.isStdout() && Terminal.isClever(environment);
    Paint paint = Terminal.paint(environment);
    try (Screen screen = drawn ? Screen.open(output.out()) : Screen.plain(output.out())) {
      List<String> last = List.of();
      while (true) {
        try {
          Look look = Look.at(call, true);
          last = lines(look, screen.width(), paint);
          if (output.isJson()) {
            show(look);
          } else {
            screen.show(last);
          }
        } catch (CommandFailure failure) {
          if (failure.exitCode() == ExitCodes.NO_PERMISSION
              || failure.exitCode() == ExitCodes.BAD_DATA) {
            throw failure;
          }
          if (output.isJson()) {
            output.line(json(unseen(failure)).put("url", call.url()).encode());
          } else {
            String trouble = failure.getMessage() + "; it is asked again";
            screen.interrupted(
                Words.wrap(trouble, 0, screen.width()).stream()
                    .map(line -> paint.as(Paint.Tone.BAD, line))
                    .toList(),
                last);
          }
        }
        if (!drawn && Terminal.isStdoutGone()) {
          return;
        }
        Waiting.pause(pauseMillis);
      }
    }
  }
}
