package io.signalbox.gateway.cli;

import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "preferences",
    mixinStandardHelpOptions = true,
    description =
        "Shows and changes routing preferences: preferences set min_success_rate=80, or with"
            + " --channel sms for one channel. In force at once.")
final class PreferencesCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/preferences";

  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "VERB",
      description = "get or set; default: ${DEFAULT-VALUE}")
  private Verb verb = Verb.get;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "set: what changes; an empty value takes the own value away")
  private List<String> changes = new ArrayList<>();

  @Option(names = "--channel", paramLabel = "CHANNEL", description = "only of this channel")
  private @Nullable String channel;

  @Override
  public Integer call() {
    HttpCall call = client.call(Role.ADMIN);
    JsonObject answer = verb == Verb.get ? call.get(PATH) : call.patch(PATH, patch().encode());
    output.result(answer, this::print);
    return 0;
  }

  private JsonObject patch() {
    if (changes.isEmpty()) {
      throw new CommandFailure(
          ExitCodes.BAD_DATA, "say what changes: preferences set min_success_rate=80");
    }
    JsonObject patch = new JsonObject();
    for (String change : changes) {
      int split = change.indexOf('=');
      if (split < 1) {
        throw new CommandFailure(ExitCodes.BAD_DATA, change + " must be KEY=VALUE");
      }
      patch.put(change.substring(0, split), value(change.substring(split + 1)));
    }
    return channel == null
        ? patch
        : new JsonObject().put("channels", new JsonObject().put(channel, patch));
  }

  /** The gateway says which kind a key has: what looks like a number is sent as one. */
  private static @Nullable Object value(String text) {
    if (text.isEmpty()) {
      return null;
    }
    if ("true".equals(text) || "false".equals(text)) {
      return Boolean.valueOf(text);
    }
    if (text.matches("-?\\d{1,18}")) {
      return Long.valueOf(text);
    }
    if (text.matches("-?\\d{1,18}\\.\\d{1,18}")) {
      return Double.valueOf(text);
    }
    return text;
  }

  private void print(JsonObject answer) {
    JsonObject channels = answer.getJsonObject("channels", new JsonObject());
    JsonObject effective = answer.getJsonObject("effective", new JsonObject());
    if (channel == null) {
      output.line("for all channels:");
      JsonObject own = answer.copy();
      own.remove("channels");
      own.remove("effective");
      values(own);
      for (String each : channels.fieldNames()) {
        output.line("only for " + each + ":");
        values(channels.getJsonObject(each));
      }
      output.line("what is in force on a channel: preferences get --channel email");
    } else {
      JsonObject inForce = effective.getJsonObject(channel);
      if (inForce == null) {
        throw new CommandFailure(
            ExitCodes.BAD_DATA,
            "--channel must be one of " + String.join(", ", effective.fieldNames()));
      }
      output.line("in force for " + channel + ":");
      values(inForce);
    }
  }

  private void values(JsonObject values) {
    for (Map.Entry<String, Object> each : values) {
      Object value = each.getValue();
      output.line(
          String.format(
              Locale.ROOT, "  %-24s %s", each.getKey(), value == null ? "not set" : value));
    }
  }

  /** The names are what is typed. */
  enum Verb {
    get,
    set
  }
}
