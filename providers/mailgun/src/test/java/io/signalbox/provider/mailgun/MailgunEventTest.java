package io.signalbox.provider.mailgun;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Receipt;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the samples do not show. */
class MailgunEventTest {
  private static final Instant RECEIVED = Instant.parse("2026-01-01T00:00:10Z");

  @Test
  void findsTheAttemptByOurVariable() {
    JsonObject variables = new JsonObject().put("signalbox_attempt", "a-1");

    assertThat(receipt(new JsonObject().put("user-variables", variables)).attemptId())
        .isEqualTo("a-1");
  }

  @Test
  void eventWithoutAnIdIsNamedByItsMessage() {
    JsonObject headers = new JsonObject().put("message-id", "m@mg.example.com");
    JsonObject event =
        new JsonObject()
            .put("event", "opened")
            .put("timestamp", 1767225600)
            .put("recipient", "alex@example.com")
            .put("message", new JsonObject().put("headers", headers));

    assertThat(receipt(event).eventId()).isEqualTo("m@mg.example.com/opened/1767225600000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1e300", "\"soon\"", "null", "{}"})
  void eventWithoutAUsableTimeHappenedWhenItArrived(String timestamp) {
    JsonObject event = new JsonObject("{\"id\":\"e\",\"timestamp\":" + timestamp + "}");

    assertThat(receipt(event).occurredAt()).isEqualTo(RECEIVED);
    assertThat(receipt(event).eventId()).isEqualTo("e/-");
  }

  @Test
  void tellsMachinesThatOpenMails() {
    JsonObject event =
        new JsonObject()
            .put("event", "opened")
            .put("client-info", new JsonObject().put("bot", "apple"));

    assertThat(receipt(event).providerText()).isEqualTo("by a machine: apple");
  }

  @Test
  void keepsTheReasonOfARejection() {
    JsonObject event =
        new JsonObject()
            .put("event", "rejected")
            .put("reject", new JsonObject().put("reason", "Sandbox subdomains are for tests"));

    assertThat(receipt(event).providerText()).isEqualTo("Sandbox subdomains are for tests");
  }

  private static Receipt receipt(JsonObject event) {
    return MailgunEvent.receipt(event, RECEIVED);
  }
}
