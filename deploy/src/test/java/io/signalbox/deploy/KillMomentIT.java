package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.deploy.Timeline.Attempt;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway is killed at two exact moments of attempts that its ledger has as begun: before the
 * first byte of a request has left it, and after the last byte has reached the provider, whose
 * answer it never sees. Nobody can tell the two apart afterwards, so both are unknown; what goes
 * out again is what the policy lets out.
 */
@Timeout(400)
class KillMomentIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Calls by https, which the provider lets hang before any request. */
  private static final String EARLY = "early";

  /** Calls by http, which the provider reads and leaves without an answer. */
  private static final String LATE = "late";

  @TempDir Path directory;

  @Test
  void whatHadBegunIsUnknownAndGoesOutAgainOnlyAsItsPolicySays() throws IOException {
    try (HeldProvider provider = new HeldProvider()) {
      Path plugins = Files.createDirectories(directory.resolve("plugins"));
      Files.copy(
          Distribution.home().resolve("plugins/webhook.jar"), plugins.resolve("webhook.jar"));
      define(plugins, EARLY, "https", provider);
      define(plugins, LATE, "http", provider);
      GatewaySettings settings =
          GatewaySettings.in(directory.resolve("data"))
              .with("plugins.dir", plugins)
              .with("http.port", RestartPort.free())
              .with("unknown.failover_after", "100ms")
              .with("dispatch.retry_base", "100ms")
              .with("dispatch.retry_max", "200ms");
      List<String> ids;
      try (GatewayProcess gateway = GatewayProcess.start(settings)) {
        ApiClient api = gateway.admin();
        ids =
            List.of(
                api.send(message(1, EARLY, "stop")),
                api.send(message(2, EARLY, "failover")),
                api.send(message(3, LATE, "stop")),
                api.send(message(4, LATE, "failover")));
        Settling.awaitAll(api, ids, LIMIT, KillMomentIT::hasBegun);
        await()
            .atMost(LIMIT)
            // One more handshake at least is that of the provider's self-check.
            .until(() -> provider.handshakes() >= 3 && provider.requests().size() == 2);
        gateway.kill();
      }
      define(plugins, EARLY, "http", provider);
      provider.answer();
      try (GatewayProcess gateway = GatewayProcess.start(settings)) {
        ApiClient api = gateway.admin();
        assertHeld(api, ids.get(0));
        assertSentAgain(api, ids.get(1));
        assertHeld(api, ids.get(2));
        assertSentAgain(api, ids.get(3));
      }
      assertThat(asked(provider, ids.get(0))).as("never left, and is not sent").isEmpty();
      assertThat(asked(provider, ids.get(1))).containsExactly(ids.get(1) + "-2");
      assertThat(asked(provider, ids.get(2))).containsExactly(ids.get(2) + "-1");
      assertThat(asked(provider, ids.get(3))).containsExactly(ids.get(3) + "-1", ids.get(3) + "-2");
    }
  }

  private static boolean hasBegun(Timeline timeline) {
    return timeline.attempts().size() == 1
        && "under_way".equals(timeline.attempts().get(0).outcome());
  }

  private static void assertHeld(ApiClient api, String id) {
    Timeline held = awaitThat(api, id, timeline -> timeline.state().equals("held"));
    assertThat(held.attempts()).hasSize(1);
    assertBrokenOff(held.attempts().get(0));
  }

  private static void assertSentAgain(ApiClient api, String id) {
    Timeline sent = awaitThat(api, id, timeline -> timeline.state().equals("sent"));
    assertThat(sent.attempts()).hasSize(2);
    assertBrokenOff(sent.attempts().get(0));
    assertThat(sent.attempts().get(1).outcome()).isEqualTo("sent");
    assertThat(sent.attempts().get(1).possibleDuplicate()).isTrue();
  }

  private static void assertBrokenOff(Attempt attempt) {
    assertThat(attempt.outcome()).isEqualTo("unknown");
    assertThat(attempt.json().getString("provider_code")).isEqualTo("node_stopped");
  }

  private static Timeline awaitThat(ApiClient api, String id, Predicate<Timeline> settled) {
    return Settling.awaitAll(api, List.of(id), LIMIT, settled).get(0);
  }

  /** With which attempts of a notification the provider was asked. */
  private static List<String> asked(HeldProvider provider, String id) {
    return provider.requests().stream()
        .map(request -> request.getString("reference"))
        .filter(attempt -> attempt.startsWith(id))
        .toList();
  }

  private static JsonObject message(int number, String provider, String onUnknown) {
    return Messages.email(number).put("provider", provider).put("on_unknown", onUnknown);
  }

  private static void define(Path plugins, String id, String scheme, HeldProvider provider)
      throws IOException {
    Files.writeString(
        plugins.resolve(id + ".yaml"),
        String.join(
            "\n",
            "plugin: webhook",
            "priority: 1",
            "channels: [email]",
            "timeout: 60s",
            "config:",
            "  url: " + scheme + "://127.0.0.1:" + provider.port() + "/messages",
            "  json:",
            "    text: \"{{text}}\"",
            "    reference: \"{{attempt_id}}\"",
            "  success:",
            "    statuses: [202]",
            "    message_id: /id",
            ""));
  }
}
