package io.signalbox.gateway.cli;

import io.signalbox.gateway.security.Role;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "templates",
    mixinStandardHelpOptions = true,
    description = "Lists, shows, stores, removes and previews templates of notifications.")
final class TemplatesCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/templates";

  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "VERB",
      description = "list, show, versions, put, remove or preview")
  private Verb verb = Verb.list;

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "the template")
  private @Nullable String name;

  @Option(names = "--file", paramLabel = "FILE", description = "put: the template as JSON")
  private @Nullable Path file;

  @Option(
      names = "--replace",
      paramLabel = "VERSION",
      description = "put, remove: only if this is the newest version now")
  private @Nullable Integer replace;

  @Option(
      names = "--template-version",
      paramLabel = "VERSION",
      description = "show, preview: which; the newest if not given")
  private @Nullable Integer version;

  @Option(names = "--locale", paramLabel = "TAG", description = "preview: such as de-AT")
  private @Nullable String locale;

  @Option(names = "--data", paramLabel = "JSON", description = "preview: what it is filled with")
  private String data = "{}";

  @Override
  public Integer call() {
    boolean changes = verb == Verb.put || verb == Verb.remove;
    HttpCall call = client.call(changes ? Role.MANAGER : Role.VIEWER);
    switch (verb) {
      case list -> output.result(call.get(PATH), answer -> print(answer, "templates"));
      case versions -> output.result(call.get(one("/versions")), all -> print(all, "versions"));
      case show -> output.result(call.get(one(query())), found -> output.line(pretty(found)));
      case put -> output.result(put(call), this::stored);
      case remove ->
          output.result(call.delete(one(""), expectations()), answer -> output.line("removed"));
      case preview ->
          output.result(
              call.post(one("/preview"), wish().encode()), texts -> output.line(pretty(texts)));
    }
    return 0;
  }

  private JsonObject put(HttpCall call) {
    if (file == null) {
      throw new CommandFailure(ExitCodes.BAD_DATA, "name the file: --file");
    }
    return call.put(one(""), file, expectations("content-type", "application/json"));
  }

  private String[] expectations(String... more) {
    if (replace == null) {
      return more;
    }
    String[] all = new String[more.length + 2];
    System.arraycopy(more, 0, all, 2, more.length);
    all[0] = "if-match";
    all[1] = "\"" + replace + "\"";
    return all;
  }

  private JsonObject wish() {
    JsonObject wish = new JsonObject();
    Typed.put(wish, "template_version", version);
    Typed.put(wish, "locale", locale);
    try {
      return wish.put("data", new JsonObject(data));
    } catch (DecodeException e) {
      throw new CommandFailure(ExitCodes.BAD_DATA, "--data must be a JSON object");
    }
  }

  private String query() {
    JsonObject fields = new JsonObject();
    Typed.put(fields, "version", version);
    return Typed.query(fields);
  }

  private String one(String rest) {
    if (name == null) {
      throw new CommandFailure(
          ExitCodes.BAD_DATA, "name the template: templates " + verb + " NAME");
    }
    return PATH + "/" + Typed.segment(name) + rest;
  }

  private void stored(JsonObject template) {
    output.line(template.getString("name") + " version " + template.getInteger("version"));
  }

  private void print(JsonObject answer, String list) {
    output.rows(answer, list, TemplatesCommand::line, "no templates");
  }

  private static String pretty(JsonObject json) {
    return json.encodePrettily();
  }

  private static String line(JsonObject template) {
    JsonArray locales = template.getJsonArray("locales", new JsonArray());
    return template.getString("name")
        + " version "
        + template.getInteger("version")
        + ", "
        + (locales.size() == 1 ? "" : Output.words(template, "locales") + ", default ")
        + template.getString("default_locale")
        + ", "
        + template.getString("created_at")
        + " by "
        + template.getString("created_by");
  }

  /** The names are what is typed. */
  enum Verb {
    list,
    show,
    versions,
    put,
    remove,
    preview
  }
}
