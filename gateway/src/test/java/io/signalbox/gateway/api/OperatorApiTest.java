package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ProviderMessages.Command;
import io.signalbox.gateway.bus.ProviderMessages.Control;
import io.signalbox.gateway.bus.ProviderMessages.Controlled;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.WebhookMessages.Answer;
import io.signalbox.gateway.bus.WebhookMessages.Arrived;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.ParsedNotification;
import io.signalbox.gateway.security.Role;
import io.signalbox.spi.CheckResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorApiTest {
  private static final String MAIL =
      "{\"notification_type\":\"t\",\"channel\":\"email\",\"recipient_email\":\"a@example.com\","
          + "\"message\":\"m\"}";

  private static final String SMS =
      "{\"notification_type\":\"t\",\"channel\":\"sms\",\"recipient_phone\":\"+15558675309\","
          + "\"message\":\"m\"}";

  @TempDir private static Path dir;
  private static TestGateway gateway;
  private static Calls calls;

  @BeforeAll
  static void start() throws Exception {
    gateway =
        TestGateway.start(
            dir,
            Map.of(
                "webhooks.public_url",
                "https://hooks.example.com/x",
                "webhooks.max_body_bytes",
                "2048"));
    calls = new Calls(gateway.url());
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  @Test
  void listsReplaysAndDiscardsDeadLetters() throws Exception {
    GatewayMeters meters = gateway.meters();
    long dead = meters.work().standingIn(NotificationState.DEAD_LETTER);
    long failed = meters.work().standingIn(NotificationState.FAILED);
    String first = die();
    String second = die();
    JsonObject page = call("GET", "/api/v1/dead-letters?limit=1", "", Role.VIEWER).json();
    assertThat(page.getJsonArray("dead_letters")).hasSize(1);
    assertThat(page.getString("next")).isEqualTo(second);
    JsonObject rest = call("GET", "/api/v1/dead-letters?after=" + second, "", Role.VIEWER).json();
    assertThat(rest.getJsonArray("dead_letters").getJsonObject(0).getString("id")).isEqualTo(first);
    String wish = "{\"filters\":{\"id\":\"" + first + "\"},\"dry_run\":%s}";
    Reply dry =
        call("POST", "/api/v1/dead-letters/replay", wish.replace("%s", "true"), Role.MANAGER);
    assertThat(dry.json().getInteger("matching")).isEqualTo(1);
    Reply real =
        call("POST", "/api/v1/dead-letters/replay", wish.replace("%s", "false"), Role.MANAGER);
    assertThat(real.json().getInteger("replayed")).isEqualTo(1);
    assertThat(real.json().getInteger("remaining")).isZero();
    assertThat(
            call("GET", "/api/v1/notifications/" + first, "", Role.VIEWER)
                .json()
                .getString("state"))
        .isEqualTo("queued");
    assertThat(call("DELETE", "/api/v1/dead-letters", "", Role.MANAGER).status()).isEqualTo(422);
    assertThat(
            call("DELETE", "/api/v1/dead-letters?id=" + second, "", Role.MANAGER)
                .json()
                .getInteger("discarded"))
        .isEqualTo(1);
    assertThat(meters.work().standingIn(NotificationState.DEAD_LETTER)).isEqualTo(dead - 2);
    assertThat(meters.work().standingIn(NotificationState.FAILED)).isEqualTo(failed + 1);
  }

  @Test
  void listsWhatIsHeldWithItsState() throws Exception {
    String held = end(NotificationState.HELD, "unknown_outcome");
    JsonObject page = call("GET", "/api/v1/dead-letters?state=held", "", Role.VIEWER).json();
    assertThat(page.getJsonArray("dead_letters")).hasSize(1);
    JsonObject letter = page.getJsonArray("dead_letters").getJsonObject(0);
    assertThat(letter.getString("id")).isEqualTo(held);
    assertThat(letter.getString("state")).isEqualTo("held");
    assertThat(
            call("DELETE", "/api/v1/dead-letters?state=held", "", Role.MANAGER)
                .json()
                .getInteger("discarded"))
        .isEqualTo(1);
    assertThat(call("GET", "/api/v1/dead-letters?state=sent", "", Role.VIEWER).status())
        .isEqualTo(422);
  }

  @Test
  void replaysMoreThanTheLedgerChangesInOneCall() throws Exception {
    int many = 12_000;
    long now = System.currentTimeMillis();
    NotificationIds ids = new NotificationIds(Clock.systemUTC(), 0);
    NotificationParser parser = new NotificationParser(Clock.systemUTC(), name -> null);
    ParsedNotification.Valid sms =
        (ParsedNotification.Valid) parser.parse(Buffer.buffer(SMS), "default", null);
    List<AcceptRequest> requests = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      requests.add(
          new AcceptRequest(
              ids.next(),
              sms.notification(),
              Buffer.buffer(SMS),
              NotificationState.DEAD_LETTER,
              now,
              now,
              null));
    }
    TestGateway.await(gateway.ledger().acceptAll(requests));

    Reply some =
        call(
            "POST",
            "/api/v1/dead-letters/replay",
            "{\"limit\":11000,\"filters\":{\"channel\":\"sms\"}}",
            Role.MANAGER);
    assertThat(some.json().getInteger("replayed")).isEqualTo(11_000);
    assertThat(some.json().getInteger("remaining")).isEqualTo(1_000);
    Reply rest = call("DELETE", "/api/v1/dead-letters?channel=sms", "", Role.MANAGER);
    assertThat(rest.json().getInteger("discarded")).isEqualTo(1_000);
    assertThat(rest.json().getInteger("remaining")).isZero();
  }

  @Test
  void refusesMistypedFiltersAndWrongRoles() throws Exception {
    Reply reply = call("GET", "/api/v1/dead-letters?chanel=email", "", Role.MANAGER);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().getString("detail")).contains("did you mean channel?");
    assertThat(call("GET", "/api/v1/dead-letters?limit=0", "", Role.MANAGER).status())
        .isEqualTo(422);
    assertThat(call("GET", "/api/v1/dead-letters?after=x", "", Role.MANAGER).status())
        .isEqualTo(422);
    assertThat(call("POST", "/api/v1/dead-letters/replay", "[]", Role.MANAGER).status())
        .isEqualTo(400);
    assertThat(
            call("POST", "/api/v1/dead-letters/replay", "{\"dry_run\":5}", Role.MANAGER).status())
        .isEqualTo(422);
    assertThat(call("POST", "/api/v1/dead-letters/replay", "{}", Role.VIEWER).status())
        .isEqualTo(403);
    assertThat(call("GET", "/api/v1/dead-letters", "", Role.SENDER).status()).isEqualTo(403);
  }

  @Test
  void commandsTheNewestGenerationOfAProvider() throws Exception {
    AtomicReference<Control> seen = new AtomicReference<>();
    gateway
        .bus()
        .answer(
            Addresses.provider("newest", 2),
            Control.class,
            control -> {
              seen.set(control);
              return Future.succeededFuture(new Controlled(CheckResult.healthy("closed")));
            });
    announce("newest", 2, Stage.ACTIVE, "open");
    announce("newest", 1, Stage.DRAINING, "closed");
    Reply reply = call("POST", "/api/v1/providers/newest/reset", "", Role.MANAGER);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().getString("detail")).isEqualTo("closed");
    assertThat(seen.get()).isEqualTo(new Control(Command.RESET, "test"));
    assertThat(call("POST", "/api/v1/providers/newest/reset", "", Role.VIEWER).status())
        .isEqualTo(403);
    assertThat(call("POST", "/api/v1/providers/nobody/reset", "", Role.MANAGER).status())
        .isEqualTo(404);
    assertThat(call("POST", "/api/v1/providers/newest/explode", "", Role.MANAGER).status())
        .isEqualTo(404);
    assertThat(
            call("GET", "/health/circuit-breakers", "", Role.VIEWER)
                .json()
                .getJsonObject("circuit_breakers")
                .getJsonObject("newest")
                .getString("state"))
        .isEqualTo("open");
    assertThat(call("GET", "/metrics", "", Role.MANAGER).text())
        .contains("circuit_breaker_state{provider=\"newest\"} 2.0");
    announce("newest", 2, Stage.STOPPED, "closed");
    Patience.await()
        .until(
            () -> call("POST", "/api/v1/providers/newest/reset", "", Role.MANAGER).status() == 404);
  }

  @Test
  void handsWebhooksOverAsTheyCame() throws Exception {
    AtomicReference<Arrived> seen = new AtomicReference<>();
    gateway
        .bus()
        .answer(
            Addresses.WEBHOOK,
            Arrived.class,
            arrived -> {
              seen.set(arrived);
              return Future.succeededFuture(new Answer(401, "text/plain", "no"));
            });
    announce("hooked", 1, Stage.ACTIVE, "closed");
    Reply reply =
        calls.send("POST", "/webhooks/hooked?a=%20b", "raw \u00fc body", "x-signature", "s1");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.text()).isEqualTo("no");
    assertThat(seen.get().provider()).isEqualTo("hooked");
    assertThat(seen.get().request().url())
        .isEqualTo("https://hooks.example.com/x/webhooks/hooked?a=%20b");
    assertThat(seen.get().request().rawQuery()).isEqualTo("a=%20b");
    assertThat(seen.get().request().header("X-Signature")).isEqualTo("s1");
    assertThat(seen.get().request().body().toString()).isEqualTo("raw \u00fc body");
    assertThat(calls.send("GET", "/webhooks/hooked", "").status()).isEqualTo(401);
    assertThat(calls.send("POST", "/webhooks/unknown", "x").status()).isEqualTo(404);
    assertThat(calls.send("POST", "/webhooks/hooked", "x".repeat(3000)).status()).isEqualTo(413);
    assertThat(calls.send("DELETE", "/webhooks/hooked", "").status()).isEqualTo(405);
  }

  @Test
  void probesNeedNoTokenAndReportsDo() throws Exception {
    assertThat(calls.send("GET", "/health/live", "").status()).isEqualTo(200);
    assertThat(calls.send("GET", "/health/ready", "").json().getString("status"))
        .isEqualTo("ready");
    assertThat(calls.send("GET", "/ready", "").status()).isEqualTo(200);
    assertThat(calls.send("GET", "/health", "").json().getString("consumption"))
        .isEqualTo("working");
    assertThat(calls.send("GET", "/health/providers", "").status()).isEqualTo(401);
    assertThat(calls.send("GET", "/metrics", "").status()).isEqualTo(401);
    assertThat(call("GET", "/metrics", "", Role.SENDER).status()).isEqualTo(403);
    assertThat(call("GET", "/metrics", "", Role.ADMIN).text())
        .contains("signalbox_notifications_accepted_total{channel=\"email\",priority=\"normal\"}")
        .contains("vertx_http_server_")
        .doesNotContain("vertx_eventbus");
    assertThat(
            call("GET", "/api/v1/notifications/pipeline/metrics", "", Role.MANAGER)
                .json()
                .getJsonObject("queue_sizes")
                .fieldNames())
        .contains("delivery_queue:urgent", "delayed_deliveries", "dead_letter_queue");
    assertThat(calls.send("GET", "/openapi.yaml", "").text()).startsWith("openapi: 3.1.0");
  }

  private static void announce(String id, long generation, Stage stage, String breaker) {
    gateway.announce(id, generation, stage, breaker);
    if (stage != Stage.STOPPED) {
      Patience.await()
          .until(() -> call("GET", "/api/v1/providers", "", Role.VIEWER).text().contains(id));
    }
  }

  private static String die() throws Exception {
    return end(NotificationState.DEAD_LETTER, "rounds_exhausted");
  }

  private static String end(NotificationState state, String reason) throws Exception {
    String id =
        call("POST", "/api/v1/notifications/send", MAIL, Role.SENDER).json().getString("id");
    TestGateway.await(
        gateway
            .ledger()
            .move(
                NotificationId.parse(id).orElseThrow(),
                0,
                false,
                new NextStep.Finish(state, reason),
                System.currentTimeMillis()));
    return id;
  }

  private static Reply call(String method, String path, String body, Role role) throws Exception {
    return calls.send(
        method,
        path,
        body,
        "authorization",
        "Bearer " + gateway.token(role),
        "content-type",
        "application/json");
  }
}
