package io.signalbox.provider.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.HttpAnswer;
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

class MessagesAnswersTest {
  private static final Recipient RECIPIENT = new Recipient.Phone("+447700900000");

  @ParameterizedTest
  @CsvSource({
    "1000, THROTTLED,",
    "1010, REJECTED, INVALID_CONTENT",
    "1020, REJECTED, INVALID_CONTENT",
    "1021, REJECTED, INVALID_CONTENT",
    "1022, REJECTED, INVALID_CONTENT",
    "1030, TRANSIENT,",
    "1040, REJECTED, INVALID_CONTENT",
    "1050, REJECTED, BLOCKED",
    "1060, PROVIDER_FAULT,",
    "1070, PROVIDER_FAULT,",
    "1080, PROVIDER_FAULT,",
    "1090, REJECTED, INVALID_CONTENT",
    "1100, TRANSIENT,",
    "1120, PROVIDER_FAULT,",
    "1130, REJECTED, INVALID_CONTENT",
    "1140, PROVIDER_FAULT,",
    "1150, REJECTED, INVALID_CONTENT",
    "1160, PROVIDER_FAULT,",
    "1170, REJECTED, INVALID_RECIPIENT",
    "1180, TRANSIENT,",
    "1190, REJECTED, HARD_BOUNCE",
    "1200, REJECTED, HARD_BOUNCE",
    "1210, REJECTED, SPAM",
    "1220, TRANSIENT,",
    "1230, TRANSIENT,",
    "1240, REJECTED, UNSUBSCRIBED",
    "1241, THROTTLED,",
    "1250, REJECTED, HARD_BOUNCE",
    "1260, REJECTED, HARD_BOUNCE",
    "1270, REJECTED, BLOCKED",
    "1280, REJECTED, BLOCKED",
    "1290, REJECTED, SOFT_BOUNCE",
    "1300, REJECTED, INVALID_RECIPIENT",
    "1310, REJECTED, HARD_BOUNCE",
    "1320, UNKNOWN,",
    "1330, UNKNOWN,",
    "1331, TRANSIENT,",
    "1340, REJECTED, BLOCKED",
    "1350, PROVIDER_FAULT,",
    "1360, REJECTED, EXPIRED",
    "1370, PROVIDER_FAULT,",
    "1380, REJECTED, INVALID_CONTENT",
    "1381, REJECTED, INVALID_CONTENT",
    "1382, REJECTED, INVALID_CONTENT",
    "9999, REJECTED, INVALID_CONTENT"
  })
  void mapsAsDocumented(String code, OutcomeKind kind, ReasonClass reason) {
    Outcome outcome = outcome(422, error(code, "told"), MultiMap.caseInsensitiveMultiMap());
    assertThat(outcome.kind()).isEqualTo(kind);
    if (outcome instanceof Outcome.Rejected rejected) {
      assertThat(rejected.reason()).isEqualTo(reason);
    }
    assertThat(outcome.evidence().code()).isEqualTo(code);
    assertThat(outcome.evidence().message()).isEqualTo("told");
  }

  @ParameterizedTest
  @CsvSource({
    "1020, INVALID_RECIPIENT",
    "9999, INVALID_RECIPIENT",
    "1240, UNSUBSCRIBED",
    "1210, SPAM",
    "1050, BLOCKED",
    "1260, HARD_BOUNCE"
  })
  void parameterOfTheRecipientCountsOnlyWhereTheCodeGivesNoBetterReason(
      String code, ReasonClass reason) {
    JsonObject body = new JsonObject(error(code, "told"));
    body.put("invalid_parameters", new JsonArray().add(new JsonObject().put("name", "to")));

    assertThat(outcome(422, body.encode(), MultiMap.caseInsensitiveMultiMap()))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  @Test
  void hidesNumberThatAnAnswerQuotes() {
    assertThat(
            outcome(
                    422,
                    error("1050", "+447700900000 is barred"),
                    MultiMap.caseInsensitiveMultiMap())
                .evidence()
                .message())
        .isEqualTo("(recipient) is barred");
  }

  @Test
  void waitsAsLongAsItIsTold() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Retry-After", "7");
    assertThat(outcome(429, error("1000", "slow down"), headers))
        .isInstanceOfSatisfying(
            Outcome.Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "<html>", "{\"message_uuid\":\" \"}"})
  void knowsNothingFromUnreadableSuccess(String body) {
    assertThat(outcome(202, body, MultiMap.caseInsensitiveMultiMap()))
        .isInstanceOf(Outcome.Unknown.class);
  }

  private static String error(String code, String detail) {
    return new JsonObject()
        .put("type", "https://developer.vonage.com/api-errors/messages#" + code)
        .put("title", "Title")
        .put("detail", detail)
        .encode();
  }

  private static Outcome outcome(int status, String body, MultiMap headers) {
    return MessagesAnswers.outcome(
        new HttpAnswer.Answered(status, headers, Buffer.buffer(body)), RECIPIENT, Instant.EPOCH);
  }
}
