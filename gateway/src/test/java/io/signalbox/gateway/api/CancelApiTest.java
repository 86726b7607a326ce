package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.Decision;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.security.Role;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Recipient;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancelApiTest {
  private static final String MAIL =
      "{\"notification_type\":\"t\",\"channel\":\"email\",\"recipient_email\":\"a@example.com\","
          + "\"message\":\"m\"}";

  @TempDir private static Path dir;
  private static TestGateway gateway;
  private static Calls calls;

  @BeforeAll
  static void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of());
    calls = new Calls(gateway.url());
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  private static Reply post(String path, String body, String token) throws Exception {
    return calls.send(
        "POST",
        "/api/v1/notifications/" + path,
        body,
        "authorization",
        "Bearer " + token,
        "content-type",
        "application/json");
  }

  private static String accepted() throws Exception {
    return post("send", MAIL, gateway.token(Role.SENDER)).json().getString("id");
  }

  private static Reply cancel(String id) throws Exception {
    return post(id + "/cancel", "", gateway.token(Role.SENDER));
  }

  @Test
  void cancelsOnceAndAnswersTheSameAgain() throws Exception {
    String id = accepted();
    JsonObject expected =
        new JsonObject().put("id", id).put("status", "cancelled").put("reason", "cancelled");

    Reply first = cancel(id);
    Reply again = cancel(id);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json()).isEqualTo(expected);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(expected);
    assertThat(
            calls
                .send(
                    "GET", "/metrics", "", "authorization", "Bearer " + gateway.token(Role.MANAGER))
                .text())
        .contains("signalbox_notifications_finished_total{state=\"cancelled\"}");
  }

  @Test
  void saysThatAnAttemptIsUnderWayOrThatItIsTooLate() throws Exception {
    String text = accepted();
    NotificationId id = NotificationId.parse(text).orElseThrow();
    long now = System.currentTimeMillis();
    TestGateway.await(
        gateway
            .ledger()
            .begin(
                new AttemptStart(
                    new AttemptId(id, 1),
                    0,
                    Channel.EMAIL,
                    "alpha",
                    1,
                    new Decision(null, "best_score", List.of()),
                    now,
                    now + 1_000,
                    false,
                    new Recipient.Email("a@example.com"),
                    false)));

    Reply wished = cancel(text);
    assertThat(wished.status()).isEqualTo(202);
    assertThat(wished.json())
        .isEqualTo(new JsonObject().put("id", text).put("status", "cancel_requested"));

    TestGateway.await(
        gateway
            .ledger()
            .move(id, 1, false, new NextStep.Finish(NotificationState.SENT, "sent"), now));
    Reply late = cancel(text);
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.json().getString("state")).isEqualTo("sent");
    assertThat(late.json().getString("detail")).contains("is sent");
    assertThat(late.json().getString("correlation_id")).isNotEmpty();
  }

  @Test
  void knowsOnlyTheTenantsOwnAndAsksForTheRole() throws Exception {
    String id = accepted();

    for (String unknown : List.of(UUID.randomUUID().toString(), "not-an-id")) {
      assertThat(cancel(unknown).status()).isEqualTo(404);
    }
    assertThat(post(id + "/cancel", "", gateway.token(Role.SENDER, "other")).status())
        .isEqualTo(404);
    assertThat(post(id + "/cancel", "", gateway.token(Role.VIEWER)).status()).isEqualTo(403);
    assertThat(cancel(id).status()).isEqualTo(200);
  }
}
