package io.signalbox.deploy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The simulator in a process of its own, which outlives gateways. */
public final class SimulatorProcess implements AutoCloseable {
  static final List<String> PLUGINS = List.of("sendgrid", "resend", "twilio", "vonage", "telegram");

  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final int PAGE = 20_000;

  private final RunningProcess process;
  private final String url;
  private final ApiClient control;

  private SimulatorProcess(RunningProcess process, String url) {
    this.process = process;
    this.url = url;
    this.control = new ApiClient(url, "");
  }

  /**
   * One message that a simulated provider truly took.
   *
   * @param takenAt when it did
   * @param delivered whether it reached its recipient
   * @param replyTo where answers go, as the provider was told; empty for what is no mail
   */
  public record Received(
      String recipient,
      String reference,
      String id,
      String text,
      Instant takenAt,
      boolean delivered,
      List<String> replyTo) {}

  /** Starts one with all plugins. */
  public static SimulatorProcess start() {
    return start(LOOPBACK);
  }

  /** The same on an address of this machine. */
  public static SimulatorProcess start(String host) {
    RunningProcess process =
        RunningProcess.start(
            "simulator",
            Distribution.launcher(
                Map.of(), List.of("simulate", "--serve", "--host", host, "--port", "0")));
    // A number that nothing follows yet may be the half of one.
    Pattern ready = Pattern.compile("(http://" + Pattern.quote(host) + ":\\d+)(?=\\D)");
    try {
      return new SimulatorProcess(process, process.awaitOutput(ready, START_LIMIT).group(1));
    } catch (RuntimeException | AssertionError e) {
      String tail = process.tail();
      process.close();
      throw new AssertionError("the simulator did not start; " + tail, e);
    }
  }

  /** The control URL. */
  public String url() {
    return url;
  }

  void mode(String plugin, String mode) {
    set(plugin, new JsonObject().put("mode", mode));
  }

  /** Changes the settings of a plugin. */
  public void set(String plugin, JsonObject settings) {
    control.post("/_control/" + plugin, settings).json(200);
  }

  /** Settings and account of a plugin. */
  public JsonObject describe(String plugin) {
    return control.get("/_control/" + plugin).json(200);
  }

  /** What a plugin has sold, by its own books, and what it has left. */
  public JsonObject books(String plugin) {
    return control.get("/_control/" + plugin + "/books").json(200);
  }

  /** Changes stock, money and terms of a plugin. */
  public void changeBooks(String plugin, JsonObject change) {
    control.post("/_control/" + plugin + "/books", change).json(200);
  }

  /** What became of a plugin's webhooks, in numbers. */
  public JsonObject webhooks(String plugin) {
    return control.get("/_control/" + plugin + "/webhooks").json(200);
  }

  /** All plugins work again and have received nothing. */
  void reset() {
    for (String plugin : PLUGINS) {
      mode(plugin, "ok");
      control.call("DELETE", "/_control/" + plugin + "/received", "", Map.of());
    }
  }

  /** How many messages a plugin took. */
  public long count(String plugin) {
    return control.get("/_control/" + plugin + "/received?limit=0").json(200).getLong("count");
  }

  /** What a plugin took, in order. */
  public List<Received> received(String plugin) {
    List<Received> all = new ArrayList<>();
    while (true) {
      String page = "/received?offset=" + all.size() + "&limit=" + PAGE;
      List<Received> some =
          control.get("/_control/" + plugin + page).json(200).getJsonArray("received").stream()
              .map(JsonObject.class::cast)
              .map(SimulatorProcess::received)
              .toList();
      all.addAll(some);
      if (some.size() < PAGE) {
        return all;
      }
    }
  }

  /** How often each message was taken, by the number in its content, over some plugins. */
  public Map<Integer, Integer> countsByNumber(String... plugins) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (String plugin : plugins) {
      received(plugin).forEach(one -> counts.merge(Messages.number(one.text()), 1, Integer::sum));
    }
    return counts;
  }

  private static Received received(JsonObject json) {
    return new Received(
        json.getString("recipient"),
        json.getString("reference"),
        json.getString("id"),
        json.getString("text"),
        Instant.parse(json.getString("time")),
        json.getBoolean("delivered"),
        json.getJsonArray("reply_to", new JsonArray()).stream().map(String::valueOf).toList());
  }

  @Override
  public void close() {
    process.close();
  }
}
