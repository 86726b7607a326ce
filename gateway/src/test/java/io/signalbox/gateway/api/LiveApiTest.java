package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.api.LiveBoard.Section;
import io.signalbox.gateway.api.LiveStream.Reader;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Role;
import io.signalbox.scoring.FailureKind;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.intake.Priority;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
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
import java.util.Set;
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
      gateway.meters().intake().accepted(Channel.EMAIL, Priority.NORMAL);
      gateway.meters().attempts().ended("alpha", OutcomeKind.TRANSIENT, FailureKind.CONNECTION, 40);
      gateway.meters().receipts().receipt("alpha", ReceiptStatus.BOUNCED, 0);
      gateway.announce("alpha", 1, Stage.ACTIVE, "open");
      // Each may be told a second before another.
      stream.readUntilAll(
          "\"since_start\":{\"accepted\":1,",
          "\"breaker\":{\"state\":\"open\"",
          "\"attempts_since_start\":1,\"receipts\":{\"bounced\":1}");
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
    JsonObject caller = sender.getJsonObject("caller");
    assertThat(caller.fieldNames()).containsExactly("subject", "tenant", "roles", "may");
    assertThat(caller.getJsonArray("roles")).containsExactly("sender");
    assertThat(caller.getJsonArray("may"))
        .contains("send", "batch", "cancel", "timeline", "quotas", "templates_read", "events")
        .doesNotContain("search", "policies", "providers_control", "dead_letters_change");
    try (RawConnection stream = stream(gateway.token(Role.SENDER))) {
      String seen = stream.readUntil("event: health") + stream.readUntil("event: health");
      assertThat(seen).doesNotContain("event: providers").doesNotContain("event: flow");
    }
  }

  @Test
  void whatACallerMayIsByScopesAndTenantToo() throws Exception {
    Calls calls = new Calls(gateway.url());
    assertThat(may(calls, gateway.narrowed("reports:read", "policies:read")))
        .containsExactly("pipeline_metrics", "health_reports", "policies", "back_test", "events");
    assertThat(may(calls, gateway.token(Role.ADMIN, "shop")))
        .contains("dead_letters_change", "preferences_read", "plugins_read")
        .doesNotContain("providers_control", "preferences_change", "plugins_change");
    assertThat(may(calls, gateway.token(Role.ADMIN))).hasSize(Access.values().length);
  }

  private static List<String> may(Calls calls, String token) throws Exception {
    JsonObject seen = calls.send("GET", PATH, "", "authorization", "Bearer " + token).json();
    return seen.getJsonObject("caller").getJsonArray("may").stream().map(String::valueOf).toList();
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
  void whoLeftBeforeItsStreamBeganIsForgotten() throws Exception {
    Promise<LiveStream> forgotten = Promise.promise();
    HttpServer server =
        TestGateway.await(
            gateway
                .vertx()
                .createHttpServer()
                .requestHandler(
                    request ->
                        request
                            .response()
                            .closeHandler(
                                gone ->
                                    // As after a sign-in that took longer than the client waited.
                                    new LiveStream(
                                            gateway.vertx().getOrCreateContext(),
                                            request.response(),
                                            new Reader("default", "test"),
                                            Set.of(Section.HEALTH),
                                            Future::succeededFuture,
                                            forgotten::tryComplete)
                                        .offer(Map.of(Section.HEALTH, "{}"))))
                .listen(0, "127.0.0.1"));
    try (RawConnection connection = new RawConnection("http://127.0.0.1:" + server.actualPort())) {
      connection.write(request("any"));
    }
    assertThat(TestGateway.await(forgotten.future())).isNotNull();
    TestGateway.await(server.close());
  }

  @Test
  void onlySoManyListenAtATimeAndOfOneCallerOnlySome() throws Exception {
    List<RawConnection> all = new ArrayList<>();
    try {
      for (int i = 0; i < LiveBoard.MOST_STREAMS; i++) {
        if (i == LiveBoard.MOST_OF_ONE) {
          assertThat(refused("caller-0")).contains("which is the most");
        }
        all.add(stream(gateway.tokenOf("caller-" + i / LiveBoard.MOST_OF_ONE, Role.SENDER)));
        all.get(i).readUntil("event: health");
      }
      assertThat(refused("another")).contains("too many listen");
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

  private String refused(String subject) throws Exception {
    String token = "Bearer " + gateway.tokenOf(subject, Role.SENDER);
    Reply reply =
        new Calls(gateway.url()).send("GET", PATH, "", "authorization", token, "accept", EVENTS);
    assertThat(reply.status()).isEqualTo(503);
    return reply.text();
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
