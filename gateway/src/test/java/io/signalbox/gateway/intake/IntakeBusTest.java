package io.signalbox.gateway.intake;

import static io.signalbox.gateway.api.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.api.TestGateway;
import io.signalbox.gateway.ledger.DeadLetterFilter;
import io.signalbox.gateway.ledger.TemplateDocument;
import io.signalbox.gateway.ledger.TemplateParts;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.Accepted;
import io.signalbox.spi.intake.Intake;
import io.signalbox.spi.intake.IntakeRequest;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.signalbox.spi.intake.TemplateChoice;
import io.signalbox.spi.intake.TemplatedNotification;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.InstanceOfAssertFactories;
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

  @Test
  void aTemplateGivesTheTextsAsOverHttp() throws Exception {
    putTemplate("Hello {{name}}, {{amount}} EUR");
    WelcomeVerticle verticle = new WelcomeVerticle("alex@example.com");
    await(gateway.vertx().deployVerticle(verticle));

    JsonObject stored =
        await(gateway.ledger().reports().timeline("default", id(verticle.sent())))
            .orElseThrow()
            .content()
            .toJsonObject();
    assertThat(stored.getString("title")).isEqualTo("Willkommen, Alex");
    assertThat(stored.getString("message")).isEqualTo("Hello Alex, 12.50 EUR");
    assertThat(stored.getString("template")).isEqualTo("welcome");
    assertThat(stored.getInteger("template_version")).isEqualTo(1);
    assertThat(stored.getString("locale")).isEqualTo("de");
    assertThat(stored.containsKey("data")).isFalse();
  }

  @Test
  void whatIsWrongWithATemplateIsToldAsOverHttp() throws Exception {
    putTemplate("Hello {{name}}");
    Map<String, Object> data = Map.of("name", "Alex");
    assertRefused(templated("nobody", data), 422, "/template is not a known template");
    assertRefused(templated("welcome", Map.of()), 422, "no value for name");
    assertRefused(templated("Welcome!", data), 422, "/template must");
    assertRefused(templated("welcome", Map.of("name", new Object())), 422, "/data must be JSON");
    assertRefused(templated("welcome", Map.of("name", "x".repeat(70_000))), 422, "/data must");
    assertRefused(
        new TemplatedNotification(
            mail("a@example.com", "default", null, "text"), TemplateChoice.of("welcome", data)),
        422,
        "/message must not stand beside template");
    // Templates belong to tenants.
    assertRefused(
        new TemplatedNotification(
            mail("a@example.com", "acme", null, ""), TemplateChoice.of("welcome", data)),
        422,
        "/template is not a known template");
  }

  @Test
  void aRepeatedRequestGetsItsFirstAnswerAlsoAfterItsTemplateIsGone() throws Exception {
    putTemplate("Hello {{name}}");
    Intake intake = new Intake(gateway.vertx());
    SendNotification keyed = mail("a@example.com", "default", "key-1", "");
    TemplatedNotification asked =
        new TemplatedNotification(
            keyed, TemplateChoice.of("welcome", Map.of("name", "Alex", "b", 1, "a", 2)));
    Accepted first = await(intake.send(asked));
    await(gateway.ledger().templates().removeTemplate("default", "welcome", before -> {}, 2));

    assertThat(await(intake.send(asked))).isEqualTo(new Accepted(first.id(), "queued", true));
    assertRefused(
        new TemplatedNotification(keyed, TemplateChoice.of("welcome", Map.of())),
        422,
        "idempotency key");
  }

  private void putTemplate(String message) throws Exception {
    TemplateDocument document =
        new TemplateDocument(
            null, "de", Map.of("de", new TemplateParts("Willkommen, {{name}}", message, null)));
    await(
        gateway
            .ledger()
            .templates()
            .putTemplate("default", "welcome", document, before -> {}, "alex", 1));
  }

  private static TemplatedNotification templated(String template, Map<String, Object> data) {
    return TemplatedNotification.of(
        "t",
        Channel.EMAIL,
        new Recipient.Email("a@example.com"),
        TemplateChoice.of(template, data));
  }

  private static NotificationId id(Accepted accepted) {
    return NotificationId.parse(accepted.id()).orElseThrow();
  }

  /** The limit is soft by what passes within one look of the monitor. */
  @Test
  void refusesWhenTooMuchWaits() {
    Patience.await()
        .untilAsserted(
            () -> assertRefused(mail("a@example.com", "default", null, "1"), 503, "too many"));
  }

  private Future<Accepted> send(IntakeRequest request) {
    Intake intake = new Intake(gateway.vertx());
    return request instanceof TemplatedNotification templated
        ? intake.send(templated)
        : intake.send((SendNotification) request);
  }

  private void assertRefused(IntakeRequest notification, int code, String text) {
    assertThatThrownBy(() -> await(send(notification)))
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
