package io.signalbox.gateway.cli;

import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "plugins",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the plugins, uploads a jar, removes a plugin or goes back to a previous jar.",
      "Changes need plugins.upload: true at the server, and the role admin.",
    },
    footer = {
      "",
      "  signalbox plugins",
      "  signalbox plugins add acme-1.2.jar",
      "  signalbox plugins rollback acme",
      "  signalbox plugins rollback acme --to SHA256",
      "  signalbox plugins remove acme",
      "",
      "add and rollback end with 0 when the jar is in use, with 65 when it was refused, then what ran",
      "before runs on, and with 1 when it is not in use yet, or not on all nodes, or another change came first.",
    })
final class PluginsCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/plugins";
  // As long as the server waits for the body, and then for what becomes of it.
  private static final Duration TIMEOUT = Duration.ofMinutes(6);
  private static final Set<String> UNFINISHED = Set.of("pending", "rolling", "stopped");

  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "VERB",
      description = "list, add, remove or rollback")
  private Verb verb = Verb.list;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "JAR|NAME",
      description = "add: the jar; list, remove, rollback: the plugin's name")
  private @Nullable String what;

  @Option(
      names = "--to",
      paramLabel = "SHA256",
      description = "rollback: which of the previous jars that list shows")
  private @Nullable String target;

  @Option(
      names = "--replace",
      paramLabel = "SHA256",
      description = "add, remove, rollback: only if this is the jar in use now")
  private @Nullable String present;

  @Option(names = "--new", description = "add: only if there is no jar of this plugin yet")
  private boolean onlyNew;

  @Override
  public Integer call() {
    HttpCall call = client.call(Role.ADMIN).within(TIMEOUT);
    if (verb == Verb.list) {
      JsonObject answer = what == null ? call.get(PATH) : call.get(path(what));
      output.result(answer, json -> PluginsText.of(json).forEach(output::line));
      return 0;
    }
    if (what == null) {
      throw new CommandFailure(
          ExitCodes.BAD_DATA,
          "name the "
              + (verb == Verb.add ? "jar: plugins add JAR" : "plugin: plugins " + verb + " NAME"));
    }
    String named = what;
    JsonObject answer =
        Progress.during(
            verb.name(),
            Duration.ZERO,
            output,
            () ->
                switch (verb) {
                  case add -> add(call, PluginFile.read(Path.of(named)));
                  case remove -> call.delete(path(named), expectations());
                  default -> rollback(call, named);
                });
    output.result(answer, json -> output.line(PluginsText.outcome(json)));
    return UNFINISHED.contains(answer.getString("outcome", "")) ? ExitCodes.FAILED : 0;
  }

  private JsonObject add(HttpCall call, PluginFile jar) {
    return call.put(
        path(jar.plugin()), jar.path(), expectations("content-digest", jar.contentDigest()));
  }

  private JsonObject rollback(HttpCall call, String plugin) {
    JsonObject body = new JsonObject();
    Typed.put(body, "sha256", target);
    return call.post(path(plugin) + "/rollback", body.encode(), expectations());
  }

  private String[] expectations(String... more) {
    List<String> headers = new ArrayList<>(List.of(more));
    if (present != null) {
      headers.addAll(List.of("if-match", '"' + present + '"'));
    }
    if (onlyNew) {
      headers.addAll(List.of("if-none-match", "*"));
    }
    return headers.toArray(String[]::new);
  }

  private static String path(String plugin) {
    return PATH + "/" + Typed.segment(plugin);
  }

  /** The names are what is typed. */
  enum Verb {
    list,
    add,
    remove,
    rollback
  }
}
