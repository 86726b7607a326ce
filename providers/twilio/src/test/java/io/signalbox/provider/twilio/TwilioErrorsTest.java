package io.signalbox.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.HttpAnswer;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioErrorsTest {
  private static final Recipient RECIPIENT = new Recipient.Phone("+15558675310");

  @ParameterizedTest
  @CsvSource({
    "400, 21211, REJECTED, INVALID_RECIPIENT",
    "400, 21212, PROVIDER_FAULT,",
    "400, 21408, REJECTED, CONFIGURATION",
    "400, 21602, REJECTED, INVALID_CONTENT",
    "400, 21603, PROVIDER_FAULT,",
    "400, 21604, REJECTED, INVALID_RECIPIENT",
    "400, 21606, PROVIDER_FAULT,",
    "400, 21608, PROVIDER_FAULT,",
    "400, 21609, PROVIDER_FAULT,",
    "400, 21610, REJECTED, UNSUBSCRIBED",
    "400, 21611, TRANSIENT,",
    "400, 21612, REJECTED, INVALID_RECIPIENT",
    "400, 21614, REJECTED, INVALID_RECIPIENT",
    "400, 21617, REJECTED, INVALID_CONTENT",
    "400, 29999, REJECTED, INVALID_CONTENT",
    "401, 20003, PROVIDER_FAULT,",
    "403, 20005, PROVIDER_FAULT,",
    "404, 20404, PROVIDER_FAULT,",
    "429, 20429, THROTTLED,",
    "500, 20500, TRANSIENT,",
    "503, 20503, TRANSIENT,",
    "502, , UNKNOWN,",
    "504, , UNKNOWN,",
    "302, , PROVIDER_FAULT,"
  })
  void mapsAsDocumented(int status, Integer code, OutcomeKind kind, ReasonClass reason) {
    JsonObject body =
        new JsonObject().put("code", code).put("message", "told").put("status", status);
    Outcome outcome = outcome(status, body.encode());
    assertThat(outcome.kind()).isEqualTo(kind);
    if (outcome instanceof Outcome.Rejected rejected) {
      assertThat(rejected.reason()).isEqualTo(reason);
    }
    assertThat(outcome.evidence().httpStatus()).isEqualTo(status);
    assertThat(outcome.evidence().code()).isEqualTo(code == null ? null : code.toString());
    assertThat(outcome.evidence().message()).isEqualTo("told");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "<html>", "{\"sid\":\"\"}", "{\"sid\":{}}", "{\"sid\":"})
  void knowsNothingFromUnreadableSuccess(String body) {
    assertThat(outcome(201, body)).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void hidesNumberThatAnAnswerQuotes() {
    JsonObject body =
        new JsonObject()
            .put("code", 21211)
            .put("message", "The 'To' number 15558675310 is not a valid phone number.");
    assertThat(outcome(400, body.encode()).evidence().message())
        .isEqualTo("The 'To' number (recipient) is not a valid phone number.");
  }

  @Test
  void keepsRetryAfter() {
    var answer =
        new HttpAnswer.Answered(
            429, MultiMap.caseInsensitiveMultiMap().set("Retry-After", "7"), Buffer.buffer("{}"));
    assertThat(TwilioErrors.outcome(answer, RECIPIENT, Instant.EPOCH))
        .isInstanceOfSatisfying(
            Outcome.Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
  }

  private static Outcome outcome(int status, String body) {
    return TwilioErrors.outcome(
        new HttpAnswer.Answered(status, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body)),
        RECIPIENT,
        Instant.EPOCH);
  }
}
