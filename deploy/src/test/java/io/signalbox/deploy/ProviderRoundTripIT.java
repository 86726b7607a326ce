package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole way at every provider of the sandbox: a notification in, the provider's real request at
 * the simulator, its signed webhooks back, the outcome in the timeline, and a callback out whose
 * signature the official library of Standard Webhooks takes.
 */
@Timeout(240)
class ProviderRoundTripIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** They tell nothing of a delivery, by webhook or otherwise. */
  private static final Set<String> SILENT = Set.of("smtp", "telegram");

  @TempDir static Path data;
  private static SimulatorProcess simulator;
  private static GatewayProcess gateway;
  private static CallbackReceiver receiver;
  private static ApiClient api;
  private static int number;

  static List<SandboxProvider> providers() {
    return SandboxProvider.ofMessages();
  }

  @BeforeAll
  static void start() {
    simulator = SimulatorProcess.start();
    receiver = CallbackReceiver.start();
    List<String> ids = providers().stream().map(SandboxProvider::id).toList();
    gateway =
        GatewayProcess.start(
            GatewaySettings.in(data)
                .against(simulator, ids)
                .with("callbacks.allow_http", true)
                .with("callbacks.allowed_networks", "127.0.0.0/8"));
    api = gateway.admin();
    receiver.subscribe(api, "io.signalbox.notification.*");
  }

  @AfterAll
  static void stop() {
    try (SimulatorProcess endsThird = simulator;
        CallbackReceiver endsSecond = receiver;
        GatewayProcess endsFirst = gateway) {
      assertThat(endsThird).isNotNull();
      assertThat(endsSecond).isNotNull();
      assertThat(endsFirst).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aNotificationGoesOutAndItsOutcomeComesBack(SandboxProvider provider) {
    String last = SILENT.contains(provider.plugin()) ? "sent" : "delivered";
    long before = simulator.count(provider.id());

    String id = api.send(message(provider.channel()).put("provider", provider.id()));

    Timeline timeline =
        Settling.awaitAll(api, List.of(id), LIMIT, seen -> seen.state().equals(last)).get(0);
    assertThat(timeline.attempts()).as("%s", timeline).hasSize(1);
    assertThat(timeline.attempts().get(0).provider()).isEqualTo(provider.id());
    assertThat(simulator.count(provider.id())).isEqualTo(before + 1);
    await("callback of " + last)
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(receiver.of(id))
                    .extracting(event -> event.getString("type"))
                    .contains("io.signalbox.notification." + last));
    JsonObject told =
        receiver.of(id).stream()
            .filter(event -> event.getString("type").endsWith(last))
            .findFirst()
            .orElseThrow()
            .getJsonObject("data");
    assertThat(told.getString("provider")).isEqualTo(provider.id());
    assertThat(told.getString("channel")).isEqualTo(provider.channel());
    assertThat(told.getString("status")).isEqualTo(last);
  }

  private static JsonObject message(String channel) {
    number++;
    return switch (channel) {
      case "email" -> Messages.email(number);
      case "telegram" -> Messages.telegram(number);
      default -> Messages.sms(number).put("channel", channel);
    };
  }
}
