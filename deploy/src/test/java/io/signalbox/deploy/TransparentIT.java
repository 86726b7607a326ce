package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
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
@Timeout(300)
class TransparentIT {
  /** Of this machine alone, and nobody else's: port 443 is taken there. */
  private static final String ADDRESS = "127.0.53.44";

  /** Of Twilio, which has too many to be all in a certificate. */
  private static final String EDGE = "api.dublin.ie1.twilio.com";

  private static final int HTTPS = 443;

  /** What every JDK's own store has. */
  private static final String PASSWORD = "changeit";

  private static final String ACCOUNT = "AC00000000000000000000000000000000";

  @TempDir static Path dir;
  private static SdkStand stand;
  private static SdkProcess node;
  private static SdkProcess java;

  @BeforeAll
  static void start() throws IOException {
    Assumptions.assumeTrue(
        mayListen(), "the SDKs call port 443, which this user may not listen on; root may");
    Path folder = dir.resolve("ca");
    CommandRun made =
        CommandRun.signalbox(
            Map.of(), "compat", "ca", "--out", folder.toString(), "--host", EDGE, "--json");
    assertThat(made.exitCode()).as("%s", made).isZero();
    JsonObject files = new JsonObject(made.out());
    Path authority = Path.of(files.getString("authority"));
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
    Path entries = Files.writeString(dir.resolve("hosts"), ADDRESS + " " + hosts.replace(',', ' '));
    node =
        SdkProcess.node(
            Map.of(
                "NODE_EXTRA_CA_CERTS", authority.toString(),
                "TEST_ADDRESS", ADDRESS,
                "TEST_HOSTS", hosts),
            "--require",
            "./hosts.js");
    java =
        SdkProcess.java(
            "-Djdk.net.hosts.file=" + entries,
            "-Djavax.net.ssl.trustStore=" + trusted(authority),
            "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  /** As the command says: what Java trusts already, and the authority. */
  private static Path trusted(Path authority) throws IOException {
    String home = JavaUnderTest.home();
    Path store = dir.resolve("trusted");
    Files.copy(Path.of(home, "lib", "security", "cacerts"), store);
    CommandRun imported =
        CommandRun.shell(
            home
                + "/bin/keytool -importcert -noprompt -alias signalbox -file "
                + authority
                + " -keystore "
                + store
                + " -storepass "
                + PASSWORD);
    assertThat(imported.exitCode()).as("%s", imported).isZero();
    return store;
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
        SdkProcess second = java;
        SdkProcess first = node) {
      assertThat(first == null && second == null).isEqualTo(last == null);
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

  @Test
  void nodeSendsByTwiliosNameWhereverInTheWorldItIs() {
    stand.fail("twilio");
    JsonObject message =
        new JsonObject().put("to", "+14155556001").put("from", "+14155550000").put("body", "Node");
    JsonObject with =
        new JsonObject().put("key", stand.key()).put("account", ACCOUNT).put("message", message);
    assertThat(node.call("twilio.send", with).value().getString("sid")).startsWith("SM");
    stand.arrived("vonage", "14155556001");
    with.put("edge", "dublin").put("region", "ie1");
    message.put("to", "+14155556002");
    assertThat(node.call("twilio.send", with).value().getString("sid")).startsWith("SM");
    stand.arrived("vonage", "14155556002");
  }

  private static JsonObject java(String what, JsonObject with) {
    return java.call(what, with.put("key", stand.key()).put("text", "Hello")).value();
  }

  @Test
  void javaSendsByResendsName() {
    JsonObject mail =
        new JsonObject()
            .put("from", "onboarding@resend.dev")
            .put("to", "java@transparent.example")
            .put("subject", "Transparent");
    assertThat(java("resend.send", mail).getString("id")).isNotBlank();
    stand.arrived("ses", "java@transparent.example");
  }

  @Test
  void javaSendsByTwiliosAndVonagesNames() {
    stand.fail("twilio");
    JsonObject message =
        new JsonObject()
            .put("to", "+14155556003")
            .put("from", "+14155550000")
            .put("account", ACCOUNT);
    assertThat(java("twilio.send", message).getString("sid")).startsWith("SM");
    stand.arrived("vonage", "14155556003");
    JsonObject other = new JsonObject().put("to", "14155556004").put("from", "14155550000");
    assertThat(java("vonage.sms", other).getBoolean("ok")).isTrue();
    stand.arrived("vonage", "14155556004");
  }
}
