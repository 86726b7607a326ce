package io.signalbox.gateway.cli;

import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "test-failover",
    mixinStandardHelpOptions = true,
    description =
        "Drills a provider's failure: --simulate gives it a fault in the sandbox, --live withholds"
            + " it from a share of real traffic, --select only shows the choice. Each drill is"
            + " kept: list, show ID, abort ID.",
    exitCodeList = {
      "0:the drill passed",
      "1:it failed, was aborted, or --select would choose nobody"
    })
final class TestFailoverCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/drills";
  private static final long POLL_MILLIS = 300;

  /** For keeping the report. */
  private static final long GRACE_SECONDS = 30;

  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @ArgGroup(exclusive = true)
  private @Nullable Form form;

  @Mixin private NotificationOptions example = new NotificationOptions();

  @Parameters(index = "0", arity = "0..1", paramLabel = "VERB", description = "list, show or abort")
  private @Nullable Verb verb;

  @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "the drill's id")
  private @Nullable String id;

  @Option(
      names = "--mode",
      paramLabel = "FAULT",
      description =
          "simulate: refuse, error, unavailable, throttle, hang, cut, slow, brownout, silent,"
              + " swallow or reject; default: ${DEFAULT-VALUE}")
  private String mode = "error";

  @Option(names = "--count", paramLabel = "COUNT", description = "simulate: test notifications")
  private @Nullable Integer count;

  @Option(names = "--rate", paramLabel = "COUNT", description = "simulate: so many in a second")
  private @Nullable Integer rate;

  @Option(
      names = "--recovery",
      paramLabel = "TIME",
      description = "simulate: how long recovery is waited for, such as 90s; 0s leaves it out")
  private @Nullable String recovery;

  @Option(names = "--on-unknown", description = "simulate: failover, wait or stop")
  private @Nullable String onUnknown;

  @Option(names = "--percent", paramLabel = "SHARE", description = "live: default 5")
  private @Nullable Double percent;

  @Option(names = "--for", paramLabel = "TIME", description = "live: such as 60s, the default")
  private @Nullable String duration;

  @Option(
      names = "--max-error-increase",
      paramLabel = "SHARE",
      description = "live: it ends itself when errors rise by more; default 0.1")
  private @Nullable Double maxErrorIncrease;

  /** What is drilled. */
  static final class Form {
    @Option(names = "--select", description = "show who would be chosen now, and why")
    private boolean select;

    @Option(names = "--simulate", paramLabel = "PROVIDER", description = "a fault in the sandbox")
    private @Nullable String simulate;

    @Option(names = "--live", paramLabel = "PROVIDER", description = "withhold it for a while")
    private @Nullable String live;
  }

  @Override
  public Integer call() throws InterruptedException {
    Form asked = form;
    boolean select = asked != null && asked.select;
    // Once: a token that comes by stdin can be read once.
    HttpCall call = client.call(select ? Role.SENDER : Role.MANAGER);
    if (select) {
      JsonObject answer = call.post("/api/v1/notifications/explain", selected().encode());
      output.result(answer, explained -> ExplainText.lines(explained).forEach(output::line));
      return answer.getString("chosen") == null ? ExitCodes.FAILED : 0;
    }
    if (asked != null) {
      return drill(call, asked);
    }
    if (verb == null || verb == Verb.list) {
      output.result(call.get(PATH), this::list);
      return 0;
    }
    if (id == null) {
      throw new CommandFailure(ExitCodes.BAD_DATA, "name the drill: test-failover " + verb + " ID");
    }
    String one = PATH + "/" + Typed.segment(id);
    JsonObject drill = verb == Verb.abort ? call.post(one + "/abort", "") : call.get(one);
    return told(drill);
  }

  /** The notification that is asked about: an example where nothing is said. */
  private JsonObject selected() {
    JsonObject wanted = example.notification();
    boolean addressed =
        wanted.fieldNames().stream().anyMatch(field -> field.startsWith("recipient_"));
    if (!addressed) {
      switch (wanted.getString("channel", "")) {
        case "sms", "whatsapp" -> wanted.put("recipient_phone", "+12025550100");
        case "telegram" -> wanted.put("recipient_telegram_id", 1_000_000);
        default -> wanted.put("recipient_email", "someone@example.com");
      }
    }
    if (!wanted.containsKey("message") && !wanted.containsKey("html")) {
      wanted.put("message", "Who would carry this?");
    }
    return wanted;
  }

  private int drill(HttpCall call, Form asked) throws InterruptedException {
    JsonObject drill = call.post(PATH, body(asked).encode());
    String one = PATH + "/" + drill.getString("id");
    if (!output.isJson()) {
      output.line("drill " + drill.getString("id") + " runs; test-failover abort ends it early");
    }
    long ends = drill.getJsonObject("parameters").getLong("ends_within_seconds") + GRACE_SECONDS;
    return told(
        Progress.during("drill", Duration.ofSeconds(ends), output, () -> ended(call, one, ends)));
  }

  private static JsonObject ended(HttpCall call, String one, long ends)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ends);
    JsonObject drill = call.get(one);
    while ("running".equals(drill.getString("state"))) {
      if (System.nanoTime() - deadline >= 0) {
        throw new CommandFailure(
            ExitCodes.FAILED,
            "the drill has not ended within "
                + ends
                + " s; its report may still come: test-failover show "
                + drill.getString("id"));
      }
      Waiting.pause(POLL_MILLIS);
      drill = call.get(one);
    }
    return drill;
  }

  private int told(JsonObject drill) {
    output.result(drill, each -> DrillText.lines(each).forEach(output::line));
    String state = drill.getString("state");
    boolean fine = "passed".equals(state) || "running".equals(state) || verb == Verb.abort;
    return fine ? 0 : ExitCodes.FAILED;
  }

  private JsonObject body(Form asked) {
    JsonObject body = new JsonObject();
    if (asked.live != null) {
      body.put("kind", "live").put("provider", asked.live);
      Typed.put(body, "percent", percent);
      Typed.put(body, "max_error_increase", maxErrorIncrease);
      Typed.put(
          body, "duration_seconds", duration == null ? null : Durations.seconds(duration, "--for"));
      return body;
    }
    body.put("kind", "simulate").put("provider", asked.simulate).put("mode", mode);
    Typed.put(body, "channel", example.channel());
    Typed.put(body, "count", count);
    Typed.put(body, "rate_per_second", rate);
    Typed.put(
        body,
        "recovery_seconds",
        recovery == null ? null : Durations.seconds(recovery, "--recovery"));
    Typed.put(body, "on_unknown", onUnknown);
    return body;
  }

  private void list(JsonObject answer) {
    JsonArray drills = answer.getJsonArray("drills", new JsonArray());
    for (Object each : drills) {
      if (each instanceof JsonObject drill) {
        output.line(DrillText.line(drill));
      }
    }
    if (drills.isEmpty()) {
      output.line("no drills");
    }
  }

  /** The names are what is typed. */
  enum Verb {
    list,
    show,
    abort
  }
}
