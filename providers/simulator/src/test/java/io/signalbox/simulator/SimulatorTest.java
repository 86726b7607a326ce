package io.signalbox.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.spi.sandbox.Sandbox;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorTest {
  /** The control port and one for each plugin. */
  private static final int PORTS = 14;

  @Test
  void isFoundAsService() {
    assertThat(ServiceLoader.load(Sandbox.class)).hasExactlyElementsOfTypes(Simulator.class);
  }

  @Test
  void keepsItsCredentialsInItsStateFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("state/simulator.json");
    String before;
    try (SimulatorClient first = new SimulatorClient(new Simulator(file), 0)) {
      before = first.account("sendgrid").encode() + first.account("twilio").encode();
    }
    try (SimulatorClient second = new SimulatorClient(new Simulator(file), 0)) {
      String after = second.account("sendgrid").encode() + second.account("twilio").encode();
      assertThat(after).isEqualTo(before);
    }
    try (SimulatorClient other = SimulatorClient.started()) {
      assertThat(other.account("twilio").encode()).isNotEqualTo(before);
    }
  }

  @Test
  void refusesForeignStateFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("simulator.json"), "{\"sendgrid\":1}");
    assertThatThrownBy(() -> new SimulatorClient(new Simulator(file), 0))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(ClassCastException.class)
        .hasStackTraceContaining("not a simulator's state file");
  }

  @Test
  void givesEveryPluginThePortAfterTheLast() throws Exception {
    int port = freeRange(PORTS);
    try (SimulatorClient simulator = new SimulatorClient(new Simulator(null), port)) {
      assertThat(URI.create(simulator.controlUrl()).getPort()).isEqualTo(port);
      assertThat(URI.create(simulator.url("sendgrid")).getPort()).isEqualTo(port + 1);
      assertThat(URI.create(simulator.url("telegram")).getPort()).isEqualTo(port + 5);
    }
  }

  @Test
  void makesWhatAStateFileOfAnOlderVersionLacks(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("state.json");
    new SandboxState(file).load(new SecureRandom());
    JsonObject whole = new JsonObject(Files.readString(file));
    JsonObject older = whole.copy();
    older.remove("telegram");
    older.getJsonObject("vonage").remove("private_key");
    Files.writeString(file, older.encode());

    new SandboxState(file).load(new SecureRandom());

    JsonObject mended = new JsonObject(Files.readString(file));
    assertThat(mended.getJsonObject("twilio")).isEqualTo(whole.getJsonObject("twilio"));
    assertThat(mended.getJsonObject("vonage").getString("api_key"))
        .isEqualTo(whole.getJsonObject("vonage").getString("api_key"));
    assertThat(mended.getJsonObject("vonage").getString("private_key")).contains("PRIVATE KEY");
    assertThat(mended.getJsonObject("telegram").getString("bot_token")).isNotEmpty();
  }

  @Test
  void failsWhenAPortIsTakenAndLeavesNothingOpen() throws Exception {
    int port = freeRange(PORTS);
    Vertx vertx = Vertx.vertx();
    Simulator simulator = new Simulator(null);
    try (ServerSocket taken = new ServerSocket(port + 3, 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(() -> SimulatorClient.get(simulator.start(vertx, port)))
          .hasRootCauseInstanceOf(BindException.class);
    }
    assertThat(SimulatorClient.get(simulator.start(vertx, port))).endsWith(":" + port);
    assertThatThrownBy(() -> SimulatorClient.get(simulator.start(vertx, 0)))
        .hasCauseInstanceOf(IllegalStateException.class);
    SimulatorClient.get(simulator.stop());
    SimulatorClient.get(vertx.close());
  }

  @Test
  void listensOnTheHostThatItIsGivenAndNamesItEverywhere() throws Exception {
    String host = "127.0.0.2";
    try (SimulatorClient simulator = new SimulatorClient(new Simulator(null), host, 0)) {
      assertThat(simulator.controlUrl()).startsWith("http://" + host + ":");
      for (String plugin : simulator.plugins()) {
        URI url = URI.create(simulator.url(plugin));
        assertThat(url.getHost()).as(plugin).isEqualTo(host);
        try (Socket client = new Socket(host, url.getPort())) {
          assertThat(client.isConnected()).as(plugin).isTrue();
        }
      }
      assertThat(simulator.account("smtp").getString("host")).isEqualTo(host);
    }
  }

  @Test
  void refusesAHostThatClientsCannotConnectTo() throws Exception {
    Vertx vertx = Vertx.vertx();
    for (String wildcard : List.of("", "0.0.0.0", "::")) {
      assertThatThrownBy(() -> SimulatorClient.get(new Simulator(null).start(vertx, wildcard, 0)))
          .hasCauseInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("clients can connect to");
    }
    SimulatorClient.get(vertx.close());
  }

  private static int freeRange(int length) {
    for (int port = 21_000; port < 60_000; port += 97) {
      if (isFree(port, length)) {
        return port;
      }
    }
    throw new IllegalStateException("no free ports");
  }

  private static boolean isFree(int port, int length) {
    for (int i = 0; i < length; i++) {
      try (ServerSocket probe = new ServerSocket(port + i, 1, InetAddress.getLoopbackAddress())) {
        probe.setReuseAddress(true);
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}
