package io.signalbox.gateway.sandbox;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.spi.sandbox.Sandbox;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's link to a simulator: one that it starts in this process, or one that runs
 * elsewhere. Provider files refer to what the simulator tells by variables such as {@code
 * ${sandbox:sendgrid.api_key}}.
 */
public final class SandboxLink {
  private static final String VARIABLE_PREFIX = "sandbox:";
  private static final String CONTROL_PATH = "/_control";

  private final @Nullable Sandbox own;
  private final ControlClient control;
  private final JsonObject plugins;
  private final List<String> modes;
  private final String url;

  private SandboxLink(
      @Nullable Sandbox own,
      ControlClient control,
      JsonObject plugins,
      List<String> modes,
      String url) {
    this.own = own;
    this.control = control;
    this.plugins = plugins;
    this.modes = List.copyOf(modes);
    this.url = url;
  }

  /** Starts a simulator, or finds the one that is configured; fails if there is none. */
  public static Future<SandboxLink> open(Vertx vertx, GatewayConfig.Sandbox settings) {
    if (settings.url().isPresent()) {
      return link(vertx, null, settings.url().get());
    }
    Optional<Sandbox> found = ServiceLoader.load(Sandbox.class).findFirst();
    if (found.isEmpty()) {
      return Future.failedFuture(
          new IllegalStateException("no simulator is on the class path; set sandbox.url"));
    }
    Sandbox sandbox = found.get();
    return sandbox.start(vertx, settings.port()).compose(url -> link(vertx, sandbox, url));
  }

  private static Future<SandboxLink> link(Vertx vertx, @Nullable Sandbox own, String url) {
    ControlClient control = new ControlClient(vertx, url);
    return control
        .get(CONTROL_PATH)
        .map(
            answer ->
                new SandboxLink(
                    own,
                    control,
                    answer.getJsonObject("plugins"),
                    answer.getJsonArray("modes", new JsonArray()).stream()
                        .map(String::valueOf)
                        .toList(),
                    url));
  }

  /** The simulator's control URL. */
  public String url() {
    return url;
  }

  /** The value of a variable such as {@code sandbox:sendgrid.url}; empty if it is none of ours. */
  public Optional<String> variable(String name) {
    int dot = name.indexOf('.');
    if (!name.startsWith(VARIABLE_PREFIX) || dot < 0) {
      return Optional.empty();
    }
    JsonObject plugin = plugins.getJsonObject(name.substring(VARIABLE_PREFIX.length(), dot));
    if (plugin == null) {
      return Optional.empty();
    }
    String field = name.substring(dot + 1);
    return Optional.ofNullable(
        "url".equals(field)
            ? plugin.getString("url")
            : plugin.getJsonObject("account", new JsonObject()).getString(field));
  }

  /**
   * Tells the simulator where the webhooks of each plugin go; the provider's id is its plugin's.
   */
  public Future<Void> sendWebhooksTo(UnaryOperator<String> webhookUrlOf) {
    List<Future<?>> told = new ArrayList<>();
    for (String plugin : plugins.fieldNames()) {
      told.add(
          control.post(
              CONTROL_PATH + "/" + plugin,
              new JsonObject().put("webhook_url", webhookUrlOf.apply(plugin))));
    }
    return Future.all(told).mapEmpty();
  }

  /** The faults that the simulator knows; empty if it does not say. */
  public List<String> modes() {
    return modes;
  }

  /** How a plugin's simulated side behaves now, and how many messages it has received. */
  public Future<JsonObject> settings(String plugin) {
    return control.get(CONTROL_PATH + "/" + plugin);
  }

  /** Changes how it behaves; fails with what the simulator says if it does not know the wish. */
  public Future<JsonObject> change(String plugin, JsonObject wish) {
    return control.post(CONTROL_PATH + "/" + plugin, wish);
  }

  /**
   * The messages that it has received.
   *
   * @param offset how many to leave out, counted from its start
   * @param limit how many at most
   */
  public Future<JsonObject> received(String plugin, long offset, int limit) {
    return control.get(
        CONTROL_PATH + "/" + plugin + "/received?offset=" + offset + "&limit=" + limit);
  }

  /** Ends the link, and the simulator if it was started for it. */
  public Future<Void> close() {
    Future<Void> stopped = own == null ? Future.succeededFuture() : own.stop();
    return stopped.eventually(control::close);
  }
}
