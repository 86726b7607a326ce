package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node without a plugin sends through one that has it, which is killed. They share a ledger, in
 * which receipts end the attempts of both, whichever they come to.
 */
@Timeout(400)
class BorrowedProviderIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String WEBHOOK = "hook";
  private static final String TOKEN = "token-of-a-test-0123456789";

  @TempDir Path directory;

  @Test
  void aNodeWithoutThePluginSendsThroughOneThatHasItAndLosesNothingWhenThatIsKilled()
      throws IOException {
    Path none = Files.createDirectories(directory.resolve("none"));
    Path plugins = Files.createDirectories(directory.resolve("plugins"));
    Files.copy(Distribution.home().resolve("plugins/webhook.jar"), plugins.resolve("webhook.jar"));
    ClusterNodes nodes = new ClusterNodes(directory);
    try (PostgresProcess postgres = PostgresProcess.start(directory.resolve("postgres"));
        HeldProvider answers = new HeldProvider();
        HeldProvider hangs = new HeldProvider();
        GatewayProcess lacks = start(nodes, none, postgres)) {
      ApiClient api = lacks.admin();
      String early = send(api, 1);
      List<String> ids;
      define(plugins, hangs);
      try (GatewayProcess has = start(nodes, plugins, postgres)) {
        String second = send(api, 2);
        ids = List.of(early, second);
        await().atMost(LIMIT).until(() -> hangs.requests().size() == 2);
        has.kill();
        Settling.awaitAll(api, ids, LIMIT, BorrowedProviderIT::firstIsUnknown);
      }
      answers.answer();
      define(plugins, answers);
      try (GatewayProcess again = start(nodes, plugins, postgres)) {
        String third = send(api, 3);
        List<Timeline> sent =
            Settling.awaitAll(api, List.of(early, ids.get(1), third), LIMIT, sentBy(WEBHOOK));
        assertThat(sent).hasSize(3);
        assertThat(answers.requests()).hasSize(3);
        await().atMost(LIMIT).until(() -> again.admin().metric("signalbox_cluster_nodes") == 2);
        report(lacks, answers);
        Settling.awaitAll(api, List.of(early, ids.get(1), third), LIMIT, Timeline::isDelivered);
      }
    }
  }

  /** The provider's webhooks come to the node that lacks it, and are repeated like any other. */
  private static void report(GatewayProcess node, HeldProvider provider) {
    ApiClient anyone = new ApiClient(node.url(), "");
    for (JsonObject request : provider.requests()) {
      JsonObject event =
          new JsonObject()
              .put("reference", request.getString("reference"))
              .put("status", "delivered");
      await().atMost(LIMIT).until(() -> told(anyone, event, TOKEN) == 200);
      assertThat(told(anyone, event, "another-token-0123456789")).isEqualTo(401);
    }
  }

  private static int told(ApiClient anyone, JsonObject event, String token) {
    return anyone
        .call(
            "POST",
            "/webhooks/" + WEBHOOK,
            event.encode(),
            Map.of("Content-Type", "application/json", "X-Token", token))
        .status();
  }

  private static String send(ApiClient api, int number) {
    return api.send(Messages.email(number).put("on_unknown", "failover"));
  }

  private static boolean firstIsUnknown(Timeline timeline) {
    return !timeline.attempts().isEmpty() && "unknown".equals(timeline.attempts().get(0).outcome());
  }

  private static Predicate<Timeline> sentBy(String provider) {
    return timeline -> timeline.state().equals("sent") && timeline.has(provider, "sent");
  }

  private GatewayProcess start(ClusterNodes nodes, Path plugins, PostgresProcess postgres) {
    return nodes.start(settings -> with(sharing(postgres, settings), plugins));
  }

  private GatewaySettings sharing(PostgresProcess postgres, GatewaySettings settings) {
    try {
      return postgres.settings(settings, directory.resolve("postgres-password"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GatewaySettings with(GatewaySettings settings, Path plugins) {
    return settings
        .with("cluster.share_providers", true)
        .with("plugins.literal_secrets", true)
        .with("plugins.dir", plugins)
        .with("unknown.failover_after", "100ms")
        .with("dispatch.retry_base", "100ms")
        .with("dispatch.retry_max", "500ms");
  }

  private static void define(Path plugins, HeldProvider provider) throws IOException {
    Files.writeString(
        plugins.resolve(WEBHOOK + ".yaml"),
        String.join(
            "\n",
            "plugin: webhook",
            "priority: 1",
            "channels: [email]",
            "timeout: 60s",
            "config:",
            "  url: http://127.0.0.1:" + provider.port() + "/messages",
            "  json:",
            "    text: \"{{text}}\"",
            "    reference: \"{{attempt_id}}\"",
            "  success:",
            "    statuses: [202]",
            "    message_id: /id",
            "  webhook:",
            "    signature: {type: token, header: X-Token, secret: " + TOKEN + "}",
            "    attempt_id: /reference",
            "    status: /status",
            "    statuses: {delivered: delivered}",
            ""));
  }
}
