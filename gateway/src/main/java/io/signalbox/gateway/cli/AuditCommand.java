package io.signalbox.gateway.cli;

import io.signalbox.gateway.ledger.AuditHead;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.sql.SqlAuditFile;
import io.signalbox.gateway.ledger.sqlite.SqliteAuditFile;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Shows what administrators did, and checks that nothing of it was changed.",
    exitCodeList = "1:verify: something is wrong with the chain")
final class AuditCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/audit";

  /** Millions of lines take a while. */
  private static final Duration VERIFICATION = Duration.ofMinutes(10);

  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "VERB",
      description =
          "list; verify: exit code 1 if anything is wrong; head: where the chain ends, to be kept"
              + " elsewhere")
  private Verb verb = Verb.list;

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      description = "list: such as callback.create, or callback for all of them")
  private @Nullable String action;

  @Option(names = "--actor", paramLabel = "NAME", description = "list: who did it")
  private @Nullable String actor;

  @Option(names = "--target", paramLabel = "NAME", description = "list: what it was done to")
  private @Nullable String target;

  @Option(names = "--from", paramLabel = "TIME", description = "list: not before then")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "list: before then")
  private @Nullable String to;

  @Option(names = "--limit", paramLabel = "COUNT", description = "list: at most so many")
  private @Nullable Integer limit;

  @Option(names = "--after", paramLabel = "NUMBER", description = "list: next of the page before")
  private @Nullable String after;

  @Option(
      names = "--head",
      paramLabel = "HEAD",
      description = "verify: what head said earlier; the log must still have it")
  private @Nullable String head;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "verify: a file of an embedded ledger, or a copy of one, without a server")
  private @Nullable Path file;

  @Override
  public Integer call() {
    switch (verb) {
      case list -> output.result(client.call(Role.ADMIN).get(PATH + filters()), this::print);
      case head ->
          output.result(
              client.call(Role.ADMIN).get(PATH + "/head"),
              answer -> output.line(answer.getString("head")));
      case verify -> {
        JsonObject verdict = verified();
        output.result(verdict, this::printVerdict);
        return verdict.getBoolean("intact", false) ? 0 : ExitCodes.FAILED;
      }
    }
    return 0;
  }

  private JsonObject verified() {
    return Progress.during(
        "verifying", Duration.ZERO, output, () -> file == null ? asked() : read(file));
  }

  private JsonObject asked() {
    List<String> query = new ArrayList<>();
    add(query, "head", head);
    return client
        .call(Role.ADMIN)
        .within(VERIFICATION)
        .get(PATH + "/verification" + (query.isEmpty() ? "" : "?" + query.get(0)));
  }

  private JsonObject read(Path ledger) {
    AuditHead kept =
        head == null
            ? null
            : AuditHead.parse(head)
                .orElseThrow(
                    () ->
                        new CommandFailure(
                            ExitCodes.BAD_DATA, "--head must be what signalbox audit head prints"));
    try (SqlAuditFile opened = SqliteAuditFile.open(ledger)) {
      return opened.verify(kept).toJson();
    } catch (LedgerUnavailableException e) {
      throw new CommandFailure(ExitCodes.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private String filters() {
    List<String> given = new ArrayList<>();
    add(given, "action", action);
    add(given, "actor", actor);
    add(given, "target", target);
    add(given, "from", from);
    add(given, "to", to);
    add(given, "after", after);
    add(given, "limit", limit);
    return given.isEmpty() ? "" : "?" + String.join("&", given);
  }

  private static void add(List<String> given, String name, @Nullable Object value) {
    if (value != null) {
      given.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
    }
  }

  private void print(JsonObject answer) {
    JsonArray lines = answer.getJsonArray("audit", new JsonArray());
    for (Object each : lines) {
      if (each instanceof JsonObject line) {
        printLine(line);
      }
    }
    if (lines.isEmpty()) {
      output.line("no lines");
    }
    String next = answer.getString("next");
    if (next != null) {
      output.line("more: --after " + next);
    }
  }

  private void printLine(JsonObject line) {
    String detail = line.getString("detail", "");
    output.line(
        line.getLong("seq")
            + " "
            + line.getString("at")
            + " "
            + line.getString("action")
            + " "
            + line.getString("target")
            + " "
            + line.getString("outcome")
            + " by "
            + line.getString("actor")
            + " from "
            + line.getString("origin")
            + (detail.isEmpty() ? "" : ": " + detail));
  }

  private void printVerdict(JsonObject verdict) {
    JsonObject fault = verdict.getJsonObject("fault");
    if (fault == null) {
      output.line(
          "intact: " + verdict.getLong("lines") + " lines, head " + verdict.getString("head"));
    } else {
      output.line(
          "NOT INTACT: line "
              + fault.getLong("seq")
              + " "
              + fault.getString("kind")
              + ": "
              + fault.getString("detail"));
    }
    long unchained = verdict.getLong("unchained", 0L);
    if (unchained > 0) {
      output.line(unchained + " lines are from before there was a chain");
    }
    long removed = verdict.getLong("removed", 0L);
    if (removed > 0) {
      output.line("lines 1 to " + removed + " were kept for long enough and are gone");
    }
  }

  /** The names are what is typed. */
  enum Verb {
    list,
    verify,
    head
  }
}
