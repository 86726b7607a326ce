package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Applications that cannot be changed: no URL of ours stands in them. A host entry leads them here,
 * and they trust an authority that {@code signalbox compat ca} made.
 */
@Timeout(120)
class TransparentIT {
  /** Of this machine alone, and nobody else's: port 443 is taken there. */
  private static final String ADDRESS = "127.0.53.44";

  private static final int HTTPS = 443;

  @TempDir static Path dir;
  private static SdkStand stand;
  private static SdkProcess node;
  private static Path authority;

  @BeforeAll
  static void start() {
    Assumptions.assumeTrue(
        mayListen(), "the SDKs call port 443, which this user may not listen on; root may");
    Path folder = dir.resolve("ca");
    CommandRun made =
        CommandRun.signalbox(Map.of(), "compat", "ca", "--out", folder.toString(), "--json");
    assertThat(made.exitCode()).as("%s", made).isZero();
    JsonObject files = new JsonObject(made.out());
    authority = Path.of(files.getString("authority"));
    stand =
        new SdkStand(
            dir.resolve("data"),
            settings ->
                settings
                    .with("compat.transparent_host", ADDRESS)
                    .with("compat.transparent_port", HTTPS)
                    .with("compat.transparent_cert_file", files.getString("certificate"))
                    .with("compat.transparent_key_file", files.getString("key")));
    String hosts =
        files.getJsonArray("hosts").stream().map(String::valueOf).collect(Collectors.joining(","));
    node =
        SdkProcess.node(
            Map.of(
                "NODE_EXTRA_CA_CERTS", authority.toString(),
                "TEST_ADDRESS", ADDRESS,
                "TEST_HOSTS", hosts),
            "--require",
            "./hosts.js");
  }

  private static boolean mayListen() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(ADDRESS), HTTPS));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @AfterAll
  static void stop() {
    try (SdkStand last = stand;
        SdkProcess first = node) {
      assertThat(first == null).isEqualTo(last == null);
    }
  }

  @Test
  void nodeSendsByResendsName() {
    JsonObject message =
        new JsonObject()
            .put("from", "onboarding@resend.dev")
            .put("to", "node@transparent.example")
            .put("subject", "Transparent")
            .put("text", "Hello");
    JsonObject sent =
        node.call("resend.send", new JsonObject().put("key", stand.key()).put("message", message))
            .value();
    assertThat(sent.getJsonObject("error")).isNull();
    stand.arrived("ses", "node@transparent.example");
  }
}
