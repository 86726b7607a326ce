package io.signalbox.provider.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.RetryAfter;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsAnswersTest {
  private static final Recipient RECIPIENT = new Recipient.Phone("+447700900000");
  private static final JsonObject TAKEN =
      new JsonObject().put("status", "0").put("message-id", "0A1").put("to", "447700900000");

  @ParameterizedTest
  @CsvSource({
    "1, THROTTLED,",
    "2, REJECTED, INVALID_CONTENT",
    "3, REJECTED, INVALID_CONTENT",
    "4, PROVIDER_FAULT,",
    "5, TRANSIENT,",
    "6, REJECTED, INVALID_CONTENT",
    "7, REJECTED, BLOCKED",
    "8, PROVIDER_FAULT,",
    "9, PROVIDER_FAULT,",
    "10, TRANSIENT,",
    "11, PROVIDER_FAULT,",
    "12, REJECTED, INVALID_CONTENT",
    "14, PROVIDER_FAULT,",
    "15, PROVIDER_FAULT,",
    "22, REJECTED, INVALID_RECIPIENT",
    "23, PROVIDER_FAULT,",
    "29, PROVIDER_FAULT,",
    "32, PROVIDER_FAULT,",
    "33, REJECTED, HARD_BOUNCE",
    "77, UNKNOWN,"
  })
  void mapsAsDocumented(String status, OutcomeKind kind, ReasonClass reason) {
    Outcome outcome = answered(refused(status, "told"));
    assertThat(outcome.kind()).isEqualTo(kind);
    if (outcome instanceof Outcome.Rejected rejected) {
      assertThat(rejected.reason()).isEqualTo(reason);
    }
    assertThat(outcome.evidence().code()).isEqualTo(status);
    assertThat(outcome.evidence().message()).isEqualTo("told");
  }

  @Test
  void blamesRecipientWhenItsParameterIsWrong() {
    assertThat(answered(refused("2", "Missing to param")))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(ReasonClass.INVALID_RECIPIENT));
  }

  @Test
  void takesWaitFromText() {
    String text = "Throughput Rate Exceeded - please wait [ 1000 ] and retry";
    assertThat(answered(refused("1", text)))
        .isInstanceOfSatisfying(
            Outcome.Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
    assertThat(answered(refused("1", "slow down")))
        .isInstanceOfSatisfying(
            Outcome.Throttled.class, throttled -> assertThat(throttled.retryAfter()).isNull());
  }

  @Test
  void believesNoWaitOfDays() {
    assertThat(answered(refused("1", "please wait [ 999999999 ] and retry")))
        .isInstanceOfSatisfying(
            Outcome.Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(RetryAfter.MAX));
  }

  @Test
  void hidesNumberThatAnAnswerQuotes() {
    JsonObject refused = refused("7", "447700900000 is barred");
    assertThat(answered(refused).evidence().message()).isEqualTo("(recipient) is barred");
    assertThat(answered(TAKEN, refused).evidence().message()).endsWith("7: (recipient) is barred");
  }

  @Test
  void namesLongTextByItsFirstPart() {
    JsonObject second = TAKEN.copy().put("message-id", "0A2");
    assertThat(answered(TAKEN, second))
        .isInstanceOfSatisfying(
            Outcome.Sent.class, sent -> assertThat(sent.providerMessageId()).isEqualTo("0A1"));
  }

  @Test
  void doesNotKnowWhenOnlySomePartsWereTaken() {
    Outcome outcome = answered(TAKEN, refused("9", "no credit"), TAKEN);
    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    assertThat(outcome.evidence().code()).isEqualTo("partly_sent");
    assertThat(outcome.evidence().message())
        .isEqualTo("2 of 3 parts were taken; the first refusal has status 9: no credit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "<html>",
        "{\"messages\":[]}",
        "{\"messages\":[7]}",
        "{\"messages\":{}}",
        "{\"messages\":[{\"status\":\"0\"}]}",
        "{\"messages\":[{\"message-id\":\"x\"}]}"
      })
  void knowsNothingFromUnreadableSuccess(String body) {
    assertThat(outcome(200, body)).isInstanceOf(Outcome.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({
    "302, PROVIDER_FAULT",
    "401, PROVIDER_FAULT",
    "429, THROTTLED",
    "500, TRANSIENT",
    "502, UNKNOWN",
    "503, TRANSIENT",
    "504, UNKNOWN"
  })
  void goesByStatusWhenItIsNoSuccess(int status, OutcomeKind kind) {
    assertThat(outcome(status, "").kind()).isEqualTo(kind);
  }

  private static JsonObject refused(String status, String text) {
    return new JsonObject().put("status", status).put("error-text", text);
  }

  private static Outcome answered(JsonObject... parts) {
    JsonArray messages = new JsonArray();
    for (JsonObject part : parts) {
      messages.add(part);
    }
    return outcome(
        200,
        new JsonObject()
            .put("message-count", Integer.toString(parts.length))
            .put("messages", messages)
            .encode());
  }

  private static Outcome outcome(int status, String body) {
    return SmsAnswers.outcome(
        new HttpAnswer.Answered(status, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body)),
        RECIPIENT,
        Instant.EPOCH);
  }
}
