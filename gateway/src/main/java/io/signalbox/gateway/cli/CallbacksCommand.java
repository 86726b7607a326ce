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
    name = "callbacks",
    mixinStandardHelpOptions = true,
    description =
        "Lists, adds and removes the endpoints that events are sent to; shows what became"
            + " of events, and sends them once more.")
final class CallbacksCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/callbacks";

  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "VERB",
      description = "list, add, remove, deliveries or redeliver")
  private Verb verb = Verb.list;

  @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "the endpoint's id")
  private @Nullable String id;

  // --url is the server's.
  @Option(names = "--to-url", paramLabel = "URL", description = "add: where events are sent to")
  private @Nullable String target;

  @Option(
      names = "--event-type",
      paramLabel = "TYPE",
      description =
          "add: a type of event, or a family such as io.signalbox.notification.*; all if"
              + " none is given; there may be several")
  private List<String> eventTypes = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "add: in whose words events are told, such as sendgrid; cloudevents if not given")
  private @Nullable String format;

  @Option(names = "--description", paramLabel = "TEXT", description = "add: in your own words")
  private @Nullable String description;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "deliveries: pending, delivered, failed or skipped; redeliver: failed or all")
  private @Nullable String state;

  @Option(names = "--event", paramLabel = "ID", description = "redeliver: an event; several may be")
  private List<String> events = new ArrayList<>();

  @Option(names = "--from", paramLabel = "TIME", description = "redeliver: events from then on")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "redeliver: events before then")
  private @Nullable String to;

  @Option(names = "--limit", paramLabel = "COUNT", description = "at most so many")
  private @Nullable Integer limit;

  @Option(names = "--after", paramLabel = "KEY", description = "deliveries: next of a page before")
  private @Nullable String after;

  @Override
  public Integer call() {
    HttpCall call = client.call(Role.MANAGER);
    switch (verb) {
      case list -> output.result(call.get(PATH), this::printEndpoints);
      case add -> output.result(call.post(PATH, endpoint().encode()), this::printAdded);
      case remove -> output.result(call.delete(one()), answer -> output.line("removed"));
      case deliveries ->
          output.result(call.get(one() + "/deliveries" + query()), this::printDeliveries);
      case redeliver ->
          output.result(
              call.post(one() + "/redeliver", wish().encode()),
              answer ->
                  output.line(
                      answer.getInteger("redelivered")
                          + " are sent once more"
                          + (answer.getBoolean("more", false) ? "; there are more" : "")));
    }
    return 0;
  }

  private String one() {
    if (id == null) {
      throw new CommandFailure(ExitCodes.BAD_DATA, "name the endpoint: callbacks " + verb + " ID");
    }
    return PATH + "/" + Typed.segment(id);
  }

  private JsonObject endpoint() {
    if (target == null) {
      throw new CommandFailure(ExitCodes.BAD_DATA, "name where events are sent to: --to-url");
    }
    JsonObject endpoint = new JsonObject().put("url", target);
    if (!eventTypes.isEmpty()) {
      endpoint.put("event_types", new JsonArray(eventTypes));
    }
    Typed.put(endpoint, "format", format);
    Typed.put(endpoint, "description", description);
    return endpoint;
  }

  private String query() {
    JsonObject wanted = new JsonObject();
    Typed.put(wanted, "state", state);
    Typed.put(wanted, "after", after);
    Typed.put(wanted, "limit", limit);
    return Typed.query(wanted);
  }

  private JsonObject wish() {
    JsonObject wish = new JsonObject();
    if (!events.isEmpty()) {
      wish.put("event_ids", new JsonArray(events));
    }
    Typed.put(wish, "from", from);
    Typed.put(wish, "to", to);
    Typed.put(wish, "state", state);
    Typed.put(wish, "limit", limit);
    return wish;
  }

  private void printEndpoints(JsonObject answer) {
    output.rows(answer, "callbacks", CallbacksCommand::endpointLine, "no callback endpoints");
  }

  private static String endpointLine(JsonObject endpoint) {
    String failing = endpoint.getString("failing_since");
    String standing =
        endpoint.getBoolean("enabled", false)
            ? failing == null ? "enabled" : "failing since " + failing
            : "disabled: " + endpoint.getString("disabled_reason");
    return String.format(
        Locale.ROOT,
        "%s %s, %s, %s, %s",
        endpoint.getString("id"),
        endpoint.getString("url", "at the addresses of messages"),
        endpoint.getString("format"),
        Output.words(endpoint, "event_types"),
        standing);
  }

  private void printAdded(JsonObject endpoint) {
    output.line("added " + endpoint.getString("id"));
    String publicKey = endpoint.getString("public_key");
    output.line(
        publicKey == null
            ? "secret, shown this once: " + endpoint.getString("secret")
            : "public key, by which receivers verify: " + publicKey);
  }

  private void printDeliveries(JsonObject answer) {
    output.rows(answer, "deliveries", CallbacksCommand::deliveryLine, "no deliveries");
    output.more(answer);
  }

  private static String deliveryLine(JsonObject delivery) {
    String error = delivery.getString("error");
    Integer status = delivery.getInteger("http_status");
    return String.format(
        Locale.ROOT,
        "%s %s %-36s %-9s %d attempts%s%s",
        delivery.getString("event_time"),
        delivery.getString("event_id"),
        delivery.getString("event_type"),
        delivery.getString("state"),
        delivery.getInteger("attempts"),
        status == null ? "" : ", HTTP " + status,
        error == null ? "" : ", " + error);
  }

  /** The names are what is typed. */
  enum Verb {
    list,
    add,
    remove,
    deliveries,
    redeliver
  }
}
