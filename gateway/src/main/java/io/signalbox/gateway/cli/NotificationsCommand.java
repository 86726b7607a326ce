package io.signalbox.gateway.cli;

import io.signalbox.gateway.cli.board.TimelineText;
import io.signalbox.gateway.cli.board.Words;
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
    name = "notifications",
    mixinStandardHelpOptions = true,
    description =
        "Searches notifications, newest first; shows all that happened to one, and why; cancels"
            + " one.")
final class NotificationsCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/notifications/";

  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "VERB",
      description = "search, show or cancel; default: ${DEFAULT-VALUE}")
  private Verb verb = Verb.search;

  @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "the notification's id")
  private @Nullable String id;

  @Option(names = "--state", paramLabel = "STATE", description = "search: such as dead_letter")
  private @Nullable String state;

  @Option(names = "--channel", paramLabel = "CHANNEL", description = "search: on which it is now")
  private @Nullable String channel;

  @Option(names = "--provider", paramLabel = "ID", description = "search: who tried last")
  private @Nullable String provider;

  @Option(names = "--recipient", paramLabel = "ADDRESS", description = "search: one whole address")
  private @Nullable String recipient;

  @Option(names = "--from", paramLabel = "TIME", description = "search: accepted then or later")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "search: accepted before then")
  private @Nullable String to;

  @Option(names = "--limit", paramLabel = "COUNT", description = "search: at most so many")
  private @Nullable Integer limit;

  @Option(names = "--after", paramLabel = "KEY", description = "search: next of the page before")
  private @Nullable String after;

  @Override
  public Integer call() {
    switch (verb) {
      case search ->
          output.result(
              client.call(Role.MANAGER).post(PATH + "search", filters().encode()),
              answer -> {
                output.rows(
                    answer, "notifications", NotificationsCommand::line, "no notifications");
                output.more(answer);
              });
      case show ->
          output.result(
              client.call(Role.VIEWER).get(PATH + one()),
              story -> TimelineText.lines(story, Output.WIDTH).forEach(output::line));
      case cancel ->
          output.result(
              client.call(Role.SENDER).post(PATH + one() + "/cancel", ""),
              answer -> output.line(CancelCommand.describe(answer)));
    }
    return 0;
  }

  private String one() {
    if (id == null) {
      throw new CommandFailure(
          ExitCodes.BAD_DATA, "name the notification: notifications " + verb + " ID");
    }
    return Typed.segment(id);
  }

  /** In the body: proxies keep query strings in their logs. */
  private JsonObject filters() {
    JsonObject filters = new JsonObject();
    Typed.put(filters, "state", state == null ? null : state.toLowerCase(Locale.ROOT));
    Typed.put(filters, "channel", channel == null ? null : channel.toLowerCase(Locale.ROOT));
    Typed.put(filters, "provider", provider);
    Typed.put(filters, "recipient", recipient);
    Typed.put(filters, "accepted_after", from);
    Typed.put(filters, "accepted_before", to);
    Typed.put(filters, "limit", limit);
    Typed.put(filters, "after", after);
    return filters;
  }

  private static String line(JsonObject found) {
    String reason = found.getString("reason", "");
    String last = found.getString("last_provider", "");
    String line =
        String.format(
            Locale.ROOT,
            "%s %-11s %-8s %s%s%s",
            found.getString("id"),
            found.getString("state"),
            found.getString("channel"),
            found.getString("notification_type"),
            last.isEmpty() ? "" : ", " + last,
            reason.isEmpty() ? "" : ", " + Words.plain(reason));
    // What was tried in each round stands in the notification itself.
    return Words.column(line, Output.WIDTH).stripTrailing();
  }

  /** The names are what is typed. */
  enum Verb {
    search,
    show,
    cancel
  }
}
