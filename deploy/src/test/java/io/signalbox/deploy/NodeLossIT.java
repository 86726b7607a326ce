package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of a cluster are killed, stand still, come back, and leave. */
@Timeout(400)
class NodeLossIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path directory;

  @Test
  void theOthersSeeWhoIsKilledWhoStandsStillWhoComesBackAndWhoLeaves() {
    ClusterNodes nodes = new ClusterNodes(directory);
    try (GatewayProcess one = start(nodes);
        GatewayProcess other = start(nodes);
        GatewayProcess third = start(nodes)) {
      ApiClient watch = one.admin();
      ApiClient frozen = other.admin();
      awaitSize(watch, 3);
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                JsonArray members =
                    watch
                        .get("/health/detailed")
                        .json(200)
                        .getJsonObject("cluster")
                        .getJsonArray("nodes");
                assertThat(members).hasSize(3);
                assertThat(members.getJsonObject(0).getBoolean("self"))
                    .as("the eldest first")
                    .isTrue();
              });

      long killed = System.nanoTime();
      third.kill();
      awaitSize(watch, 2);
      Report.print("cluster: a killed node is gone after %d ms", millisSince(killed));

      long stopped = System.nanoTime();
      other.freeze();
      awaitSize(watch, 1);
      Report.print(
          "cluster: a node that stands still is gone after %d ms, with node_timeout 5s",
          millisSince(stopped));
      assertThat(watch.get("/health/ready").status()).isEqualTo(200);

      long thawed = System.nanoTime();
      other.thaw();
      awaitSize(watch, 2);
      awaitSize(frozen, 2);
      Report.print("cluster: it is back after %d ms", millisSince(thawed));

      other.stop();
      awaitSize(watch, 1);
    }
  }

  private static GatewayProcess start(ClusterNodes nodes) {
    return nodes.start(settings -> settings.with("cluster.node_timeout", "5s"));
  }

  private static void awaitSize(ApiClient api, int size) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> api.metric("signalbox_cluster_nodes") == size);
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }
}
