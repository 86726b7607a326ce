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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "suppressions",
    mixinStandardHelpOptions = true,
    description = "Lists who gets nothing more over a channel, adds recipients, takes them off.")
final class SuppressionsCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/suppressions";

  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @Parameters(index = "0", arity = "0..1", paramLabel = "VERB", description = "list, add or remove")
  private Verb verb = Verb.list;

  @Option(names = "--channel", description = "email, sms, whatsapp or telegram")
  private @Nullable String channel;

  @Option(
      names = "--recipient",
      paramLabel = "ADDRESS",
      description = "the address; for add there may be several")
  private List<String> recipients = new ArrayList<>();

  @Option(
      names = "--reason",
      description = "hard_bounce, invalid_recipient, complaint, unsubscribed or manual")
  private @Nullable String reason;

  @Option(names = "--note", paramLabel = "TEXT", description = "add: why, in your own words")
  private @Nullable String note;

  @Option(names = "--id", paramLabel = "ID", description = "remove: the entry")
  private @Nullable String id;

  @Option(names = "--limit", paramLabel = "COUNT", description = "list: at most so many")
  private @Nullable Integer limit;

  @Option(names = "--after", paramLabel = "ID", description = "list: next of the page before")
  private @Nullable String after;

  @Override
  public Integer call() {
    HttpCall call = client.call(Role.MANAGER);
    switch (verb) {
      case list -> output.result(call.post(PATH + "/search", filters().encode()), this::print);
      case add ->
          output.result(
              call.post(PATH, wishes().encode()),
              answer -> output.line("added " + answer.getInteger("added")));
      case remove -> output.result(remove(call), answer -> output.line("removed"));
    }
    return 0;
  }

  private JsonObject filters() {
    JsonObject filters = new JsonObject();
    Typed.put(filters, "channel", channel);
    Typed.put(filters, "recipient", recipients.isEmpty() ? null : onlyRecipient());
    Typed.put(filters, "reason", reason);
    Typed.put(filters, "after", after);
    Typed.put(filters, "limit", limit);
    return filters;
  }

  private JsonObject wishes() {
    JsonArray wishes = new JsonArray();
    for (String recipient : recipients) {
      JsonObject wish = new JsonObject().put("recipient", recipient);
      Typed.put(wish, "channel", channel);
      Typed.put(wish, "reason", reason);
      Typed.put(wish, "note", note);
      wishes.add(wish);
    }
    if (wishes.isEmpty()) {
      throw new CommandFailure(ExitCodes.BAD_DATA, "name whom to add: --recipient");
    }
    return new JsonObject().put("suppressions", wishes);
  }

  private JsonObject remove(HttpCall call) {
    String entry = id == null ? find(call) : id;
    return call.delete(PATH + "/" + Typed.segment(entry));
  }

  /** The id of the entry that channel and recipient name. */
  private String find(HttpCall call) {
    if (channel == null) {
      throw new CommandFailure(
          ExitCodes.BAD_DATA, "name the entry: --id, or --channel and --recipient");
    }
    onlyRecipient();
    JsonArray found =
        call.post(PATH + "/search", filters().encode())
            .getJsonArray("suppressions", new JsonArray());
    if (found.isEmpty()) {
      throw new CommandFailure(ExitCodes.BAD_DATA, "the recipient is not on the list");
    }
    return found.getJsonObject(0).getString("id");
  }

  private String onlyRecipient() {
    if (recipients.size() != 1) {
      throw new CommandFailure(ExitCodes.BAD_DATA, "name one recipient");
    }
    return recipients.get(0);
  }

  private void print(JsonObject answer) {
    output.rows(answer, "suppressions", SuppressionsCommand::line, "nobody is suppressed");
    output.more(answer);
  }

  private static String line(JsonObject entry) {
    return String.format(
        Locale.ROOT,
        "%6s %-8s %-30s %-17s %s by %s",
        entry.getString("id"),
        entry.getString("channel"),
        entry.getString("recipient"),
        entry.getString("reason"),
        entry.getString("created_at"),
        entry.getString("provider", entry.getString("created_by")));
  }

  /** The names are what is typed. */
  enum Verb {
    list,
    add,
    remove
  }
}
