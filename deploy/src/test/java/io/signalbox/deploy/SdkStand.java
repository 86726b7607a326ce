package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.deploy.SimulatorProcess.Received;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A gateway, an application's key, and providers at the simulator. Mail goes by SES, which no
 * dialect is; text messages by Twilio or Vonage, whichever works.
 */
final class SdkStand implements AutoCloseable {
  private static final List<String> PROVIDERS = List.of("ses", "twilio", "vonage", "telegram");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final SimulatorProcess simulator;
  private final GatewayProcess gateway;
  private final String key;

  SdkStand(Path data, UnaryOperator<GatewaySettings> settings) {
    simulator = SimulatorProcess.start();
    try {
      gateway =
          GatewayProcess.start(
              settings.apply(
                  GatewaySettings.in(data)
                      .against(simulator, PROVIDERS)
                      .with("callbacks.allow_http", true)
                      .with("callbacks.allowed_networks", "127.0.0.0/8")));
    } catch (RuntimeException | AssertionError e) {
      simulator.close();
      throw e;
    }
    key =
        gateway
            .admin()
            .post(
                "/api/v1/api-keys",
                new JsonObject().put("name", "shop").put("roles", new JsonArray().add("sender")))
            .json(201)
            .getString("key");
  }

  /** The application's API key. */
  String key() {
    return key;
  }

  GatewayProcess gateway() {
    return gateway;
  }

  /** Where a dialect is spoken. */
  String url(String dialect) {
    return gateway.url() + "/compat/" + dialect;
  }

  /** Has a provider refuse all work, and the others do theirs. */
  void fail(String plugin) {
    for (String each : PROVIDERS) {
      simulator.mode(each, each.equals(plugin) ? "error" : "ok");
    }
  }

  /** Waits until a provider has a message to someone, and returns it. */
  Received arrived(String plugin, String recipient) {
    await("a message to " + recipient + " at " + plugin)
        .atMost(LIMIT)
        .until(() -> find(plugin, recipient) != null);
    Received found = find(plugin, recipient);
    assertThat(found).isNotNull();
    return found;
  }

  private Received find(String plugin, String recipient) {
    return simulator.received(plugin).stream()
        .filter(each -> each.recipient().contains(recipient))
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    try (SimulatorProcess last = simulator;
        GatewayProcess first = gateway) {
      assertThat(last).isNotNull();
      assertThat(first).isNotNull();
    }
  }
}
