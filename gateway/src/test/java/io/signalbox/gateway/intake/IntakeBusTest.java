package io.signalbox.gateway.intake;

import static io.signalbox.gateway.api.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.api.TestGateway;
import io.signalbox.gateway.ledger.DeadLetterFilter;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.Accepted;
import io.signalbox.spi.intake.Intake;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.eventbus.ReplyException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeBusTest {
  @TempDir private Path dir;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of("intake.backlog_limit", "2"));
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void storesWhatACoLocatedVerticleSends() throws Exception {
    OrderVerticle verticle = new OrderVerticle("alex@example.com");
    await(gateway.vertx().deployVerticle(verticle));
    assertThat(await(gateway.ledger().backlog(System.currentTimeMillis())))
        .singleElement()
        .satisfies(lane -> assertThat(lane.due()).isEqualTo(1));
    assertThat(await(gateway.ledger().reports().countDeadLetters(DeadLetterFilter.all("default"))))
        .isZero();
  }

  @Test
  void keepsTenantAndIdempotencyKey() throws Exception {
    Intake intake = new Intake(gateway.vertx());
    SendNotification keyed = mail("a@example.com", "acme", "key-1", "hello");
    Accepted first = await(intake.send(keyed));
    Accepted again = await(intake.send(keyed));
    assertThat(again).isEqualTo(new Accepted(first.id(), "queued", true));
    var timeline =
        await(
            gateway
                .ledger()
                .reports()
                .timeline("acme", NotificationId.parse(first.id()).orElseThrow()));
    assertThat(timeline.orElseThrow().state()).isEqualTo(NotificationState.QUEUED);
    assertRefused(mail("a@example.com", "acme", "key-1", "other"), 422, "idempotency key");
  }

  @Test
  void appliesTheRulesOfTheHttpApi() {
    assertRefused(mail("nonsense", "default", null, "hello"), 422, "/recipient_email must be");
    assertRefused(mail("a@example.com", "default", null, "  "), 422, "/message must not be blank");
    assertRefused(mail("a@example.com", "default", null, "x".repeat(300_000)), 413, "bytes");
  }

  /** The limit is soft by what passes within one look of the monitor. */
  @Test
  void refusesWhenTooMuchWaits() {
    Awaitility.await()
        .untilAsserted(
            () -> assertRefused(mail("a@example.com", "default", null, "1"), 503, "too many"));
  }

  private void assertRefused(SendNotification notification, int code, String text) {
    assertThatThrownBy(() -> await(new Intake(gateway.vertx()).send(notification)))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .asInstanceOf(InstanceOfAssertFactories.type(ReplyException.class))
        .satisfies(refusal -> assertThat(refusal.failureCode()).isEqualTo(code))
        .satisfies(refusal -> assertThat(refusal).hasMessageContaining(text));
  }

  private static SendNotification mail(String to, String tenant, String key, String message) {
    return new SendNotification(
        tenant,
        "t",
        Channel.EMAIL,
        List.of(new Recipient.Email(to)),
        new Content(null, message, null),
        Priority.NORMAL,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        false,
        key);
  }
}
