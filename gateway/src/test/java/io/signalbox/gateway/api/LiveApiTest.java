package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.security.Role;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.intake.Priority;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is going on, told live. */
class LiveApiTest {
  private static final String PATH = "/api/v1/events";
  private static final String EVENTS = "text/event-stream";
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path dir;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void aStreamBeginsWithAllThatIsAndGoesOnByTheSecond() throws Exception {
    gateway.announce("alpha", 1, Stage.ACTIVE, "closed");
    try (RawConnection stream = stream(gateway.token(Role.MANAGER))) {
      String head = stream.readUntil("event: providers");
      assertThat(head)
          .contains("content-type: text/event-stream")
          .contains("retry: 2000")
          .containsSubsequence("event: caller", "event: history", "event: health", "event: flow");
      stream.readUntil("\"breaker\":{\"state\":\"closed\"");
      gateway.meters().acceptedNotification(Channel.EMAIL, Priority.NORMAL);
      gateway.meters().attemptEnded("alpha", OutcomeKind.TRANSIENT, 40);
      gateway.meters().receipt("alpha", "bounced");
      gateway.announce("alpha", 1, Stage.ACTIVE, "open");
      stream.readUntil("\"since_start\":{\"accepted\":1,");
      stream.readUntil("\"breaker\":{\"state\":\"open\"");
      stream.readUntil("\"attempts_since_start\":1,\"receipts\":{\"bounced\":1}");
    }
    Awaitility.await().atMost(LONG).until(() -> gateway.http().live().listening() == 0);
  }

  @Test
  void eachRoleSeesWhatItMayReadAnyway() throws Exception {
    Calls calls = new Calls(gateway.url());
    assertThat(calls.send("GET", PATH, "").status()).isEqualTo(401);
    JsonObject viewer = once(calls, Role.VIEWER);
    assertThat(viewer.fieldNames()).contains("health", "flow", "providers");
    JsonObject sender = once(calls, Role.SENDER);
    assertThat(sender.fieldNames()).containsOnly("at", "caller", "health");
    assertThat(sender.getJsonObject("caller").encode())
        .isEqualTo("{\"subject\":\"test\",\"tenant\":\"default\",\"roles\":[\"sender\"]}");
    try (RawConnection stream = stream(gateway.token(Role.SENDER))) {
      String seen = stream.readUntil("event: health") + stream.readUntil("event: health");
      assertThat(seen).doesNotContain("event: providers").doesNotContain("event: flow");
    }
  }

  @Test
  void aStreamEndsWithItsCredential() throws Exception {
    Calls calls = new Calls(gateway.url());
    String admin = "Bearer " + gateway.token(Role.ADMIN);
    JsonObject key =
        calls
            .send(
                "POST",
                "/api/v1/api-keys",
                "{\"name\":\"board\",\"roles\":[\"viewer\"]}",
                "authorization",
                admin)
            .json();
    try (RawConnection stream = stream(key.getString("key"))) {
      stream.readUntil("event: health");
      calls.send("DELETE", "/api/v1/api-keys/" + key.getString("id"), "", "authorization", admin);
      tick(LiveStream.CHECK_EVERY);
      stream.readUntil("\r\n0\r\n\r\n");
    }
  }

  @Test
  void whoDoesNotReadIsDropped() throws Exception {
    for (int i = 0; i < 300; i++) {
      gateway.announce("provider-" + i, 1, Stage.ACTIVE, "closed");
    }
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4_096);
      socket.connect(
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), URI.create(gateway.url()).getPort()));
      socket
          .getOutputStream()
          .write(request(gateway.token(Role.VIEWER)).getBytes(StandardCharsets.US_ASCII));
      Awaitility.await().atMost(LONG).until(() -> gateway.http().live().listening() == 1);
      Awaitility.await()
          .atMost(LONG)
          .until(
              () -> {
                tick(1);
                return gateway.http().live().listening() == 0;
              });
    }
  }

  @Test
  void onlySoManyListenAtATime() throws Exception {
    List<RawConnection> all = new ArrayList<>();
    try {
      String token = gateway.token(Role.SENDER);
      for (int i = 0; i < LiveBoard.MOST_STREAMS; i++) {
        all.add(stream(token));
      }
      for (RawConnection each : all) {
        each.readUntil("event: health");
      }
      Reply refused =
          new Calls(gateway.url())
              .send("GET", PATH, "", "authorization", "Bearer " + token, "accept", EVENTS);
      assertThat(refused.status()).isEqualTo(503);
      gateway.http().live().close(gateway.vertx());
      for (RawConnection each : all) {
        each.readUntil("\r\n0\r\n\r\n");
      }
    } finally {
      for (RawConnection each : all) {
        each.close();
      }
    }
  }

  private JsonObject once(Calls calls, Role role) throws Exception {
    Reply reply = calls.send("GET", PATH, "", "authorization", "Bearer " + gateway.token(role));
    assertThat(reply.status()).isEqualTo(200);
    return reply.json();
  }

  private void tick(int times) {
    for (int i = 0; i < times; i++) {
      gateway.http().live().tick();
    }
  }

  private RawConnection stream(String token) throws Exception {
    RawConnection connection = new RawConnection(gateway.url());
    connection.write(request(token));
    return connection;
  }

  private static String request(String token) {
    return "GET "
        + PATH
        + " HTTP/1.1\r\nhost: gateway\r\naccept: "
        + EVENTS
        + "\r\nauthorization: Bearer "
        + token
        + "\r\n\r\n";
  }
}
