package io.signalbox.gateway.cli;

import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "api-keys",
    mixinStandardHelpOptions = true,
    description = "Lists, makes, rotates and revokes the API keys of applications.")
final class ApiKeysCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/api-keys";

  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "VERB",
      description = "list, create, rotate or revoke")
  private Verb verb = Verb.list;

  @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "the key's id")
  private @Nullable String id;

  @Option(names = "--name", paramLabel = "NAME", description = "create: in your own words")
  private @Nullable String name;

  @Option(
      names = "--role",
      split = ",",
      paramLabel = "ROLE",
      description = "create: admin, manager, sender or viewer; several with commas")
  private List<String> roles = new ArrayList<>();

  @Option(
      names = "--scope",
      split = ",",
      paramLabel = "SCOPE",
      description =
          "create: to what of its roles' rights it is narrowed, such as notifications:write or"
              + " notifications:write:sms; several with commas")
  private List<String> scopes = new ArrayList<>();

  @Option(
      names = "--per-day",
      paramLabel = "COUNT",
      description = "create: how many notifications it may send in a day of UTC")
  private @Nullable Long perDay;

  @Option(
      names = "--per-month",
      paramLabel = "COUNT",
      description = "create: how many notifications it may send in a month of UTC")
  private @Nullable Long perMonth;

  @Option(
      names = "--expires-at",
      paramLabel = "TIME",
      description = "create: from then on it is refused, such as 2030-01-31T12:00:00Z")
  private @Nullable String expiresAt;

  @Option(
      names = "--overlap-seconds",
      paramLabel = "SECONDS",
      description = "rotate: how long the old key counts too; 3600 if not given")
  private @Nullable Integer overlap;

  @Override
  public Integer call() {
    HttpCall call = client.call(Role.ADMIN);
    switch (verb) {
      case list -> output.result(call.get(PATH), this::printKeys);
      case create -> output.result(call.post(PATH, key().encode()), this::printKey);
      case rotate ->
          output.result(call.post(one() + "/rotate", overlap().encode()), this::printKey);
      case revoke -> output.result(call.delete(one()), answer -> output.line("revoked"));
    }
    return 0;
  }

  private String one() {
    if (id == null) {
      throw new CommandFailure(ExitCodes.BAD_DATA, "name the key: api-keys " + verb + " ID");
    }
    return PATH + "/" + Typed.segment(id);
  }

  private JsonObject key() {
    JsonObject key = new JsonObject().put("roles", new JsonArray(roles));
    Typed.put(key, "name", name);
    Typed.put(key, "expires_at", expiresAt);
    Typed.put(key, "scopes", scopes.isEmpty() ? null : new JsonArray(scopes));
    Typed.put(key, "per_day", perDay);
    Typed.put(key, "per_month", perMonth);
    return key;
  }

  private JsonObject overlap() {
    JsonObject wish = new JsonObject();
    Typed.put(wish, "overlap_seconds", overlap);
    return wish;
  }

  private void printKey(JsonObject key) {
    output.line("id " + key.getString("id"));
    output.line("key, shown this once: " + key.getString("key"));
  }

  private void printKeys(JsonObject answer) {
    output.rows(answer, "api_keys", ApiKeysCommand::line, "no API keys");
  }

  private static String line(JsonObject key) {
    String end = key.getString("expires_at");
    return key.getString("id")
        + " "
        + key.getString("name")
        + ", "
        + Output.words(key, "roles")
        + (key.containsKey("scopes") ? " for " + Output.words(key, "scopes") : "")
        + ", last used "
        + key.getString("last_used_at", "never")
        + (end == null ? "" : ", until " + end);
  }

  /** The names are what is typed. */
  enum Verb {
    list,
    create,
    rotate,
    revoke
  }
}
