package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.testkit.TestCertificate;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that is uploaded at one node runs on all of them. */
@Timeout(500)
class PluginRollIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path directory;

  private TestCertificate certificate;
  private String original = "";
  private int folders;

  @Test
  void anUploadReachesAllNodesAlsoThoseThatComeLaterUnlessItDoesNotRun() throws Exception {
    certificate = TestCertificate.create(Files.createDirectory(directory.resolve("tls")));
    ClusterNodes nodes = new ClusterNodes(directory);
    try (SimulatorProcess simulator = SimulatorProcess.start();
        GatewayProcess one = nodes.start(settings -> with(settings, simulator));
        GatewayProcess other = nodes.start(settings -> with(settings, simulator))) {
      ApiClient first = one.admin();
      ApiClient second = other.admin();
      awaitNodes(first, 2);
      original =
          await()
              .atMost(LIMIT)
              .until(() -> TwilioVersions.running(first), version -> !version.isEmpty());
      await().atMost(LIMIT).until(() -> TwilioVersions.running(second).equals(original));
      Path next =
          TwilioVersions.repacked(
              directory.resolve("plugins-1").resolve("twilio.jar"), directory.resolve("next.jar"));

      JsonObject done = upload(one, next, 0);

      assertThat(done.getString("outcome")).isEqualTo("running");
      assertThat(done.getJsonArray("nodes")).hasSize(1);
      assertThat(done.getJsonArray("nodes").getJsonObject(0).getString("outcome"))
          .isEqualTo("running");
      assertThat(TwilioVersions.running(first)).isEqualTo(TwilioVersions.NEXT);
      assertThat(TwilioVersions.running(second)).isEqualTo(TwilioVersions.NEXT);
      assertThat(directory.resolve("plugins-2").resolve("twilio.jar")).hasSameBinaryContentAs(next);

      try (GatewayProcess late = nodes.start(settings -> with(settings, simulator))) {
        ApiClient third = late.admin();
        await()
            .atMost(LIMIT)
            .until(() -> TwilioVersions.running(third).equals(TwilioVersions.NEXT));
        assertThat(third.get("/api/v1/plugins/twilio").json(200).getString("by"))
            .isEqualTo("cluster");

        awaitNodes(first, 3);
        first.post("/api/v1/plugins/twilio/rollback", new JsonObject()).json(200);
        assertThat(List.of(first, second, third))
            .allMatch(api -> TwilioVersions.running(api).equals(original));
      }
      stopsWhereItDoesNotRun(nodes, simulator, one, next);
    }
  }

  /** A node that allows only the jars that it knows; the roll comes to it last, or next to last. */
  private void stopsWhereItDoesNotRun(
      ClusterNodes nodes, SimulatorProcess simulator, GatewayProcess one, Path next)
      throws Exception {
    String allowed = sha256Of(one.admin());
    try (GatewayProcess strict =
        nodes.start(settings -> with(settings, simulator).with("plugins.allow", allowed))) {
      awaitNodes(one.admin(), 3);
      JsonObject done = upload(one, next, 1);
      assertThat(done.getString("outcome")).isEqualTo("stopped");
      assertThat(done.getJsonArray("nodes").stream().map(JsonObject.class::cast))
          .anyMatch(
              node ->
                  node.getString("outcome").equals("refused")
                      && node.getString("detail").contains("not on the allow list"));
      assertThat(TwilioVersions.running(one.admin())).isEqualTo(TwilioVersions.NEXT);
      assertThat(TwilioVersions.running(strict.admin())).isEqualTo(original);
    }
  }

  /** Whom it does not know yet a node does not roll to. */
  private static void awaitNodes(ApiClient api, int count) {
    await().atMost(LIMIT).until(() -> api.metric("signalbox_cluster_nodes") == count);
  }

  private static String sha256Of(ApiClient api) {
    return api.get("/api/v1/plugins/twilio").json(200).getString("sha256");
  }

  private GatewaySettings with(GatewaySettings settings, SimulatorProcess simulator) {
    Path plugins = directory.resolve("plugins-" + ++folders);
    Distribution.copyPlugins(plugins);
    return settings
        .against(simulator, List.of(TwilioVersions.TWILIO))
        .with("cluster.tls_cert_file", certificate.pem())
        .with("cluster.tls_key_file", certificate.pemKey())
        .with("cluster.tls_ca_file", certificate.pem())
        .with("plugins.dir", plugins)
        .with("plugins.upload", true);
  }

  private static JsonObject upload(GatewayProcess gateway, Path jar, int exitCode) {
    CommandRun run =
        CommandRun.signalbox(
            Map.of(),
            "plugins",
            "add",
            jar.toString(),
            "--json",
            "--url",
            gateway.url(),
            "--token",
            gateway.token("admin"));
    assertThat(run.exitCode()).as("%s", run).isEqualTo(exitCode);
    return new JsonObject(run.out());
  }
}
