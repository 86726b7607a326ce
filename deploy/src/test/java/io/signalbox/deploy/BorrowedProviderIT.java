package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node without a plugin sends through one that has it, which is killed. */
@Timeout(150)
class BorrowedProviderIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String WEBHOOK = "hook";

  @TempDir Path directory;

  @Test
  void aNodeWithoutThePluginSendsThroughOneThatHasItAndLosesNothingWhenThatIsKilled()
      throws IOException {
    Path none = Files.createDirectories(directory.resolve("none"));
    Path plugins = Files.createDirectories(directory.resolve("plugins"));
    Files.copy(Distribution.home().resolve("plugins/webhook.jar"), plugins.resolve("webhook.jar"));
    ClusterNodes nodes = new ClusterNodes(directory);
    try (HeldProvider answers = new HeldProvider();
        HeldProvider hangs = new HeldProvider();
        GatewayProcess lacks = nodes.start(settings -> with(settings, none))) {
      ApiClient api = lacks.admin();
      String early = send(api, 1);
      List<String> ids;
      try (GatewayProcess has = start(nodes, plugins, hangs)) {
        String second = send(api, 2);
        ids = List.of(early, second);
        await().atMost(LIMIT).until(() -> hangs.requests().size() == 2);
        assertThat(begun(has.admin(), early)).as("the attempt is the node's that sends").isZero();
        has.kill();
        Settling.awaitAll(api, ids, LIMIT, BorrowedProviderIT::firstIsUnknown);
      }
      answers.answer();
      try (GatewayProcess again = start(nodes, plugins, answers)) {
        String third = send(api, 3);
        List<Timeline> sent =
            Settling.awaitAll(api, List.of(early, ids.get(1), third), LIMIT, sentBy(WEBHOOK));
        assertThat(sent).hasSize(3);
        assertThat(answers.requests()).hasSize(3);
        assertThat(again.admin().metric("signalbox_cluster_nodes")).isEqualTo(2);
      }
    }
  }

  private static long begun(ApiClient api, String id) {
    return api.get("/api/v1/notifications/" + id).status() == 404 ? 0 : 1;
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

  private GatewayProcess start(ClusterNodes nodes, Path plugins, HeldProvider provider)
      throws IOException {
    define(plugins, provider);
    return nodes.start(settings -> with(settings, plugins));
  }

  private static GatewaySettings with(GatewaySettings settings, Path plugins) {
    return settings
        .with("cluster.share_providers", true)
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
            ""));
  }
}
