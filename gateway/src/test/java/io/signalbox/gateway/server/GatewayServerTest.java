package io.signalbox.gateway.server;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.Cancellation;
import io.signalbox.gateway.ledger.Decision;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.notification.NotificationJson;
import io.signalbox.gateway.trail.CapturedTrail;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayServerTest {
  @TempDir Path dir;

  private GatewayConfig config(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("http.port", "0");
    settings.put("data.dir", dir.resolve("data").toString());
    settings.put("plugins.dir", dir.resolve("plugins").toString());
    settings.putAll(more);
    return ConfigLoader.load(Optional.empty(), Map.of(), settings);
  }

  /** Waits as the command line does: to be told, which takes more than to be complete. */
  private static <T> Future<T> ended(Future<T> future) {
    CompletableFuture<T> told = future.toCompletionStage().toCompletableFuture();
    await().atMost(Duration.ofSeconds(60)).until(told::isDone);
    return future;
  }

  private static int status(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void startsIsReadyAndStops() throws Exception {
    GatewayServer server = ended(GatewayServer.start(config(Map.of()))).result();
    String url = server.url();
    assertThat(status(url + "/health/ready")).isEqualTo(200);
    assertThat(ended(server.stop()).succeeded()).isTrue();
    GatewayServer again = ended(GatewayServer.start(config(Map.of()))).result();
    assertThat(status(again.url() + "/health/ready")).isEqualTo(200);
    assertThat(ended(again.stop()).succeeded()).isTrue();
  }

  @Test
  void aStartThatIsNotWantedAnyMoreLeavesNothingOpen() throws Exception {
    // Before the first step: a wish that comes during the last one is too late.
    Future<GatewayServer> start = GatewayServer.start(config(Map.of()), Future.succeededFuture());
    assertThat(ended(start).cause())
        .isInstanceOf(GatewayServer.NotWantedException.class)
        .hasMessage("told to stop before the start was over");

    GatewayServer again = ended(GatewayServer.start(config(Map.of()))).result();
    assertThat(status(again.url() + "/health/ready")).isEqualTo(200);
    assertThat(ended(again.stop()).succeeded()).isTrue();
  }

  @Test
  void whatAStartCancelsIsToldInTheLog() throws Exception {
    NotificationId id = calledBackDuringAnAttemptThatAStopBrokeOff();
    try (CapturedTrail trail = new CapturedTrail(GatewayServer.class)) {
      GatewayServer server = ended(GatewayServer.start(config(Map.of()))).result();
      assertThat(trail.of(id)).containsExactly("finished cancelled cancelled_with_unknown_outcome");
      assertThat(ended(server.stop()).succeeded()).isTrue();
    }
  }

  private NotificationId calledBackDuringAnAttemptThatAStopBrokeOff() throws IOException {
    Files.createDirectories(dir.resolve("data"));
    NotificationJson json = new NotificationJson();
    long now = System.currentTimeMillis();
    NotificationId id = new NotificationIds(Clock.systemUTC(), 0).next();
    Recipient recipient = new Recipient.Email("a@example.com");
    SendNotification mail =
        SendNotification.of("test", Channel.EMAIL, recipient, new Content("t", "m", null));
    Vertx vertx = Vertx.vertx();
    SqlLedger ledger =
        ended(
                SqliteLedger.open(
                    vertx,
                    dir.resolve("data").resolve("ledger.db"),
                    SqlLedgerOptions.of(config(Map.of()).ledger()),
                    json))
            .result();
    ended(
        ledger.accept(
            new AcceptRequest(
                id, mail, json.write(mail), NotificationState.QUEUED, now, now, null)));
    ended(
        ledger.begin(
            new AttemptStart(
                new AttemptId(id, 1),
                0,
                Channel.EMAIL,
                "gone",
                1,
                new Decision(null, "best_score", List.of()),
                now,
                now + 60_000,
                false,
                recipient,
                false)));
    Cancellation wish =
        ended(ledger.reports().cancel(SendNotification.DEFAULT_TENANT, id, now)).result();
    assertThat(wish.kind()).isEqualTo(Cancellation.Kind.WISHED);
    ended(ledger.close());
    ended(vertx.close());
    return id;
  }

  @Test
  void aTakenPortFailsTheStartAndFreesTheLedger() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Future<GatewayServer> failed = ended(GatewayServer.start(config(Map.of("http.port", port))));
      assertThat(failed.failed()).isTrue();
    }
    GatewayServer server = ended(GatewayServer.start(config(Map.of()))).result();
    assertThat(ended(server.stop()).succeeded()).isTrue();
  }

  @Test
  void twoGatewaysNeverShareALedger() {
    GatewayServer first = ended(GatewayServer.start(config(Map.of()))).result();
    Future<GatewayServer> second = ended(GatewayServer.start(config(Map.of())));
    assertThat(second.failed()).isTrue();
    assertThat(second.cause()).hasMessageContaining("ledger");
    assertThat(ended(first.stop()).succeeded()).isTrue();
  }

  @Test
  void aSandboxWithoutASimulatorFailsTheStart() {
    Future<GatewayServer> failed =
        ended(GatewayServer.start(config(Map.of("sandbox.enabled", "true"))));
    assertThat(failed.failed()).isTrue();
    assertThat(failed.cause()).hasMessageContaining("simulator");
  }
}
