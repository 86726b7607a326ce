package io.signalbox.gateway.cli;

import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "Lists notifications that a person must decide about, replays or discards them.")
final class DeadLettersCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/dead-letters";

  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "VERB",
      description = "list, replay or discard")
  private Verb verb = Verb.list;

  @Option(names = "--id", paramLabel = "ID", description = "only this notification")
  private @Nullable String id;

  @Option(names = "--channel", description = "only of this channel")
  private @Nullable String channel;

  @Option(names = "--provider", paramLabel = "ID", description = "only those it tried last")
  private @Nullable String provider;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "only held ones, or only those of state dead_letter")
  private @Nullable String state;

  @Option(names = "--limit", paramLabel = "COUNT", description = "at most so many")
  private @Nullable Integer limit;

  @Option(names = "--dry-run", description = "replay: only say how many")
  private boolean dryRun;

  @Option(names = "--all", description = "discard: all, without any filter")
  private boolean all;

  @Override
  public Integer call() {
    switch (verb) {
      case list ->
          output.result(client.call(Role.MANAGER).get(PATH + Typed.query(filters())), this::print);
      case replay -> output.result(during(this::replay), answer -> changed(answer, "replayed"));
      case discard -> {
        JsonObject wanted = filters();
        if (all) {
          wanted.put("all", "true");
        }
        output.result(
            during(() -> client.call(Role.MANAGER).delete(PATH + Typed.query(wanted))),
            answer -> changed(answer, "discarded"));
      }
    }
    return 0;
  }

  /** There may be ten thousand. */
  private JsonObject during(Progress.Work<JsonObject, RuntimeException> work) {
    return Progress.during(verb.name(), Duration.ZERO, output, work);
  }

  private void changed(JsonObject answer, String done) {
    if (answer.getBoolean("dry_run", false)) {
      output.line(answer.getLong("matching", 0L) + " would be " + done);
    } else {
      Object left = answer.getValue("remaining");
      output.line(
          answer.getLong(done, 0L)
              + " "
              + done
              + (left == null ? "" : ", " + left + " of that kind remain"));
    }
  }

  private JsonObject replay() {
    JsonObject wanted = filters();
    JsonObject body = new JsonObject().put("dry_run", dryRun);
    Typed.put(body, "limit", wanted.remove("limit"));
    return client.call(Role.MANAGER).post(PATH + "/replay", body.put("filters", wanted).encode());
  }

  private JsonObject filters() {
    JsonObject filters = new JsonObject();
    Typed.put(filters, "id", id);
    Typed.put(filters, "channel", channel);
    Typed.put(filters, "provider", provider);
    Typed.put(filters, "state", state);
    Typed.put(filters, "limit", limit);
    return filters;
  }

  private void print(JsonObject answer) {
    output.rows(answer, "dead_letters", DeadLettersCommand::line, "no dead letters");
  }

  private static String line(JsonObject letter) {
    return String.format(
        Locale.ROOT,
        "%s %-11s %-8s %-20s %s attempts, %s, last %s",
        letter.getString("id"),
        letter.getString("state"),
        letter.getString("channel"),
        letter.getString("notification_type"),
        letter.getInteger("attempts"),
        letter.getString("reason"),
        letter.getString("last_provider", "nobody"));
  }

  /** The names are what is typed. */
  enum Verb {
    list,
    replay,
    discard
  }
}
